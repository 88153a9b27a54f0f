from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Taxes made for contracts stood in the chart's first group: a bill at 9 % showed VAT 6 %."""
    api.Environment(cr, SUPERUSER_ID, {})["res.company"]._outsourcing_regroup_taxes()
