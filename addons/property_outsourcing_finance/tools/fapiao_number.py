"""How a fapiao is named: one spelling for each, so that the same one is not taken twice."""

import re

# the first digits of a digital one are its year; the code of an older one of 12 digits begins with 0 or 1
FAPIAO_FORMAT = re.compile(r"[2-9][0-9]{19}|([0-9]{10}|[0-9]{12})-[0-9]{8}")
_OLDER = re.compile(r"([01][0-9]{11})([0-9]{8})")


def normalize_fapiao_number(text):
    """Return ``text`` without spaces, and with a hyphen behind the code of an older fapiao."""
    number = re.sub(r"\s", "", str(text or ""))
    return _OLDER.sub(r"\1-\2", number) if _OLDER.fullmatch(number) else number
