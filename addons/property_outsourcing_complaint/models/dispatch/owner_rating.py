from odoo import api, models
from odoo.fields import Domain


class OutsourcingOwnerRating(models.Model):
    """Orders that complaints led to are rated by the residents who complained, not once more by others."""

    _inherit = "outsourcing.owner.rating"

    @api.model
    def _get_works(self):
        works = super()._get_works()
        orders = works["orders"]
        own = orders.domain & Domain("outsourcing_complaint_ids", "=", False)
        return {**works, "orders": orders._replace(domain=own)}
