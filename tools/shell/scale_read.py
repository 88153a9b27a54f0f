# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: pivots, and what a contractor's portal user searches for.

A pivot of stored rows is held against the same figures by SQL alone, one that is computed as it is read
against core's pivot of tasks.
"""

# with a limit each: where records are grouped by, core joins and sorts by their names, row for row
PIVOTS = {
    "facts by firm and type": ("outsourcing.fact", ["contractor_id"], ["fact_type"], 3.5),
    "facts by type and month": ("outsourcing.fact", ["fact_type"], ["date:month"], 1.5),
    "items by item and month": ("outsourcing.inspection.line", ["item_id"], ["date_done:month"], 3.5),
}
key = kept()


def pivot(records, rows, columns):
    """Read a pivot as the web client does."""
    return records.formatted_read_grouping_sets([], [[], rows, columns, rows + columns], ["__count"])


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
)
report()
