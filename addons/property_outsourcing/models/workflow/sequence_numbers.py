from odoo.tools import SQL


def draw_numbers(company, code, count):
    """Return the next ``count`` numbers of the company's sequence, in as many queries as for one.

    :param str code: of the ``ir.sequence``
    """
    sequences = company.env["ir.sequence"].sudo().with_company(company)  # a number tells nothing
    sequence = sequences.search(
        [("code", "=", code), ("company_id", "in", [company.id, False])], order="company_id", limit=1
    )
    if sequence.implementation != "standard":
        return [sequence.next_by_id() for _index in range(count)]
    current = sequence._get_current_sequence()
    name = f"ir_sequence_{sequence.id:03d}"
    if sequence.use_date_range:
        name += f"_{current.id:03d}"
        sequence = sequence.with_context(ir_sequence_date_range=current.date_from)
    rows = company.env.execute_query(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, count))
    return [sequence.get_next_char(number) for (number,) in rows]
