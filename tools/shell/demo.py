# ruff: noqa: F821
"""Fed to `odoo shell` after a line that sets MODULES: demo data of these modules alone, in dependency order.

Unlike the core's own loading, a file that fails is a failure, and nothing of it stays.
"""

from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph

graph = ModuleGraph(env.cr, mode="load")
graph.extend(env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
records = env["ir.module.module"].search(
    [
        ("name", "in", MODULES),
        ("state", "=", "installed"),
        ("demo", "=", False),
    ]
)
wanted = set(records.mapped("name"))
for package in graph:
    if package.name in wanted:
        load_data(env(su=True), {}, "init", kind="demo", package=package)
env.flush_all()
env.cr.execute("UPDATE ir_module_module SET demo = true WHERE id = ANY(%s)", [records.ids])
records.invalidate_model(["demo"])
records._update_translations("zh_CN")
users = env["res.users"].search([("share", "=", False)])
if "odoobot_state" in users._fields:  # its greeting covers a phone's whole screen
    users.odoobot_state = "disabled"
env.cr.commit()
