from .assign_alike import assign_alike
from .contract_states import CLOSED_STATES, RUNNING_STATES, SERVED_STATES
from .chinese_amount import amount_to_chinese
from .exact_number import ExactFloat, Quantity, UnitPrice, parse_number, plain_number
from .fetch_parts import fetch_parts
from .figures import format_money, format_price
from .papers import (
    article_title,
    count_in_words,
    format_hours,
    format_limit,
    in_brackets,
    join_clauses,
    join_names,
    join_phrases,
    labelled,
    paper_date,
    paper_months,
    set_in_chinese,
    set_page_in_chinese,
)
from .typed_input import normalise_code, normalise_login
