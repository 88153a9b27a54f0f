# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: a mid-size company, drawn up, signed, accepted and billed.

Everything here goes through the real models, many at once. What of it is multiplied to a history is
scale_history's.
"""

import io

from PIL import Image

OTHERS, FIRMS, COMMUNITIES, ELEVATORS, SETTLEMENTS = 336, 150, 60, 1_200, 1_849
MONTHS = 5  # accepted and billed; the sixth has ended
STATES = ["draft", "to_approve", "suspended", "completed", "closed", "terminated"]
ORDER_STATES = ["draft", "sent", "to approve", "purchase", "purchase", "cancel"]
GROUP = "property_outsourcing.group_outsourcing_"
STORES = ("purchase.group_purchase_manager", "project.group_project_manager")


def create_user(login, role, *extra):
    groups = [Command.link(env.ref(name).id) for name in (GROUP + role, *extra)]
    return env["res.users"].create({"name": login.title(), "login": f"bench_{login}", "group_ids": groups})


def make_photo(number):
    """Return the bytes of a photo that was not taken before."""
    photo = io.BytesIO()
    Image.new("RGB", (640, 480), (number, 9, 9)).save(photo, "JPEG")
    return f"photo{number}.jpg", photo.getvalue()


clock = [time.monotonic()]


def told(text):
    """Say how long the step took, and keep it."""
    env.flush_all()
    env.cr.commit()
    env.invalidate_all()
    print(f"{text}: {time.monotonic() - clock[0]:.1f} s")
    clock[0] = time.monotonic()


# ---- people, places, firms ------------------------------------------------------------------------------
manager, approver = create_user("manager", "manager", *STORES), create_user("approver", "manager")
supervisor = create_user("supervisor", "user", "project.group_project_user")
finance, biller = create_user("finance", "finance"), create_user("biller", "finance")
visitor = env["res.users"].create(
    {
        "name": "Visitor",
        "login": "bench_visitor",
        "password": "bench_visitor",
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    }
)
communities = env["outsourcing.community"].create(
    [
        {
            "name": f"Community {index}",
            "code": f"B{index:03}",
            "manager_id": manager.id,
            # a supervisor looks after three of them
            "supervisor_ids": [Command.set(supervisor.ids if index < 3 else [])],
        }
        for index in range(COMMUNITIES)
    ]
)
service = env["outsourcing.service.type"].create({"name": "Bench upkeep", "code": "BENCH", "kind": "service"})
firms = env["res.partner"].create(
    [
        {"name": f"Firm {index}", "is_company": True, "outsourcing_state": "candidate"}
        for index in range(FIRMS)
    ]
)
visitor.partner_id.parent_id = firms[0]
env.flush_all()
env.cr.execute("UPDATE res_partner SET outsourcing_state = 'qualified' WHERE id = ANY(%s)", [firms.ids])
env.invalidate_all()
elevators = env["maintenance.equipment"].create(
    [
        {
            "name": f"Elevator {index}",
            "outsourcing_community_id": communities[index % COMMUNITIES].id,
            "outsourcing_service_type_id": service.id,
        }
        for index in range(part(ELEVATORS) + COMMUNITIES)
    ]
)
told("people, places, firms")

# ---- contracts: those that run are signed; as many orders of core with as many lines ---------------------
first = fields.Date.add(TODAY.replace(day=1), months=-MONTHS - 1)
contracts = env["outsourcing.contract"].create(
    [
        {
            "title": f"Elevator maintenance {number}",
            "service_type_id": service.id,
            "contractor_id": firms[number % FIRMS].id,
            "community_id": communities[number % COMMUNITIES].id,
            "manager_id": manager.id,
            "date_start": first,
            "date_end": fields.Date.add(first, months=12, days=-1),
            "period_amount": 12000.0,
            "period_months": 1,
        }
        for number in range(part(CONTRACTS) + part(OTHERS))
    ]
)
contracts.action_generate_periods()
told("contracts drawn up")
running, others = contracts[: part(CONTRACTS)], contracts[part(CONTRACTS) :]
running.with_user(manager).action_submit()
running.with_user(approver).action_approve()
told("contracts signed")
env.cr.execute(
    f"UPDATE outsourcing_contract SET state = {pick(STATES, 'id')} WHERE id = ANY(%s)", [others.ids]
)
product = env.ref("property_outsourcing.product_outsourced_service")
lines = [
    Command.create({"name": f"Month {n}", "product_id": product.id, "product_qty": 1, "price_unit": 12000})
    for n in range(12)
]
orders = env["purchase.order"].create(
    [
        {"partner_id": firms[number % FIRMS].id, "order_line": lines, "name": f"P-B{number}"}
        for number in range(len(contracts))
    ]
)
orders[: part(CONTRACTS)].button_confirm()
env.flush_all()
env.cr.execute(
    f"UPDATE purchase_order SET state = {pick(ORDER_STATES, 'id')} WHERE id = ANY(%s)",
    [orders[part(CONTRACTS) :].ids],
)
told("orders of core")
env.cr.execute(
    "CREATE TABLE bench_contract AS SELECT (row_number() OVER (ORDER BY id) - 1)::int AS number, id, "
    "community_id, contractor_id, project_id FROM outsourcing_contract WHERE id = ANY(%s)",
    [running.ids],
)
env.cr.execute("ALTER TABLE bench_contract ADD PRIMARY KEY (number), ADD chain_id int")
for signed in running:
    chain = env["outsourcing.evidence.chain"]._get_or_create(signed, env.company)
    env.cr.execute("UPDATE bench_contract SET chain_id = %s WHERE id = %s", [chain.id, signed.id])
old_chain = env["outsourcing.evidence.chain"]._get_or_create(others[0], env.company)

# ---- months accepted, settled and billed ----------------------------------------------------------------
rows = env["outsourcing.contract.milestone"].search(
    [("contract_id", "in", running.ids), ("date_end", "<", TODAY)],
    order="date_end, id",
    limit=part(SETTLEMENTS),
)
settlements = env["outsourcing.settlement"]
for month in rows.grouped("date_end").values():
    month._record_acceptances({row: (row.amount, row.date_end, row.contract_id) for row in month})
    drawn = settlements.with_user(manager)._create_for_milestones(month.with_user(manager))
    drawn.action_submit()
    drawn.with_user(approver).action_check()
    drawn.with_user(finance).action_approve()
    drawn.with_user(biller).action_create_bill()
    settlements |= drawn.with_env(env)
    told(f"{len(month)} rows accepted, settled and billed")
bills = env["account.move"].browse(settlements.bill_id.ids)
bills.filtered(lambda bill: not bill.invoice_date).invoice_date = TODAY
bills.with_user(biller).action_post()
told("bills posted")
# of four settlements three are paid
paid = settlements.filtered(lambda settlement: settlement.id % 4)
env.flush_all()
env.cr.execute("UPDATE outsourcing_settlement SET payment_state = 'paid' WHERE id = ANY(%s)", [paid.ids])
env.cr.execute(
    "UPDATE account_move SET payment_state = 'paid', amount_residual = 0, amount_residual_signed = 0 "
    "WHERE id = ANY(%s)",
    [paid.bill_id.ids],
)
env.invalidate_all()

# ---- one of each that scale_history multiplies ----------------------------------------------------------
contract = running[0]
person = visitor.partner_id


def dispatch(name):
    return contract.with_user(supervisor)._dispatch_order({"name": name, "outsourcing_priority": "p1"})


open_order, done_order = dispatch("Open order").with_env(env), dispatch("Done order").with_env(env)
done_order.with_user(visitor)._portal_report("completed", person)
done_order.with_user(supervisor).action_outsourcing_done()
inspection = env["outsourcing.inspection"].create(
    {
        "contract_id": contract.id,
        "kind": "maintenance",
        "checklist_id": env.ref("property_outsourcing_site.checklist_elevator_daily").id,
        "equipment_id": elevators[0].id,
        "date_planned": TODAY,
    }
)
planned = inspection.copy()
visit = inspection.with_user(visitor)
visit._portal_start(person)
answers = {}
for number, line in enumerate(inspection.line_ids):
    value = line.value_min + 1 if line.has_value_min else line.value_max
    measured = {"value": value} if line.judge == "N" else {}
    answers[line.id] = {"result": "pass", **measured, "files": [make_photo(number)]}
visit._portal_save(answers)
visit._portal_submit()
env["outsourcing.evidence.chain"]._cron_seal()
fact = env["outsourcing.fact"].search([("res_model", "=", inspection._name), ("res_id", "=", inspection.id)])[
    0
]
evidence = env["outsourcing.evidence"].search(
    [("contract_id", "=", contract.id), ("sealed", "=", True)], limit=1
)
plain = env["project.project"].create({"name": "Plain", "privacy_visibility": "portal"})
plain.message_subscribe(visitor.partner_id.ids)
plain.type_ids = env["outsourcing.contract"]._get_order_stages()
plain_task = env["project.task"].create(
    {"name": "Task", "project_id": plain.id, "stage_id": plain.type_ids[0].id}
)
keep(
    contract=contract.id, first_contract=contract.id, open_order=open_order.id,
    done_order=done_order.id, plain_task=plain_task.id,
    inspection=inspection.id, planned=planned.id, fact=fact.id, evidence=evidence.id, plain=plain.id,
    settlement=settlements[0].id, first_elevator=elevators[0].id, old_chain=old_chain.id, order=orders[0].id,
)  # fmt: skip
told("one of each")
env.cr.commit()
