"""Amounts in Chinese capitals (人民币大写), as contracts, receipts and cheques demand them."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def to_chinese_amount(amount):
    """Return ``amount`` in Chinese capitals: 144000.5 is 壹拾肆万肆仟元伍角整.

    :raise ValueError: beyond 9,999 万亿
    """
    cents = int((Decimal(str(amount)) * 100).to_integral_value(ROUND_HALF_UP))
    sign, cents = ("负" if cents < 0 else ""), abs(cents)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words = _say_integer(yuan) + "元" if yuan else ""
    if jiao:
        words += DIGITS[jiao] + "角"
    elif yuan and fen:
        words += "零"
    words += DIGITS[fen] + "分" if fen else "整"
    return sign + (words if cents else "零元整")


def _say_integer(number):
    groups = []
    while number:
        number, rest = divmod(number, 10000)
        groups.append(rest)
    if len(groups) > len(GROUPS):
        raise ValueError("The amount is too large to be written out.")
    words, gap = "", False
    for index in reversed(range(len(groups))):
        group = groups[index]
        if not group:
            gap = True
            continue
        if words and (gap or group < 1000):
            words += DIGITS[0]
        words += _say_group(group) + GROUPS[index]
        gap = False
    return words


def _say_group(group):
    words, gap = "", False
    for index in reversed(range(4)):
        digit = group // 10**index % 10
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + PLACES[index]
            gap = False
        else:
            gap = True
    return words
