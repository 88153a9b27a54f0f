# ruff: noqa: F821
"""Fed to `odoo shell`: build the asset bundles of the usual pages, so that the first one is not slow."""

BUNDLES = (
    ("web.assets_web", True, True),
    ("web.assets_web_print", False, True),
    ("web.assets_frontend", False, True),
    ("web.assets_frontend_minimal", True, False),
    ("web.assets_frontend_lazy", True, False),
    ("web.report_assets_common", False, True),
)
for bundle, js, css in BUNDLES:
    assets = env["ir.qweb"]._get_asset_bundle(bundle, css=css, js=js)
    if js:
        assets.js()
    if css:
        assets.css()
env.cr.commit()
