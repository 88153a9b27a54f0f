from odoo import api, fields, models


class ExtensionMeter(models.Model):
    """Counts the electricity that a contractor draws from a community."""

    _name = "extension.meter"
    _description = "Site Meter"

    name = fields.Char(required=True)
    code = fields.Char(help="Text of the label on the meter.")
    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    reader_id = fields.Many2one(
        "res.partner",
        "Read by",
        index="btree_not_null",
        help="The firm that reads the meter, through the portal.",
    )
    reading_ids = fields.One2many("extension.meter.reading", "meter_id")


class OutsourcingLocation(models.Model):
    _inherit = "outsourcing.location"

    @api.model
    def _resolve_code(self, code):
        found = super()._resolve_code(code)
        return found or self.env["extension.meter"].search([("code", "=", code)], limit=1) or None
