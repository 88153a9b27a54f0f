# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: every schedule; a first run does what is due, the next nothing."""

LIMIT = 100.0  # milliseconds to find that nothing is due
# a job that always has work: each run verifies the photos of some more chains, see scale_papers
ENDLESS = "ir_cron_outsourcing_evidence_verify"

for cron in env["ir.cron"].search([]):
    name = cron.get_external_id()[cron.id]
    if name.startswith("property_outsourcing") and not name.endswith(ENDLESS):
        model, code = env[cron.model_id.model], cron.code.strip()
        method = getattr(model, code.removeprefix("model.").removesuffix("()"))
        first = timed(method)
        second = statistics.median(timed(method) for _run in range(3))
        tell(f"{name.partition('.')[2]}, run again", second, None, 1.0, second / LIMIT)
        print(f"   first run {first:.0f} ms")
report()
