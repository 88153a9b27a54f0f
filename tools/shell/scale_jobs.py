# ruff: noqa: F821
"""Fed to `odoo shell` after scale_common: every schedule. A first run does what is due, the next has nothing.

What a first run may take is said where a schedule has something to do in this company.
"""

# milliseconds of a first run, for each record it has to do with
DUE = {"cron_create_month_sheets": ("sheets", 20.0), "cron_mark_missed": ("missed visits", 20.0)}
LIMIT = 100.0  # milliseconds to find that nothing is due

for cron in env["ir.cron"].search([]):
    name = cron.get_external_id()[cron.id]
    if name.startswith("property_outsourcing"):
        model, code = env[cron.model_id.model], cron.code.strip()
        method = getattr(model, code.removeprefix("model.").removesuffix("()"))
        first = timed(method)
        second = statistics.median(timed(method) for _run in range(3))
        tell(f"{name.partition('.')[2]}, run again", second, None, 1.0, second / LIMIT)
        print(f"   first run {first:.0f} ms")
report()
