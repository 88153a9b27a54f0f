from odoo import fields, models


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    maintenance_mode = fields.Selection(
        [
            ("labour", "Labour only"),
            ("half", "With small parts"),
            ("full", "With all parts"),
        ],
        tracking=True,
        help="Who pays for parts: the client for all, the contractor for small ones, the contractor for all.",
    )
