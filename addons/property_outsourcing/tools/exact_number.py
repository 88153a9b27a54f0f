import math
import re

from odoo import fields
from odoo.exceptions import ValidationError

from .typed_input import narrow

_SIGNS = str.maketrans({"。": ".", "、": ","})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
_LIMIT = 1e12
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def parse_number(text):
    """Return the number a person typed; empty is 0.

    Full-width digits, spaces and the full stop of a Chinese keyboard are read as meant. ``1,234.5`` groups
    thousands, ``46,5`` has a decimal comma; anything else is nobody's number.

    :raise ValueError: it cannot be read, or is no finite number
    """
    typed = "" if text is None or text is False else str(text)
    typed = narrow(typed).translate(_SIGNS)
    typed = "".join(typed.split())
    if not typed:
        return 0.0
    if _THOUSANDS.fullmatch(typed):
        typed = typed.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(typed):
        typed = typed.replace(",", ".")
    if not _NUMBER.fullmatch(typed):
        raise ValueError(text)
    return float(typed)


def plain_number(value, least=0, most=6):
    """Return ``value`` as people write it, without exponent and trailing zeros.

    :param int least: decimal places shown in any case, 2 for prices
    :param int most: decimal places after which it is rounded; no quantity or price has more than six
    """
    whole, _point, decimals = f"{value or 0.0:.{most}f}".partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    text = f"{whole}.{decimals}" if decimals else whole
    return "0" if text == "-0" else text


class ExactFloat(fields.Float):
    """A number that is kept as it was typed, or refused; it is never rounded in silence."""

    def convert_to_column(self, value, record, values=None, validate=True):
        if validate:
            self.check_kept(value, record)
        return super().convert_to_column(value, record, values, validate)

    def convert_to_cache(self, value, record, validate=True):
        if validate or not math.isfinite(float(value or 0.0)):  # core fails on what is no number
            self.check_kept(value, record)
        return super().convert_to_cache(value, record, validate)

    def convert_to_write(self, value, record):
        self.check_kept(value, record)  # an assignment in Python passes here first
        return super().convert_to_write(value, record)

    def check_kept(self, value, record):
        """Raise ValidationError if ``value`` cannot be kept as it was typed.

        :param record: any recordset of the model, for the language of the sentence
        """
        number = float(value or 0.0)
        digits = self.get_digits(record.env)[1]
        if not abs(number) < _LIMIT:  # "nan" and "inf" are numbers, too
            raise ValidationError(
                record.env._("%(field)s: %(value)s is too large.", field=self._get_label(record), value=value)
            )
        # sums and products of exact numbers differ from what is meant in their last bits
        if abs(number - round(number, digits)) > 16 * math.ulp(max(abs(number), 1.0)):
            raise ValidationError(
                record.env._(
                    "%(field)s: %(value)s has more than %(digits)s decimal places and is not rounded "
                    "silently. Write the figure that counts.",
                    field=self._get_label(record),
                    value=plain_number(number, most=12),
                    digits=digits,
                )
            )

    def _get_label(self, record):
        return self._description_string(record.env)


class Quantity(ExactFloat):
    """A quantity in a unit of the trade: four decimal places."""

    _digits = (16, 4)
    _min_display_digits = 2


class UnitPrice(ExactFloat):
    """A price per unit: six decimal places; the product is rounded, not the price."""

    _digits = (16, 6)
    _min_display_digits = 2
    aggregator = None  # prices add up to nothing
