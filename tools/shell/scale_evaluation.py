# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: a quarter of 2,000 contractors over 1,000,000 facts."""

FIRMS, FACTS = part(2_000), part(1_000_000)
LIMIT = 3.0  # times the bare aggregates over the same facts
TYPES = ["order_limited", "order_done", "inspection_due", "inspection_done", "order_arrival_hours",
         "order_repair_hours", "defect_found", "score"]  # fmt: skip

evaluations = env["outsourcing.evaluation"]
elevator = env.ref("property_outsourcing.service_type_elevator")
contract = env["outsourcing.contract"].search(
    [("state", "=", "active"), ("service_type_id", "=", elevator.id)], limit=1
)
company, quarter = contract.company_id, evaluations._get_last_quarter(contract.company_id)
firms = multiply(contract.contractor_id, FIRMS, name="'Judged ' || n", complete_name="'Judged ' || n")
contracts = multiply(
    contract,
    FIRMS,
    name="'JUDGED-' || n",
    contractor_id=f"{firms[0]} + n - 1",
    project_id="NULL",
    purchase_order_id="NULL",
)
env.cr.execute(
    """
    INSERT INTO outsourcing_fact (fact_type, date, value, weight, priority, contract_id, contractor_id,
                                  community_id, company_id, res_model, res_id, unique_key, active)
    SELECT (%s::text[])[1 + n %% %s], %s::date + n %% 89, 1 + n %% 7, 1, (ARRAY['p1', 'p2'])[1 + n %% 2],
           %s + n %% %s, %s + n %% %s, %s, %s, 'outsourcing.contract', %s, 'judged:' || n, true
      FROM generate_series(1, %s) n
    """,
    [TYPES, len(TYPES), quarter, contracts[0], FIRMS, firms[0], FIRMS, contract.community_id.id, company.id,
     contract.id, FACTS],
)  # fmt: skip
env.cr.execute("ANALYZE outsourcing_fact")
env.invalidate_all()
judged = env["res.partner"].browse(firms)


def draw_up():
    """Draw up the quarter as the schedule does, batch by batch."""
    judged._run_in_batches("_draw_up_outsourcing_evaluations", company, quarter)


def aggregate():
    """Count what the evaluations count, without them."""
    env.cr.execute(
        """
        SELECT contractor_id, fact_type, priority, COUNT(*), SUM(value), SUM(value * weight) / SUM(weight),
               PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value)
          FROM outsourcing_fact
         WHERE active AND date BETWEEN %s AND %s AND contractor_id = ANY(%s)
         GROUP BY GROUPING SETS ((contractor_id, fact_type, priority), (contractor_id, fact_type))
        """,
        [quarter, fields.Date.end_of(quarter, "quarter"), list(firms)],
    )
    env.cr.fetchall()


drawn = timed(draw_up)
drafts = evaluations.sudo().search([("contractor_id", "in", list(firms))])
print(f"{len(drafts)} drafts drawn up in {drawn:.0f} ms")
tell("evaluations drawn up, each", drawn / max(len(drafts), 1), None, 1.0, drawn / max(len(drafts), 1) / 20)
compare("evaluations counted again", drafts._count, aggregate, LIMIT, repeat=3)
report()
