from odoo.tools import SQL, groupby

from .trade_time import get_zone, trade_today


def draw_numbers(company, code, count, date=None):
    """Return the next ``count`` numbers of the company's sequence, in as many queries as for one.

    Their year is that of the company's calendar: on 1 January it begins there, not in Greenwich.

    :param str code: of the ``ir.sequence``
    :param date: day of the documents, today by default
    """
    day = date or trade_today(company)
    sequences = company.env["ir.sequence"].sudo().with_company(company)  # a number tells nothing
    sequence = sequences.with_context(tz=get_zone(company), ir_sequence_date=day).search(
        [("code", "=", code), ("company_id", "in", [company.id, False])], order="company_id", limit=1
    )
    if sequence.implementation != "standard":
        return [sequence.next_by_id(day) if sequence else "/" for _index in range(count)]
    current = sequence._get_current_sequence(day)
    name = f"ir_sequence_{sequence.id:03d}"
    if sequence.use_date_range:
        name += f"_{current.id:03d}"
        sequence = sequence.with_context(ir_sequence_date_range=current.date_from)
    rows = company.env.execute_query(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, count))
    return [sequence.get_next_char(number) for (number,) in rows]


def give_numbers(vals_list, code, get_company, get_date=lambda vals: None):
    """Write the next numbers of each company into the ``vals`` that have no ``name`` yet.

    :param get_company: function that returns the ``res.company`` of a dict of values
    :param get_date: function that returns the day of its document; None: today
    """
    unnamed = [vals for vals in vals_list if vals.get("name", "/") == "/"]
    for (company, date), group in groupby(unnamed, lambda vals: (get_company(vals), get_date(vals))):
        numbers = draw_numbers(company, code, len(group), date)
        for vals, number in zip(group, numbers, strict=True):
            vals["name"] = number
