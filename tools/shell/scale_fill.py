# ruff: noqa: F821
"""Fed to `odoo shell`: fill a scratch database with CONTRACTS contracts and ORDERS work orders, by SQL.

One record of each kind is made by the ORM; its row is then multiplied with varying key columns.
"""

from datetime import date

from odoo import Command

FRESH = {"id", "create_date", "write_date", "access_token", "message_main_attachment_id"}


def multiply(record, count, **columns):
    """Insert ``count`` copies of the row of ``record``; ``columns``: name -> SQL over the number n."""
    record.env.flush_all()
    table = record._table
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    names = sorted({row[0] for row in env.cr.fetchall()} - FRESH)
    values = ", ".join(columns.get(name, f's."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    env.cr.execute(
        f'INSERT INTO "{table}" ({quoted}) SELECT {values} FROM "{table}" s, generate_series(1, %s) n '
        f"WHERE s.id = %s RETURNING id",
        [count, record.id],
    )
    return [row[0] for row in env.cr.fetchall()]


manager = env["res.users"].create(
    {
        "name": "Manager",
        "login": "bench",
        "group_ids": [Command.link(env.ref("property_outsourcing.group_outsourcing_manager").id)],
    }
)
communities = env["outsourcing.community"].create(
    [{"name": f"Community {index}", "code": f"B{index:03}", "manager_id": manager.id} for index in range(50)]
)
firms = env["res.partner"].create(
    [{"name": f"Firm {index}", "is_company": True, "outsourcing_state": "candidate"} for index in range(40)]
)
service = env.ref("property_outsourcing.service_type_elevator")
contract = env["outsourcing.contract"].create(
    {
        "title": "Elevator maintenance",
        "service_type_id": service.id,
        "contractor_id": firms[0].id,
        "community_id": communities[0].id,
        "manager_id": manager.id,
        "date_start": date.today().replace(month=1, day=1),
        "date_end": date.today().replace(month=12, day=31),
        "period_amount": 12000.0,
    }
)
contract.action_generate_periods()
project = env["project.project"].create({"name": "Elevator maintenance", "privacy_visibility": "followers"})
stages = env["outsourcing.contract"]._get_order_stages()
project.type_ids = stages
states = ["draft", "to_approve", "active", "active", "active", "suspended", "completed", "closed"]


def pick(values):
    """SQL that takes one of ``values`` by the running number."""
    listed = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in values)
    return f"(ARRAY[{listed}])[1 + n %% {len(values)}]"


contract_ids = multiply(
    contract,
    CONTRACTS,
    name="'B' || n",
    title="'Elevator maintenance ' || n",
    state=pick(states),
    community_id=pick(communities.ids),
    contractor_id=pick(firms.ids),
    date_end="s.date_end + (n %% 300)",
)
relation = env["outsourcing.contract"]._fields["community_ids"]
env.cr.execute(
    f'INSERT INTO "{relation.relation}" ("{relation.column1}", "{relation.column2}") '
    "SELECT id, community_id FROM outsourcing_contract WHERE id = ANY(%s)",
    [contract_ids],
)
for row in contract.milestone_ids[:4]:
    multiply(row, CONTRACTS, contract_id=f"{contract_ids[0] - 1} + n")
task = env["project.task"].create({"name": "Order", "project_id": project.id, "stage_id": stages[0].id})
plain = env["project.project"].create({"name": "Plain", "privacy_visibility": "employees"})
plain.type_ids = stages
plain_task = env["project.task"].create({"name": "Task", "project_id": plain.id, "stage_id": stages[0].id})
env.flush_all()
# the contract of the orders is active; its project is theirs
env.cr.execute(
    "UPDATE outsourcing_contract SET state = 'active', project_id = %s WHERE id = %s",
    [project.id, contract_ids[0]],
)
env.cr.execute(
    "UPDATE project_project SET outsourcing_contract_id = %s WHERE id = %s", [contract_ids[0], project.id]
)
env.invalidate_all()
CLOCK = "now() at time zone 'utc' - (n %% 50) * interval '1 hour'"
common = {
    "name": "'Order ' || n",
    "stage_id": pick(stages.ids),
    "state": pick(["01_in_progress"] * 9 + ["1_done"]),
}
multiply(
    task,
    ORDERS,
    **common,
    outsourcing_contract_id=str(contract_ids[0]),
    outsourcing_contractor_id=pick(firms.ids),
    outsourcing_community_id=pick(communities.ids),
    outsourcing_priority=pick(["p0", "p1", "p2", "p3"]),
    date_deadline="now() at time zone 'utc' + (n %% 40 - 20) * interval '1 hour'",
    outsourcing_date_requested=CLOCK,
    outsourcing_date_clock=CLOCK,
    outsourcing_sla_response_deadline=f"{CLOCK} + interval '1 hour'",
    outsourcing_sla_completion_deadline=f"{CLOCK} + interval '24 hours'",
)
multiply(plain_task, ORDERS, **common)
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("ANALYZE")
