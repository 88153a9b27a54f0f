# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: what residents reported in two years, by SQL."""

COMPLAINTS, OPEN_COMPLAINTS = 200_000, 3_000
now = "now() at time zone 'utc'"
problems = env["outsourcing.complaint.problem"].search([])
community = env["outsourcing.community"].search([], limit=1)
code = (
    env["outsourcing.complaint.code"]
    ._get_or_create(env["outsourcing.location"].create({"name": "Bench", "community_id": community.id}))
    ._gated()
)
code.code = "bench-report-code"
first = env["outsourcing.complaint"].create(
    {
        "problem_id": problems[:1].id,
        "community_id": community.id,
        "location_id": code.location_id.id,
        "reporter_ids": [Command.create({"name": "Resident", "channel": "page"})],
    }
)
reporter = first.reporter_ids
first.sudo().activity_ids.unlink()


def fill_complaints(count, state, days, **columns):
    """Copy the complaint, each as of another community, problem and moment, and the person behind each."""
    received = f"({now} - (n %% {days}) * interval '1 day' - (n %% 1440) * interval '1 minute')"
    ids = multiply(
        first,
        count,
        name="'BS-' || n",
        state=state,
        community_id="c.community_id",
        location_id="NULL",
        contract_id="c.id",
        contractor_id="c.contractor_id",
        problem_id=pick(problems.ids),
        category_id=pick([problem.category_id.id for problem in problems]),
        title="'Problem ' || n",
        date_received=received,
        **{name: value.format(received=received) for name, value in columns.items()},
    )
    multiply(
        reporter, count, complaint_id=f"{ids[0] - 1} + n", community_id="c.community_id", token="md5(n::text)"
    )
    return ids


with in_bulk("outsourcing.complaint", "outsourcing.complaint.reporter"):
    fill_complaints(
        part(COMPLAINTS),
        "'closed'",
        730,
        date_answered="{received} + interval '1 hour'",
        date_done="{received} + (n %% 50) * interval '1 hour'",
        date_closed="{received} + interval '9 days'",
        hours_to_answer="1",
        hours_to_finish="n %% 50",
        confirmed_by=pick(["resident", "desk", "silence"]),
        stars="n %% 6",
        date_next_due="NULL",
        next_step="NULL",
    )
    fill_complaints(
        part(OPEN_COMPLAINTS),
        pick(["new", "accepted", "dispatched", "done", "returned", "confirmed"]),
        20,
        date_next_due=f"{now} + (n %% 240 - 24) * interval '1 hour'",
    )
env.cr.commit()
env.cr._cnx.autocommit = True
env.cr.execute("VACUUM ANALYZE outsourcing_complaint")
env.cr.execute("VACUUM ANALYZE outsourcing_complaint_reporter")
