from odoo import api, models

from odoo.addons.property_outsourcing_finance.models.settlement.line_kind import LineKind


class OutsourcingSettlement(models.Model):
    _inherit = "outsourcing.settlement"

    @api.model
    def _get_line_kinds(self):
        return super()._get_line_kinds() | {"power": LineKind(self.env._("Electricity"), sequence=35)}
