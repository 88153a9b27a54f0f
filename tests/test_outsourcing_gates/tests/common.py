from pathlib import Path

from odoo.modules import Manifest

CHECKOUT = Path(__file__).resolve().parents[3]


def suite_modules(env):
    """Names of the installed add-ons of this suite: those that lie in this checkout."""
    installed = env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
    found = []
    for name in installed:
        manifest = Manifest.for_addon(name)
        if manifest and Path(manifest.path).resolve().parent == CHECKOUT / "addons":
            found.append(name)
    return sorted(found)


def own_records(env, model):
    """Records of a model that the suite's data files made."""
    data = env["ir.model.data"].search([("model", "=", model), ("module", "in", suite_modules(env))])
    return env[model].with_context(active_test=False).browse(data.mapped("res_id")).exists()
