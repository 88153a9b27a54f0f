from .contract_states import CLOSED_STATES, RUNNING_STATES
from .chinese_amount import amount_to_chinese
from .exact_number import ExactFloat, Quantity, UnitPrice, parse_number, plain_number
from .papers import format_hours, in_brackets, join_names, labelled, paper_date
from .typed_input import normalise_code, normalise_login
