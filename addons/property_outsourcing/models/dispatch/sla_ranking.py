"""What the states of work orders are at a moment, as the ``WITH`` of a statement: fact, verdict, ranked."""

from odoo.tools import SQL

# what is known of each order: the next deadline not reached yet, and how many were missed
FACT = """
    SELECT t.id, t.state IN ('1_done', '1_canceled') AS closed, t.state AS task_state,
           t.outsourcing_date_clock AS clock, t.outsourcing_date_paused AS paused,
           COALESCE(t.outsourcing_date_completed, t.outsourcing_date_closed) AS over,
           LEAST(
               CASE WHEN t.outsourcing_date_responded IS NULL THEN t.outsourcing_sla_response_deadline END,
               CASE WHEN t.outsourcing_date_arrived IS NULL THEN t.outsourcing_sla_arrival_deadline END,
               CASE WHEN t.outsourcing_date_completed IS NULL THEN t.outsourcing_sla_completion_deadline END
           ) AS next,
           COALESCE(t.outsourcing_sla_response_deadline, t.outsourcing_sla_arrival_deadline,
                    t.outsourcing_sla_completion_deadline) IS NOT NULL AS limited,
           (SELECT count(*) FROM (VALUES
               (t.outsourcing_sla_response_deadline, t.outsourcing_date_responded),
               (t.outsourcing_sla_arrival_deadline, t.outsourcing_date_arrived),
               (t.outsourcing_sla_completion_deadline, t.outsourcing_date_completed)
           ) AS m (deadline, reached)
           WHERE m.deadline < COALESCE(m.reached, t.outsourcing_date_closed,
                                       t.outsourcing_date_paused, %(now)s)) AS breaches,
           COALESCE(c.outsourcing_sla_risk_percent, 0) AS percent,
           COALESCE(c.outsourcing_sla_risk_minutes, 0) * INTERVAL '1 minute' AS minutes
      FROM project_task t
 LEFT JOIN res_company c ON c.id = t.company_id
     WHERE t.outsourcing_contract_id IS NOT NULL AND %(condition)s
"""
# where it stands; nothing is due of an order that is over
VERDICT = """
    SELECT f.id, f.closed, f.over, f.breaches,
           CASE WHEN f.closed OR f.over IS NOT NULL THEN NULL ELSE f.next END AS next,
           CASE WHEN (f.closed OR f.over IS NOT NULL OR f.next IS NULL)
                THEN CASE WHEN f.breaches > 0 THEN 'breached'
                          WHEN f.limited AND f.task_state <> '1_canceled' THEN 'met'
                          ELSE 'none' END
                WHEN f.paused <= f.next THEN 'paused'
                WHEN f.clock > %(now)s THEN 'none'
                WHEN f.next < %(now)s THEN 'breached'
                WHEN f.next - LEAST(
                    f.next - f.clock, GREATEST((f.next - f.clock) * f.percent / 100.0, f.minutes)
                ) <= %(now)s THEN 'at_risk'
                ELSE 'on_time' END AS state
      FROM fact f
"""
# how urgent it is, by which lists are sorted
RANKED = """
    SELECT v.id, v.next, v.state, v.breaches::int AS breaches,
           CASE WHEN v.closed THEN 9
                WHEN v.over IS NOT NULL THEN 5
                ELSE array_position(
                    ARRAY['breached', 'at_risk', 'on_time', 'paused', 'none', 'met'], v.state
                ) - 1 END AS rank
      FROM verdict v
"""


def get_sla_ranking(condition, now):
    """Return the ``WITH`` that tells of the orders meeting ``condition`` what their states are at ``now``.

    :param condition: SQL about the table ``project_task``, called ``t``
    """
    return SQL(
        "WITH fact AS (%s), verdict AS (%s), ranked AS (%s)",
        SQL(FACT, now=now, condition=condition),
        SQL(VERDICT, now=now),
        SQL(RANKED),
    )
