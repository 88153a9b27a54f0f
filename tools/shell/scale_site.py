# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: inspections, scores, orders, an activation in bulk. Rolled back."""

ELEVATORS, DAYS, ROWS, ITEMS, SHEETS, ORDERS = part(1_000), 10, part(1_000), 40, part(60), part(200)
key = kept()
manager, approver = user_env("manager"), user_env("approver")
contract = env["outsourcing.contract"].browse(key["first_contract"])
service = contract.service_type_id

# ---- inspections planned, against a bare batched create -------------------------------------------------
quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
elevators = list(range(key["first_elevator"], key["first_elevator"] + ELEVATORS))
plan = env["outsourcing.inspection.plan"].create(
    {
        "contract_id": contract.id,
        "community_id": contract.community_id.id,
        "checklist_id": env.ref("property_outsourcing_site.checklist_elevator_daily").id,
        "frequency": "daily",
        "date_start": TODAY,
        "target_kind": "listed",
    }
)
env.flush_all()
env.cr.execute(
    "UPDATE maintenance_equipment SET outsourcing_community_id = %s WHERE id = ANY(%s)",
    [plan.community_id.id, elevators],
)
relation = plan._fields["equipment_ids"]
env.cr.execute_values(
    f'INSERT INTO "{relation.relation}" ("{relation.column1}", "{relation.column2}") VALUES %s '
    "ON CONFLICT DO NOTHING",
    [(plan.id, elevator) for elevator in elevators],
)
env.invalidate_all()
first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=DAYS)
planned = timed(lambda: plan._process_generation(last, first))
made = env["outsourcing.inspection"].search([("plan_id", "=", plan.id)])
names = ("contract_id", "community_id", "kind", "party", "checklist_id", "cycle", "equipment_id")
vals_list = [
    {
        **{name: made[0]._fields[name].convert_to_write(made[0][name], made[0]) for name in names},
        "equipment_id": elevator,
        "date_planned": day,
        "date_due": day,
    }
    for elevator in elevators
    for day in (TODAY + timedelta(days=20 + n) for n in range(DAYS))
]
bare = timed(lambda: made.browse().sudo().with_context(**quiet).create(vals_list))
tell(f"{len(made):,} inspections planned, to a bare create", planned, bare, 1 / 0.7)

# ---- monthly scores: many criteria, many months --------------------------------------------------------
env["outsourcing.score.template"].create(
    {
        "name": "Bench",
        "service_type_id": service.id,
        "sequence": 0,
        "criterion_ids": [
            Command.create({"name": f"Criterion {n}", "weight": 100 / ITEMS, "max_points": 100 / ITEMS})
            for n in range(ITEMS)
        ],
    }
)
rows = env["outsourcing.contract.milestone"].search(
    [("date_accepted", "=", False), ("contract_id.state", "=", "active"), ("kind", "=", "period")],
    order="id",
    limit=SHEETS + ROWS,
)
env.flush_all()
# months of last year are over
env.cr.execute(
    "UPDATE outsourcing_contract_milestone SET date_start = date_start - interval '1 year', "
    "date_end = date_end - interval '1 year' WHERE id = ANY(%s)",
    [rows.ids],
)
env.invalidate_all()
sheets = manager["outsourcing.acceptance"]
product = env.ref("property_outsourcing.product_outsourced_service")
lines = [
    Command.create({"name": f"Line {n}", "product_id": product.id, "product_qty": 1, "price_unit": 5})
    for n in range(ITEMS)
]


def score(months):
    made = sheets._create_month_sheets(months.with_env(manager))
    made.action_score()
    return made


def order(count):
    orders = env["purchase.order"].create(
        [{"partner_id": contract.contractor_id.id, "order_line": lines} for _number in range(count)]
    )
    orders.button_confirm()


score(rows[:1]), order(1)
handed = timed(lambda: score(rows[1:SHEETS]))
confirmed = timed(lambda: order(SHEETS - 1))
tell(f"{SHEETS} scores of {ITEMS} criteria, to orders of core", handed, confirmed, 1.0)

scored = sheets.browse(score(rows[SHEETS:]).ids).sudo()
stamps = {"state": "accepted", "date_accepted": TODAY, "date_deadline": False, "is_deemed": True}
stamps["date_confirmed"] = fields.Datetime.now()
received = env["purchase.order.line"].search(
    [("order_id", ">=", key["order"]), ("order_id.state", "=", "purchase")]
)


class Undo(Exception):
    pass


def undone(work):
    """Return the milliseconds of ``work``, and leave everything as it was."""
    spent = 0
    try:
        with env.cr.savepoint():
            spent = timed(work)
            raise Undo
    except Undo:
        env.invalidate_all(flush=False)
    return spent


plain = undone(lambda: scored._gated().write(stamps))
plain += undone(lambda: received[: len(scored)].write({"qty_received": 1.0}))
accepted = undone(scored._process_deemed)
tell(f"{len(scored):,} rows of {ITEMS} criteria accepted, to plain writes", accepted, plain, 1.3)

# ---- work orders, against core's tasks -----------------------------------------------------------------
values = [{"name": f"Order {n}", "outsourcing_priority": "p1"} for n in range(ORDERS)]
ours = [
    {**vals, "outsourcing_contract_id": contract.id, "project_id": contract.project_id.id} for vals in values
]
core = [{"name": vals["name"], "project_id": key["plain"]} for vals in values]
tasks = manager["project.task"]
tasks.create(ours[:1]), tasks.create(core[:1])
dispatched, created = timed(lambda: tasks.create(ours)), timed(lambda: tasks.create(core))
tell(f"{ORDERS} work orders dispatched, to core's tasks", dispatched, created, 1.2)

# ---- a contract of many rows signed, against an order and a project of core ----------------------------
communities = env["outsourcing.community"].search([("code", "=like", "B___")])
start = TODAY.replace(day=1)
draft = env["outsourcing.contract"].create(
    {
        "title": "All communities",
        "service_type_id": service.id,
        "contractor_id": contract.contractor_id.id,
        "manager_id": manager.uid,
        "community_id": communities[0].id,
        "community_ids": [Command.set(communities.ids)],
        "date_start": start,
        "date_end": fields.Date.add(start, months=12, days=-1),
        "period_months": 1,
        "fee_ids": [
            Command.create({"community_id": community.id, "price_unit": 1000}) for community in communities
        ],
    }
)
draft.action_generate_periods()


def sign():
    draft.with_env(manager).action_submit()
    draft.with_env(approver).action_approve()


def confirm():
    count = len(draft.milestone_ids)
    many = [
        Command.create({"name": f"Month {n}", "product_id": product.id, "price_unit": 5})
        for n in range(count)
    ]
    env["purchase.order"].create(
        {"partner_id": contract.contractor_id.id, "order_line": many}
    ).button_confirm()
    milestones = [Command.create({"name": f"Month {n}"}) for n in range(count)]
    env["project.project"].create({"name": "Plain", "allow_milestones": True, "milestone_ids": milestones})


tell(
    f"contract of {len(draft.milestone_ids)} rows signed, to core's order and project",
    timed(sign),
    timed(confirm),
    1.5,
)
report()
