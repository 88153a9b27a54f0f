# ruff: noqa: F821
"""Fed to `odoo shell`: build every asset bundle once, as the test runner would in each copy."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
