# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: fill a scratch database like a mid-size company, by SQL.

One record of each kind is made by the ORM; its row is then multiplied with varying key columns.
"""

CONTRACTS, OTHERS, FIRMS, COMMUNITIES, ELEVATORS = 364, 336, 150, 60, 1_200
STATES = ["draft", "to_approve", "suspended", "completed", "closed", "terminated"]
ORDER_STATES = ["draft", "sent", "to approve", "purchase", "purchase", "cancel"]
GROUP = "property_outsourcing.group_outsourcing_"


def create_user(login, role, *extra):
    groups = [Command.link(env.ref(name).id) for name in (GROUP + role, *extra)]
    return env["res.users"].create({"name": login.title(), "login": f"bench_{login}", "group_ids": groups})


manager = create_user(
    "manager", "manager", "purchase.group_purchase_manager", "project.group_project_manager"
)
supervisor = create_user("supervisor", "user", "project.group_project_user")
finance = create_user("finance", "finance")
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
first = TODAY.replace(day=1) - timedelta(days=150)
contract = env["outsourcing.contract"].create(
    {
        "title": "Elevator maintenance",
        "service_type_id": service.id,
        "contractor_id": firms[0].id,
        "community_id": communities[0].id,
        "manager_id": manager.id,
        "date_start": first.replace(day=1),
        "date_end": fields.Date.add(first.replace(day=1), months=12, days=-1),
        "period_amount": 12000.0,
        "period_months": 1,
    }
)
contract.action_generate_periods()
product = env.ref("property_outsourcing.product_outsourced_service")
order = env["purchase.order"].create(
    {
        "partner_id": firms[0].id,
        "order_line": [
            Command.create(
                {"name": f"Month {n}", "product_id": product.id, "product_qty": 1, "price_unit": 12000}
            )
            for n in range(12)
        ],
    }
)
order.button_confirm()
elevator = env["maintenance.equipment"].create(
    {
        "name": "Elevator",
        "outsourcing_community_id": communities[0].id,
        "outsourcing_service_type_id": service.id,
    }
)
stages = env["outsourcing.contract"]._get_order_stages()
project = env["project.project"].create({"name": "Bench", "privacy_visibility": "followers"})
project.type_ids = stages
plain = env["project.project"].create({"name": "Plain", "privacy_visibility": "portal"})
plain.message_subscribe(visitor.partner_id.ids)
plain.type_ids = stages
task = env["project.task"].create({"name": "Order", "project_id": project.id, "stage_id": stages[0].id})
plain_task = env["project.task"].create({"name": "Task", "project_id": plain.id, "stage_id": stages[0].id})

# ---- contracts, each with its rows; as many orders of core with as many lines -----------------------------
# the running ones first
contract_ids = multiply(
    contract,
    CONTRACTS + OTHERS,
    name="'B' || n",
    title="'Elevator maintenance ' || n",
    state=f"CASE WHEN n <= {CONTRACTS} THEN 'active' ELSE {pick(STATES)} END",
    community_id=pick(communities.ids),
    contractor_id=pick(firms.ids),
    date_end="s.date_end + (n %% 300)::int",
)
base = contract_ids[0] - 1
relation = env["outsourcing.contract"]._fields["community_ids"]
env.cr.execute(
    f'INSERT INTO "{relation.relation}" ("{relation.column1}", "{relation.column2}") '
    "SELECT id, community_id FROM outsourcing_contract WHERE id = ANY(%s)",
    [contract_ids],
)
row_ids = []
for row in contract.milestone_ids:
    row_ids += multiply(
        row,
        CONTRACTS + OTHERS,
        contract_id=f"{base} + n",
        community_id=pick(communities.ids),
        contractor_id=pick(firms.ids),
    )
order_ids = multiply(
    order,
    CONTRACTS + OTHERS,
    name="'P-B' || n",
    state=f"CASE WHEN n <= {CONTRACTS} THEN 'purchase' ELSE {pick(ORDER_STATES)} END",
    partner_id=pick(firms.ids),
)
for line in order.order_line:
    multiply(line, CONTRACTS + OTHERS, order_id=f"{order_ids[0] - 1} + n", partner_id=pick(firms.ids))
elevator_ids = multiply(
    elevator,
    ELEVATORS,
    outsourcing_community_id=pick(communities.ids),
    outsourcing_barcode="NULL",
    outsourcing_registration_code="NULL",
)
# the orders are of one contract's project, and of all contracts
env.cr.execute(
    "UPDATE project_project SET outsourcing_contract_id = %s WHERE id = %s", [contract_ids[0], project.id]
)
env.cr.execute("UPDATE outsourcing_contract SET project_id = %s WHERE id = %s", [project.id, contract_ids[0]])

# ---- one record of each kind of history, which scale_history multiplies ----------------------------------
inspection = env["outsourcing.inspection"].create(
    {
        "contract_id": contract.id,
        "community_id": communities[0].id,
        "checklist_id": env.ref("property_outsourcing_site.checklist_elevator_daily").id,
        "equipment_id": elevator.id,
        "kind": "maintenance",
        "date_planned": TODAY,
    }
)
inspection._gated()._create_lines()
fact = contract._record_fact("inspection_done", inspection, date=TODAY)
env["outsourcing.evidence.chain"]._get_or_create(contract, env.company)
chain = env["outsourcing.evidence.chain"].search(
    [("res_model", "=", contract._name), ("res_id", "=", contract.id)]
)
attachment = env["ir.attachment"].create({"name": "photo.jpg", "raw": b"photo"})
env.flush_all()
vals = {
    "attachment_id": attachment.id, "chain_id": chain.id, "contract_id": contract.id,
    "contractor_id": firms[0].id, "community_id": communities[0].id, "company_id": env.company.id,
    "author_id": manager.id, "date_received": fields.Datetime.now(), "mimetype": "image/jpeg",
    "name": "photo.jpg", "phase": "after", "res_id": inspection.id, "res_model": inspection._name,
    "sha256": "", "size": 5, "sealed": True, "seq": 0,
}  # fmt: skip
env.cr.execute(
    f"INSERT INTO outsourcing_evidence ({', '.join(vals)}) VALUES %s RETURNING id", [tuple(vals.values())]
)
[evidence_id] = env.cr.fetchone()
settlement = env["outsourcing.settlement"].create({"contract_id": contract.id})
env.flush_all()
env.cr.execute("UPDATE outsourcing_settlement SET state = 'billed' WHERE id = %s", [settlement.id])
keys = {
    "contract": contract.id, "task": task.id, "plain_task": plain_task.id, "inspection": inspection.id,
    "fact": fact.id, "evidence": evidence_id, "attachment": attachment.id, "settlement": settlement.id,
    "first_contract": contract_ids[0], "first_elevator": elevator_ids[0], "plain": plain.id,
    "order": order_ids[0],
}  # fmt: skip
env.cr.execute("CREATE TABLE bench_key (name varchar, id int)")
env.cr.execute_values("INSERT INTO bench_key VALUES %s", list(keys.items()))
env.cr.commit()
