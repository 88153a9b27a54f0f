from odoo import fields, models


class ExtensionMeter(models.Model):
    """Counts the electricity that a contractor draws from a community."""

    _name = "extension.meter"
    _description = "Site Meter"

    name = fields.Char(required=True)
    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    reader_id = fields.Many2one(
        "res.partner",
        "Read by",
        index="btree_not_null",
        help="The firm that reads the meter, through the portal.",
    )
    reading_ids = fields.One2many("extension.meter.reading", "meter_id")
