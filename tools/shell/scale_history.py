# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: what a company has done in two years, TIMES times, by SQL.

Rows that the workflow left behind are copied, each as of another contract, day and place.
"""

ORDERS, OPEN_ORDERS, INSPECTIONS, ITEMS, FACTS, PHOTOS, SETTLEMENTS = (
    27_000,
    3_000,
    156_000,
    522_000,
    200_000,
    20_000,
    1_849,
)
COMMUNITIES = 60
IS_FIRST = TIMES == 1
key = kept()
stages = env["outsourcing.contract"]._get_order_stages()
# what is added to the history lies before what there is of it
days_ago = "(current_date - 1 - (n %% 730))" if IS_FIRST else f"(current_date - 731 - (n %% {730 * TIMES}))"
now = "now() at time zone 'utc'"
floors = max(part(1_200) // COMMUNITIES, 1)
elevator = f"{key['first_elevator']} + c.number %% {COMMUNITIES} + {COMMUNITIES} * (n %% {floors})"
of_contract = {"contract_id": "c.id", "community_id": "c.community_id", "contractor_id": "c.contractor_id"}


def record(model, name):
    return env[model].browse(key[name])


def fill_orders(name, count, **columns):
    """Copy a work order, and for each a task of core's in a project of core's."""
    asked = f"({now} - (n %% 720) * interval '1 hour')"
    ids = multiply(
        record("project.task", name),
        count,
        name="'Order ' || n",
        outsourcing_contract_id="c.id",
        project_id="c.project_id",
        outsourcing_community_id="c.community_id",
        outsourcing_contractor_id="c.contractor_id",
        outsourcing_priority=pick(["p0", "p1", "p2", "p3"]),
        outsourcing_date_requested=asked,
        outsourcing_planned_start=asked,
        # planned work is one order of four
        outsourcing_planned_finish=f"CASE WHEN n %% 4 = 0 THEN {now} + (n %% 240) * interval '1 hour' END",
        **columns,
    )
    plain = {column: columns[column] for column in ("stage_id", "state") if column in columns}
    multiply(record("project.task", "plain_task"), count, name="'Task ' || n", **plain)
    return ids


with in_bulk(
    "project.task", "outsourcing.inspection", "outsourcing.inspection.line", "outsourcing.fact",
    "ir.attachment", "outsourcing.evidence",
):  # fmt: skip
    if IS_FIRST:
        limit = f"({now} + (n %% 240 - 24) * interval '1 hour')"
        fill_orders(
            "open_order",
            part(OPEN_ORDERS),
            stage_id=pick(stages[:2].ids),
            state="'01_in_progress'",
            outsourcing_date_clock=f"{limit} - interval '6 hours'",
            outsourcing_sla_completion_deadline=limit,
            outsourcing_next_deadline=limit,
            outsourcing_sla_state=f"CASE WHEN {limit} < {now} THEN 'breached' ELSE 'on_time' END",
            outsourcing_sla_rank=f"CASE WHEN {limit} < {now} THEN 0 ELSE 2 END",
        )
    done = f"({days_ago}::timestamp)"
    orders = fill_orders(
        "done_order",
        part(ORDERS) * TIMES,
        state="'1_done'",
        stage_id=str(record("project.task", "done_order").stage_id.id),
        outsourcing_date_responded=done,
        outsourcing_date_arrived=done,
        outsourcing_date_completed=done,
        outsourcing_date_closed=done,
    )
    inspections = multiply(
        record("outsourcing.inspection", "inspection"),
        part(INSPECTIONS) * TIMES,
        name="'I' || n",
        **of_contract,
        party_partner_id="c.contractor_id",
        equipment_id=elevator,
        # of thirty two were missed
        state=pick(["done"] * 28 + ["missed"] * 2),
        date_planned=days_ago,
        date_due=f"{days_ago} + 6",
        date_done=f"{days_ago}",
        result=pick(["pass", "pass", "pass", "fail"]),
    )
    if IS_FIRST:
        # what lies ahead: two weeks
        multiply(
            record("outsourcing.inspection", "planned"),
            part(INSPECTIONS) // 30,
            name="'P' || n",
            **of_contract,
            party_partner_id="c.contractor_id",
            equipment_id=elevator,
            date_planned="current_date + n %% 14",
            date_due="current_date + n %% 14 + 6",
        )
    lines = record("outsourcing.inspection", "inspection").line_ids
    left = part(ITEMS) * TIMES
    for line in lines:
        count = min(left, len(inspections))
        left -= count
        if count:
            multiply(
                line,
                count,
                **of_contract,
                inspection_id=f"{inspections[0] - 1} + n",
                equipment_id=elevator,
                result=pick(["pass"] * 9 + ["fail"]),
                is_failed=pick([0] * 9 + [1]),
                date_done=days_ago,
            )
    # of ten facts eight are about inspections
    spot_checks = ["inspection_passed", "inspection_missed", "inspection_failed"]
    types = ["inspection_done"] * 5 + spot_checks + ["order_done", "order_late"]
    of_visit = "CASE WHEN n %% 10 < 8 THEN"
    multiply(
        record("outsourcing.fact", "fact"),
        part(FACTS) * TIMES,
        **of_contract,
        unique_key=f"'bench' || {inspections[0]} || ':' || n",
        fact_type=pick(types),
        res_model=f"{of_visit} 'outsourcing.inspection' ELSE 'project.task' END",
        res_id=f"{of_visit} {inspections[0]} + n %% {len(inspections)} "
        f"ELSE {orders[0]} + n %% {len(orders)} END",
        milestone_id=f"(SELECT id FROM outsourcing_contract_milestone m WHERE m.contract_id = c.id "
        f"AND {days_ago} BETWEEN m.date_start AND m.date_end LIMIT 1)",
        date=days_ago,
        value="1 + n %% 3",
    )
    evidence = record("outsourcing.evidence", "evidence")
    env.cr.execute("SELECT max(id) FROM outsourcing_evidence")
    [last] = env.cr.fetchone()
    attachments = multiply(
        evidence.attachment_id, part(PHOTOS) * TIMES, name="'p' || n", res_id=f"{last} + n"
    )
    # those of the first round are sealed by scale_photos, the others stand in a chain nobody looks at
    seal = {"sealed": "false", "seq": "0", "hash": "NULL", "prev_hash": "NULL"}
    if not IS_FIRST:
        seal = {"chain_id": str(key["old_chain"]), "seq": f"{last} + n"}
    multiply(
        evidence,
        part(PHOTOS) * TIMES,
        **{"chain_id": "c.chain_id", **seal},
        **of_contract,
        attachment_id=f"{attachments[0] - 1} + n",
        res_id=f"{inspections[0] - 1} + n",
        res_model="'outsourcing.inspection'",
        sha256=f"md5('{inspections[0]}' || n)",
        date_received=f"{days_ago}::timestamp",
    )
    if not IS_FIRST:
        multiply(
            record("outsourcing.settlement", "settlement"),
            part(SETTLEMENTS) * TIMES,
            name=f"'S' || {inspections[0]} || ':' || n",
            contract_id="c.id",
            community_id="c.community_id",
            contractor_id="c.contractor_id",
            date=days_ago,
            payment_state="'paid'",
        )
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE")
