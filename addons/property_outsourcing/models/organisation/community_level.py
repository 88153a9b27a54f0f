from odoo import fields, models

from ..catalogue.outsourcing_standard_clause import SERVICE_LEVELS


class OutsourcingCommunity(models.Model):
    """Which level of property service the community is entitled to."""

    _inherit = "outsourcing.community"

    service_level = fields.Selection(
        SERVICE_LEVELS,
        "Service level",
        tracking=True,
        index=True,
        help="Level of the property service standard agreed with the owners; level 1 is the highest.",
    )
