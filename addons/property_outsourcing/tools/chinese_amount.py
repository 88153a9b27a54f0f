from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
SECTIONS = ("", "万", "亿", "兆")


def amount_to_chinese(amount):
    """Return ``amount`` in the capitals Chinese vouchers are written in, e.g. 11400 -> 壹万壹仟肆佰元整.

    :param amount: a number below 10^16; it is rounded to the fen
    """
    cents = int((Decimal(str(amount)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    sign = "负" if cents < 0 else ""
    yuan, fraction = divmod(abs(cents), 100)
    if yuan >= 10**16:
        raise ValueError("amount is too large to be written in capitals")
    jiao, fen = divmod(fraction, 10)
    words = _integer_to_chinese(yuan) + "元" if yuan else ""
    if not fraction:
        return f"{sign}{words or '零元'}整"
    if jiao:
        words += DIGITS[jiao] + "角"
    elif words:
        words += "零"
    words += DIGITS[fen] + "分" if fen else "整"
    return sign + words


def _integer_to_chinese(number):
    words, has_gap, position = "", False, 0
    while number:
        number, section = divmod(number, 10**4)
        if section:
            # a zero stands between this section and the lower one when digits are missing in between
            words = (
                _section_to_chinese(section)
                + SECTIONS[position]
                + ("零" if has_gap and words else "")
                + words
            )
            has_gap = section < 1000
        else:
            has_gap = True
        position += 1
    return words


def _section_to_chinese(section):
    words, pending_zero = "", False
    for position in (3, 2, 1, 0):
        digit = section // 10**position % 10
        if digit:
            words += ("零" if pending_zero and words else "") + DIGITS[digit] + UNITS[position]
            pending_zero = False
        else:
            pending_zero = True
    return words
