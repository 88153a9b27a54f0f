# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: what a company has done in two years, TIMES times, by SQL."""

ORDERS, OPEN_ORDERS, INSPECTIONS, ITEMS, FACTS, PHOTOS, SETTLEMENTS = (
    27_000,
    3_000,
    156_000,
    3,
    200_000,
    20_000,
    1_849,
)
CONTRACTS, ELEVATORS = 364, 1_200
env.cr.execute("SELECT name, id FROM bench_key")
key = dict(env.cr.fetchall())
stages = env["outsourcing.contract"]._get_order_stages()
contract = f"{key['first_contract']} + n %% {CONTRACTS}"
elevator = f"{key['first_elevator']} + n %% {ELEVATORS}"
days_ago = "(current_date - (n %% 730))"


def follow_contract(table, ids, community="community_id", contractor="contractor_id", link="contract_id"):
    """Let the rows be of the community and firm of their contracts."""
    env.cr.execute(
        f'UPDATE "{table}" t SET {community} = c.community_id, {contractor} = c.contractor_id '
        f"FROM outsourcing_contract c WHERE c.id = t.{link} AND t.id >= %s",
        [ids[0]],
    )


def fill_orders(count, state, **columns):
    common = {"name": "'Order ' || n", "state": f"'{state}'", "stage_id": pick(stages.ids), **columns}
    ids = multiply(
        env["project.task"].browse(key["task"]),
        count,
        **common,
        outsourcing_contract_id=contract,
        outsourcing_priority=pick(["p0", "p1", "p2", "p3"]),
        outsourcing_date_requested="now() at time zone 'utc' - (n %% 720) * interval '1 hour'",
        outsourcing_planned_start="now() at time zone 'utc' - (n %% 720) * interval '1 hour'",
        # planned work is one order of four
        outsourcing_planned_finish="CASE WHEN n %% 4 = 0 THEN now() at time zone 'utc' "
        "+ (n %% 240) * interval '1 hour' END",
        outsourcing_sla_state=pick(["on_time", "at_risk", "breached"]) if state != "1_done" else "'met'",
        outsourcing_sla_rank=pick([0, 1, 2]) if state != "1_done" else "9",
    )
    follow_contract(
        "project_task",
        ids,
        "outsourcing_community_id",
        "outsourcing_contractor_id",
        "outsourcing_contract_id",
    )
    multiply(env["project.task"].browse(key["plain_task"]), count, **common)


if TIMES == 1:
    fill_orders(OPEN_ORDERS, "01_in_progress")
fill_orders(
    ORDERS * TIMES,
    "1_done",
    outsourcing_date_closed="now() at time zone 'utc' - (n %% 720) * interval '1 hour'",
)
# of thirty one lies ahead in the first round
planned = f"CASE WHEN n %% 30 = 29 AND {TIMES} = 1 THEN current_date + n %% 14 ELSE {days_ago} END"
inspections = multiply(
    env["outsourcing.inspection"].browse(key["inspection"]),
    INSPECTIONS * TIMES,
    name="'I' || n",
    contract_id=contract,
    equipment_id=elevator,
    state=pick(["done"] * 28 + ["missed"] * 2) if TIMES > 1 else pick(["done"] * 28 + ["missed", "planned"]),
    date_planned=planned,
    date_due=f"{planned} + 6",
    date_done=f"{days_ago}",
    result=pick(["pass", "pass", "pass", "fail"]),
)
follow_contract("outsourcing_inspection", inspections)
lines = env["outsourcing.inspection"].browse(key["inspection"]).line_ids[:ITEMS]
for line in lines:
    ids = multiply(
        line,
        INSPECTIONS * TIMES,
        inspection_id=f"{inspections[0] - 1} + n",
        contract_id=contract,
        equipment_id=elevator,
        result=pick(["pass"] * 9 + ["fail"]),
        date_done=days_ago,
    )
    follow_contract("outsourcing_inspection_line", ids)
types = ["inspection_done"] * 6 + ["inspection_missed", "inspection_failed", "order_done", "order_late"]
facts = multiply(
    env["outsourcing.fact"].browse(key["fact"]),
    FACTS * TIMES,
    unique_key=f"'bench' || {inspections[0]} || ':' || n",
    contract_id=contract,
    fact_type=pick(types),
    date=days_ago,
    value="1 + n %% 3",
)
follow_contract("outsourcing_fact", facts)
attachments = multiply(env["ir.attachment"].browse(key["attachment"]), PHOTOS * TIMES, name="'p' || n")
photos = multiply(
    env["outsourcing.evidence"].browse(key["evidence"]),
    PHOTOS * TIMES,
    attachment_id=f"{attachments[0] - 1} + n",
    contract_id=contract,
    res_id=f"{inspections[0] - 1} + n",
    seq=f"{inspections[0]} + n",
    sha256=f"md5('{inspections[0]}' || n)",
    date_received=f"{days_ago}::timestamp",
)
follow_contract("outsourcing_evidence", photos)
settlements = multiply(
    env["outsourcing.settlement"].browse(key["settlement"]),
    SETTLEMENTS * TIMES,
    name="'S' || n",
    contract_id=contract,
    date=days_ago,
    amount_payable="12000",
    payment_state=pick(["paid", "paid", "paid", "not_paid"]) if TIMES == 1 else "'paid'",
)
follow_contract("outsourcing_settlement", settlements)
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE")
