# ruff: noqa: F821
"""Fed to `odoo shell`: build the asset bundles now, so that the first page is not slow."""
env['ir.qweb']._pregenerate_assets_bundles()
env.cr.commit()
