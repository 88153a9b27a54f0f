# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: a quarter of 2,000 firms over 1,000,000 facts, 50,000 ballots."""

import tracemalloc

from dateutil.relativedelta import relativedelta

from odoo.tools import date_utils

EVALUATED, QUARTER_FACTS, HOMES = 2_000, 1_000_000, 50_000
TYPES = [
    "order_limited", "order_done", "order_arrival_hours", "order_repair_hours", "inspection_due",
    "inspection_done", "defect_found", "defect_repeated", "score", "order_counted",
]  # fmt: skip
key = kept()
evaluations = env["outsourcing.evaluation"].sudo()
company = env["outsourcing.contract"].browse(key["contract"]).company_id
quarter = date_utils.start_of(TODAY, "quarter") - relativedelta(months=3)
days = (date_utils.end_of(quarter, "quarter") - quarter).days + 1


# ---- a quarter -------------------------------------------------------------------------------------------

service = env["outsourcing.service.type"].create({"name": "Judged", "code": "JUDGED", "kind": "service"})
env.ref("property_outsourcing_evaluation.scorecard_elevator").service_type_ids = service
firms = env["res.partner"].create([{"name": f"Judged {n}", "is_company": True} for n in range(EVALUATED)])
contracts = multiply(
    env["outsourcing.contract"].browse(key["contract"]),
    EVALUATED,
    name="'BJ-' || n",
    contractor_id=f"{firms[0].id - 1} + n",
    service_type_id=str(service.id),
)
with in_bulk("outsourcing.fact"):
    multiply(
        env["outsourcing.fact"].browse(key["fact"]),
        QUARTER_FACTS,
        contract_id=f"{contracts[0]} + n %% {EVALUATED}",
        contractor_id=f"{firms[0].id} + n %% {EVALUATED}",
        fact_type=pick(TYPES, f"n / {EVALUATED}"),
        priority=pick(["p0", "p1", "p2", "p3"], f"n / {EVALUATED * len(TYPES)}"),
        value=f"1 + n / {EVALUATED} %% 7",
        date=f"date '{quarter}' + (n %% {days})",
        milestone_id="NULL",
        active="TRUE",
        unique_key="'bench-judged-' || n",
        case_key="NULL",
    )
env.cr.execute("ANALYZE outsourcing_fact")
env.invalidate_all()


def aggregate():
    """What has to be read, by hand: each firm's figures in the quarter, by kind and priority and in all."""
    env.cr.execute(
        """
        SELECT f.contractor_id, c.service_type_id, f.fact_type, f.priority, COUNT(*), SUM(f.value),
               SUM(f.value * f.weight) / NULLIF(SUM(f.weight), 0),
               PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f.value)
          FROM outsourcing_fact f JOIN outsourcing_contract c ON c.id = f.contract_id
         WHERE f.active AND f.date BETWEEN %s AND %s AND f.company_id = %s
         GROUP BY GROUPING SETS ((f.contractor_id, c.service_type_id, f.fact_type, f.priority),
                                 (f.contractor_id, c.service_type_id, f.fact_type))
        """,
        [quarter, date_utils.end_of(quarter, "quarter"), company.id],
    )
    env.cr.fetchall()


def undone(work):
    """Do ``work`` and take it back."""
    with contextlib.suppress(InterruptedError), env.cr.savepoint():
        work()
        env.flush_all()
        raise InterruptedError
    env.invalidate_all()


def run(some):
    """Evaluate the quarter of the firms, and take it back; note the queries it took."""
    before = env.cr.sql_log_count
    undone(lambda: evaluations._draw_up(company, quarter, some))
    queries[len(some)] = env.cr.sql_log_count - before


# what a run consists of: method -> what it does
PARTS = {
    "_map_missing": "who is missing",
    "_create_drafts": "the documents",
    "_map_totals": "reading the facts",
    "_create_criteria": "their criteria",
    "_complete_count": "contracts, vetoes and score",
    "_ask_for_points": "the to-dos",
}


def take_apart(work):
    """Return the milliseconds of each of PARTS in one run, by its name."""
    model, spent = type(evaluations), {}

    def clocked(name, method):
        def call(self, *args, **kwargs):
            start = time.perf_counter()
            result = method(self, *args, **kwargs)
            self.env.flush_all()
            spent[name] = (time.perf_counter() - start) * 1000
            return result

        return call

    for name in PARTS:
        setattr(model, name, clocked(name, getattr(model, name)))
    try:
        work()
    finally:
        for name in PARTS:
            delattr(model, name)
    return spent


queries = {}
run(firms[:500]), run(firms)
# the ORM writes a hundred rows of a table at a time: evaluations, to-dos, their followers, scores
further = (queries[2_000] - queries[500]) / 15
tell(
    f"queries of a quarter: {queries[500]} for 500 firms, each hundred more",
    further,
    None,
    7.0,
    further,
    unit="queries",
)
# beside reading the facts 2,000 documents, 22,000 criteria, 2,000 to-dos and followers are written; on a busy
# machine that waits for its turn, while the aggregates use all cores
compare("a quarter of 2,000 firms over 1,000,000 facts", lambda: run(firms), aggregate, 3.0, repeat=3)
bare = timed(aggregate)
for name, spent in take_apart(lambda: run(firms)).items():
    tell(f"- of it {PARTS[name]}", spent, bare, 3.0)
drawn = evaluations._draw_up(company, quarter, firms)
compare("the facts of a quarter of 2,000 firms", drawn._map_totals, aggregate, 1.5, repeat=3)
compare(
    "what is left to be evaluated in a quarter", lambda: evaluations._get_firms_to_evaluate(company, quarter),
    aggregate, 1.0, repeat=3,
)  # fmt: skip


# ---- a round of a large community -----------------------------------------------------------------------

communities = env["outsourcing.community"].create(
    [{"name": f"Homes {number}", "code": f"BH{number}"} for number in range(2)]
)
homes = {communities[0]: HOMES, communities[1]: HOMES // 10}
for community, count in homes.items():
    room = env["outsourcing.location"].create({"name": "101", "community_id": community.id, "kind": "room"})
    multiply(
        room,
        count - 1,
        name="'R' || n",
        complete_name="'R' || n",
        barcode="NULL",
        community_id="s.community_id",
    )
env.invalidate_all()
rounds = env["outsourcing.survey.round"].create([{"community_id": community.id} for community in homes])
ballots = env["outsourcing.ballot"]._gated()


def create_bare():
    """Create as many ballots, in batches as well, with what they need at hand."""
    building = env["outsourcing.survey.building"]._gated().create({"round_id": rounds[0].id, "name": "One"})
    rooms = env["outsourcing.location"].search([("community_id", "=", communities[0].id)]).ids
    for start in range(0, HOMES, 2_000):
        ballots.create(
            [
                {
                    "round_id": rounds[0].id,
                    "building_id": building.id,
                    "location_id": room,
                    "code": f"C{room}",
                }
                for room in rooms[start : start + 2_000]
            ]
        )
        ballots.flush_model()
        ballots.invalidate_model()


def peak(work):
    """Return the most memory ``work`` holds, in MB."""
    tracemalloc.start()
    undone(work)
    [_now, most] = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


issue = [lambda survey=survey: survey._issue_ballots() for survey in rounds.sudo()]
compare(
    "ballots for 50,000 homes", lambda: undone(issue[0]), lambda: undone(create_bare), 2.0, repeat=3
)  # fmt: skip
undone(issue[1])
# ten times the homes
tell("ballots for 50,000 homes: memory, against 5,000", peak(issue[0]), peak(issue[1]), 2.5, unit="MB")
report()
