"""How sentences, pages and papers write money: one way, whoever reads."""

from odoo.tools import get_lang

from .exact_number import plain_number


def format_money(records, amount, currency=None):
    """Return ``amount`` as people write it: ¥11,400.00, -¥200.00; no gap between sign and figure.

    :param records: records of whose money is spoken, or any recordset for the company's
    :param currency: a ``res.currency`` where it is not that of ``records``
    :rtype: str
    """
    currency = currency or _get_currency(records)
    return _write(records.env, currency, currency.round(amount or 0.0), currency.decimal_places)


def format_price(records, price):
    """Return a ``price`` per unit as people write it, with all its decimals: ¥4,321.987654, ¥180.00."""
    currency = _get_currency(records)
    decimals = len(plain_number(price, least=currency.decimal_places).partition(".")[2])
    return _write(records.env, currency, price or 0.0, decimals)


def _get_currency(records):
    # iterated, not sliced: a slice forgets what is read together
    own = next(iter(records), records).currency_id if "currency_id" in records._fields else None
    return own or records.env.company.currency_id


def _write(env, currency, amount, decimals):
    lang = env["res.lang"].browse(get_lang(env).id)
    figure = lang.format(f"%.{decimals}f", abs(amount), grouping=True)
    sign, symbol = "-" if amount < 0 else "", currency.symbol or ""
    return f"{sign}{figure}\xa0{symbol}" if currency.position == "after" else f"{sign}{symbol}{figure}"
