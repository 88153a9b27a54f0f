# ruff: noqa: F821
"""Fed to `odoo shell`: time boards and saves as a manager, ours and core's in turn; write REPORT as JSON."""

import json
import statistics
import time

from lxml import etree

manager = env["res.users"].search([("login", "=", "bench")])
user_env = env(user=manager, context={"lang": "en_US", "tz": "Asia/Shanghai"})
results = []


def specification(model, xmlid=None, only=None):
    """What the web client reads for a kanban view."""
    view = env.ref(xmlid).id if xmlid else False
    arch = etree.fromstring(user_env[model].get_view(view, "kanban")["arch"])
    names = {node.get("name") for node in arch.iter("field")} - {None}
    fields = user_env[model].fields_get(only or names)
    many = {"fields": {"display_name": {}}}
    linked = ("many2one", "many2many")
    return {name: many if field["type"] in linked else {} for name, field in fields.items()}


def board(model, spec, groupby, domain, colours=None):
    """Open a kanban view as the web client does."""
    records = user_env[model]
    records.web_read_group(
        domain,
        [groupby],
        ["__count"],
        auto_unfold=True,
        unfold_read_specification=spec,
        unfold_read_default_limit=40,
    )
    if colours:
        states = {"overdue": "danger", "today": "warning", "planned": "success"}
        records.read_progress_bar(domain, groupby, {"field": "activity_state", "colors": states})


def timed(work):
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    work()
    env.flush_all()
    return (time.perf_counter() - start) * 1000


def compare(name, ours, core, limit):
    """The median of the ratios pair by pair, so that a machine that changes its speed changes nothing."""
    timed(ours), timed(core)
    pairs = [(timed(ours), timed(core)) for _run in range(REPEAT)]
    results.append(
        {
            "name": name,
            "unit": "ms",
            "ours": statistics.median(pair[0] for pair in pairs),
            "core": statistics.median(pair[1] for pair in pairs),
            "ratio": statistics.median(mine / theirs for mine, theirs in pairs),
            "limit": limit,
        }
    )


def queries(work):
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    work()
    env.flush_all()
    return env.cr.sql_log_count - before


def clocks_of(orders):
    """Let the states of so many open orders be wrong, and bring them up to date again."""
    env.cr.execute("UPDATE project_task SET outsourcing_sla_state = 'none' WHERE id = ANY(%s)", [orders.ids])
    return lambda: orders._update_sla_state()


# what a document's board shows in core (a purchase order's): partner, amount, dates, person, activities
CORE_FIELDS = [
    "title",
    "contractor_id",
    "date_start",
    "date_end",
    "manager_id",
    "state",
    "company_id",
    "currency_id",
    "amount_total",
    "activity_ids",
    "activity_state",
    "activity_exception_decoration",
]
contract_spec = specification("outsourcing.contract", "property_outsourcing.outsourcing_contract_view_kanban")
core_spec = specification("outsourcing.contract", only=CORE_FIELDS)
compare(
    f"board of {CONTRACTS:,} contracts",
    lambda: board("outsourcing.contract", contract_spec, "state", [], True),
    lambda: board("outsourcing.contract", core_spec, "state", [], True),
    1.3,
)
order_spec = specification("project.task", "property_outsourcing.outsourcing_order_view_kanban")
task_spec = specification("project.task", "project.view_task_kanban")
plain = env["project.project"].search([("name", "=", "Plain")])
compare(
    f"board of {ORDERS:,} work orders",
    lambda: board("project.task", order_spec, "stage_id", [("outsourcing_contract_id", "!=", False)]),
    lambda: board("project.task", task_spec, "stage_id", [("project_id", "=", plain.id)]),
    1.3,
)
order = user_env["project.task"].search([("outsourcing_contract_id", "!=", False)], limit=1)
task = user_env["project.task"].search([("project_id", "=", plain.id)], limit=1)
counter = iter(range(10**9))
compare(
    "save of one work order",
    lambda: order.write({"name": f"Order {next(counter)}"}),
    lambda: task.write({"name": f"Task {next(counter)}"}),
    1.5,
)
open_orders = env["project.task"].search(
    [("outsourcing_contract_id", "!=", False), ("is_closed", "=", False)], limit=10_000
)
few, many = queries(clocks_of(open_orders[:10])), queries(clocks_of(open_orders))
update = clocks_of(open_orders)
results.append(
    {
        "name": f"queries for the clocks of {len(open_orders):,} orders, of 10",
        "unit": "queries",
        "ours": many,
        "core": few,
        "ratio": many / few,
        "limit": 1.0,
    }
)
print(f"{len(open_orders):,} clocks: {timed(update):.0f} ms")
env.cr.rollback()
with open(REPORT, "w") as handle:
    json.dump(results, handle)
