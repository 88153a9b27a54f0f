# ruff: noqa: F821
"""Fed to `odoo shell` after a line that sets MODULES: run each scheduled action of theirs once."""

data = env["ir.model.data"].search([("model", "=", "ir.cron"), ("module", "in", MODULES)])
for cron in env["ir.cron"].with_context(active_test=False).browse(data.mapped("res_id")).exists():
    cron.method_direct_trigger()
    env.cr.commit()
