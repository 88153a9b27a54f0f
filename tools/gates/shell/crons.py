# ruff: noqa: F821
"""Fed to `odoo shell`: run each scheduled action of our add-ons once, as the scheduler would."""

from pathlib import Path

from odoo.modules import Manifest

ours = [
    name
    for name in env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
    if name.startswith("property_outsourcing") or Path(Manifest.for_addon(name).path).parent.name == "tests"
]
data = env["ir.model.data"].search([("model", "=", "ir.cron"), ("module", "in", ours)])
for cron in env["ir.cron"].with_context(active_test=False).browse(data.mapped("res_id")).exists():
    cron.method_direct_trigger()
    env.cr.commit()
