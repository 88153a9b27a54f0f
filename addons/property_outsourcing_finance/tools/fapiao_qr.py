"""What the square code on a fapiao says, printed or in its PDF."""

import re
from datetime import date
from typing import NamedTuple

AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
LONGEST = 300


class FapiaoQr(NamedTuple):
    """The parts of the code; ``amount`` is None where it is told without tax, as on a fapiao of 8 digits."""

    number: str
    amount: float | None
    day: date


def parse_fapiao_qr(text):
    """Return the :class:`FapiaoQr` of the code ``text``.

    Read in the trade as ``01,kind,code or empty,number,amount,yyyymmdd,check,...``. A digital fapiao of
    20 digits has no code, and its amount includes the tax.

    :raise ValueError: it is the code of something else
    """
    parts = [part.strip() for part in str(text or "")[:LONGEST].split(",")]
    if len(parts) < 6 or parts[0] != "01":
        raise ValueError("not the code of a fapiao")
    code, number, amount, day = parts[2:6]
    is_digital = not code and re.fullmatch("[0-9]{20}", number)
    is_older = re.fullmatch("[0-9]{10}|[0-9]{12}", code) and re.fullmatch("[0-9]{8}", number)
    if not (is_digital or is_older) or not AMOUNT.fullmatch(amount) or not re.fullmatch("[0-9]{8}", day):
        raise ValueError("not the code of a fapiao")
    return FapiaoQr(
        number if is_digital else f"{code}-{number}",
        float(amount) if is_digital else None,
        date(int(day[:4]), int(day[4:6]), int(day[6:])),
    )
