# ruff: noqa: F821
"""Fed to `odoo shell`: build every asset bundle once, as Odoo's test runner would in each copy of the database."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
