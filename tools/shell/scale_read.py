# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: pivots, and what a contractor's portal user searches for.

A pivot of stored rows is held against the same figures by SQL alone, one that is computed as it is read
against core's pivot of tasks.
"""

from odoo.tools.safe_eval import safe_eval

# with a limit each
PIVOTS = {
    "facts by firm and type": ("outsourcing.fact", ["contractor_id"], ["fact_type"], 2.0),
    "facts by type and month": ("outsourcing.fact", ["fact_type"], ["date:month"], 1.5),
    "items by item and month": ("outsourcing.inspection.line", ["item_id"], ["date_done:month"], 2.0),
}
key = kept()


QUARTER = fields.Date.subtract(TODAY, days=90)


def pivot(records, rows, columns, domain=()):
    """Read a pivot as the web client does."""
    grouping_sets = [[], rows, columns, rows + columns]
    return records.formatted_read_grouping_sets(list(domain), grouping_sets, ["__count"])


def read_bare(records, rows, columns):
    """Read the same figures by SQL alone, without rules, names and domains."""
    names = [spec.replace("date:month", "date_trunc('month', date)") for spec in rows + columns]
    names = [spec.replace("date_done:month", "date_trunc('month', date_done)") for spec in names]
    row, column = names
    env.cr.execute(
        f"SELECT {row}, {column}, COUNT(*) FROM {records._table} "
        f"GROUP BY GROUPING SETS ((), ({row}), ({column}), ({row}, {column}))"
    )
    env.cr.fetchall()


manager = user_env("manager")
for title, (model, rows, columns, limit) in PIVOTS.items():
    compare(
        f"pivot of {title}",
        lambda records=manager[model], rows=rows, columns=columns: pivot(records, rows, columns),
        lambda records=manager[model], rows=rows, columns=columns: read_bare(records, rows, columns),
        limit,
        reads_all=True,
    )
# as it is opened, and filtered by date
failing = env.ref("property_outsourcing_site.outsourcing_inspection_line_action").domain
failing = [*safe_eval(failing), ("result", "=", "fail"), ("date_done", ">=", QUARTER)]
compare(
    "pivot of failing items of 90 days",
    lambda: pivot(manager["outsourcing.inspection.line"], ["item_id"], ["date_done:month"], failing),
    lambda: pivot(manager["project.task"], ["project_id"], ["stage_id"]),
    1.5,
)
compare(
    "pivot of facts of 90 days",
    lambda: pivot(manager["outsourcing.fact"], ["fact_type"], ["date:month"], [("date", ">=", QUARTER)]),
    lambda: pivot(manager["project.task"], ["project_id"], ["stage_id"]),
    1.5,
)
compare(
    "pivot of documents by firm and type",
    lambda: pivot(manager["outsourcing.compliance"], ["partner_id"], ["document_type_id"]),
    lambda: pivot(manager["project.task"], ["project_id"], ["stage_id"]),
    1.5,
)

visitor = user_env("visitor")
compare(
    "search of evidence without filter, portal",
    lambda: visitor["outsourcing.evidence"].search([], limit=20),
    lambda: visitor["project.task"].search([], limit=20),
    1.5,
)
compare(
    "count of evidence, portal",
    lambda: visitor["outsourcing.evidence"].search_count([]),
    lambda: visitor["project.task"].search_count([]),
    1.5,
    reads_all=True,
)
report()
