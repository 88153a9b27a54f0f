from .chinese_amount import amount_to_chinese
from .exact_number import ExactFloat, Quantity, UnitPrice, parse_number, plain_number
from .time_limit import format_hours
from .typed_input import normalise_code, normalise_login
