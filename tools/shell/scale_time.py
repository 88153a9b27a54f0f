# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: time the screens of three roles."""

key = kept()


manager = user_env("manager")
COUNTED = 10_001  # the web client counts no further


def specify(model, kind, xmlid=None, of=manager):
    """What the web client reads for a view, by the rules of its getFieldsSpec."""
    arch = of[model].get_view(env.ref(xmlid).id if xmlid else False, kind)["arch"]
    return specify_nodes(of[model], etree.fromstring(arch))


def specify_nodes(records, node):
    spec = {}
    for child in node:
        name = child.tag == "field" and child.get("name")
        if not name:
            spec |= specify_nodes(records, child)
        elif name in records._fields:
            spec[name] = specify_field(records, records._fields[name], child)
            if child.get("widget") in ("kanban_activity", "list_activity"):
                spec |= ACTIVITY
    return spec


NAMED = {"fields": {"display_name": {}}}
PAGE_LIST = "outsourcing_page_list"
# what the widget of activities asks for besides
ACTIVITY = {"activity_type_id": NAMED} | {
    f"activity_{name}": {}
    for name in ("exception_decoration", "exception_icon", "state", "summary", "type_icon")
}


def specify_field(records, field, node):
    hidden = node.get("invisible") in ("1", "True")
    if field.type == "many2one":
        return {"fields": {}} if hidden else NAMED
    if field.type not in ("one2many", "many2many") or hidden or node.get("widget") == PAGE_LIST:
        return {}
    lists = [child for child in node if child.tag in ("list", "kanban")]
    if not lists:
        return NAMED if node.get("widget", "").startswith("many2many_") else {}
    return {"fields": specify_nodes(records.env[field.comodel_name], lists[0]), "limit": 40}


def board(records, spec, groupby, domain, limit, bar):
    """Open a kanban view as the web client does: the first ``limit`` cards of each column, and the bars."""
    records.web_read_group(
        domain, [groupby], ["__count"], auto_unfold=True, unfold_read_specification=spec,
        unfold_read_default_limit=limit,
    )  # fmt: skip
    records.read_progress_bar(domain, groupby, bar)


def board_shows(model, xmlid):
    """Return how many cards of a column the view shows at once, and what its bars count."""
    view = etree.fromstring(manager[model].get_view(env.ref(xmlid).id, "kanban")["arch"])
    bar = view.find(".//progressbar")
    return int(view.get("limit", 40)), {"field": bar.get("field"), "colors": json.loads(bar.get("colors"))}


def time_board(name, model, xmlid, groupby, domain, core, limit, of=manager, reads_all=False):
    core_model, core_xmlid, core_group, core_domain = core
    spec, core_spec = specify(model, "kanban", xmlid, of), specify(core_model, "kanban", core_xmlid)
    shown, core_shown = board_shows(model, xmlid), board_shows(core_model, core_xmlid)
    compare(
        name,
        lambda: board(of[model], spec, groupby, domain, *shown),
        lambda: board(manager[core_model], core_spec, core_group, core_domain, *core_shown),
        limit,
        reads_all=reads_all,
    )


def time_list(name, model, domain, core_model, core_domain, limit, of=manager):
    spec, core_spec = specify(model, "list", of=of), specify(core_model, "list")
    compare(
        name,
        lambda: of[model].web_search_read(domain, spec, limit=80, count_limit=COUNTED),
        lambda: manager[core_model].web_search_read(core_domain, core_spec, limit=80, count_limit=COUNTED),
        limit,
    )


def split_later(record, spec):
    """Return what is read as a form of ours opens, and what the client then reads behind it."""
    arch = etree.fromstring(record.get_view(False, "form")["arch"])
    nodes = [node for node in arch.iterfind(".//field") if node.get("name") in spec]
    marked = [n for n in nodes if n.get("widget") == PAGE_LIST or "'later'" in n.get("options", "")]
    figures = [n for n in nodes if n.get("widget") == "statinfo"] if marked else []
    later = {node.get("name") for node in marked + figures}
    at_once = {name: wanted for name, wanted in spec.items() if name not in later}
    return at_once, {name: wanted for name, wanted in spec.items() if name in later}


def time_form(name, record, core_record, limit):
    """Time what opens a form, and apart from it what the client reads behind it."""
    spec, core_spec = (
        specify(record._name, "form", of=record.env),
        specify(core_record._name, "form", of=core_record.env),
    )
    at_once, later = split_later(record, spec)
    compare(name, lambda: record.web_read(at_once), lambda: core_record.web_read(core_spec), limit)
    if later:
        compare(
            f"{name}, read behind it",
            lambda: record.web_read(later),
            lambda: core_record.web_read(core_spec),
            2.2,  # nobody waits for figures of buttons and lists of pages, and core's form has none
        )


ORDERS, PLAIN = [("outsourcing_contract_id", "!=", False)], [("project_id", "=", key["plain"])]
OPEN = [("is_closed", "=", False)]
purchases = ("purchase.order", "purchase.purchase_order_view_kanban_without_dashboard", "state", [])
tasks = ("project.task", "project.view_task_kanban", "stage_id", PLAIN + OPEN)
all_tasks = (*tasks[:3], PLAIN)
order_board = ("project.task", "property_outsourcing.outsourcing_order_view_kanban", "stage_id")
contract_board = (
    "outsourcing.contract",
    "property_outsourcing.outsourcing_contract_view_kanban",
    "state",
)
# the board opens with this filter; core's has none
CURRENT = [("state", "not in", ("closed", "terminated"))]
# contracts that run wait for a signature: as many of core's orders wait for somebody, whose names both show
waiting = manager["outsourcing.contract"].search(
    [("state", "=", "active"), ("activity_ids", "!=", False)], limit=board_shows(*contract_board[:2])[0]
)
for purchase in manager["purchase.order"].search([("state", "=", "purchase")], limit=len(waiting)):
    purchase.activity_schedule("mail.mail_activity_data_todo", user_id=manager.uid)
time_board("board of contracts", *contract_board, CURRENT, purchases, 1.5)
time_board("board of all contracts", *contract_board, [], purchases, 1.8, reads_all=True)
time_board("board of open work orders", *order_board, ORDERS + OPEN, tasks, 1.1)
time_board("board of all work orders", *order_board, ORDERS, all_tasks, 1.1, reads_all=True)
time_board(
    "board of open work orders, supervisor", *order_board, ORDERS + OPEN, tasks, 1.1, user_env("supervisor")
)
time_list("list of inspections", "outsourcing.inspection", [], "project.task", PLAIN, 1.1)
mine = user_env("supervisor")
time_list("list of inspections, supervisor", "outsourcing.inspection", [], "project.task", PLAIN, 1.1, mine)
time_list(
    "list of settlements, finance",
    "outsourcing.settlement",
    [],
    "purchase.order",
    [],
    1.5,
    user_env("finance"),
)
complaint_board = (
    "outsourcing.complaint",
    "property_outsourcing_complaint.outsourcing_complaint_view_kanban",
    "state",
)
# the board opens without what is over
RUNNING = [("state", "not in", ("closed", "rejected", "merged"))]
time_board("board of complaints", *complaint_board, RUNNING, tasks, 1.3)
time_board("board of complaints, supervisor", *complaint_board, RUNNING, tasks, 1.3, mine)
time_list("list of complaints", "outsourcing.complaint", [], "project.task", PLAIN, 1.3)
time_list("list of complaints, supervisor", "outsourcing.complaint", [], "project.task", PLAIN, 1.3, mine)
contract = manager["outsourcing.contract"].browse(key["first_contract"] + 5)
time_form("form of a contract", contract, manager["purchase.order"].browse(key["order"] + 5), 1.6)
order = manager["project.task"].search(ORDERS + OPEN, limit=1)
task = manager["project.task"].search(PLAIN + OPEN, limit=1)
time_form("form of a work order", order, task, 1.6)
counter = iter(range(10**9))
compare(
    "save of one work order",
    lambda: order.write({"name": f"Order {next(counter)}"}),
    lambda: task.write({"name": f"Task {next(counter)}"}),
    1.5,
)
report()
