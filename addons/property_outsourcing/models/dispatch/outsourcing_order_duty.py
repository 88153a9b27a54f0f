from odoo import api, fields, models

from .order_fields import ORDER_KINDS

DEMANDS = [("no", "Not asked"), ("asked", "Asked"), ("required", "Required")]
# what a report of completion may tell: field of the order -> field of the demand
DONE_TEXTS = {
    "outsourcing_cause": "cause",
    "outsourcing_remedy": "remedy",
    "outsourcing_parts": "parts",
}


class OutsourcingOrderDuty(models.Model):
    """What the contractor's report of completion has to tell, by kind of order.

    A kind without a row asks for nothing.
    """

    _name = "outsourcing.order.duty"
    _description = "Demand on the Report of Completion"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(ORDER_KINDS, "Kind of Order", required=True)
    cause = fields.Selection(DEMANDS, "Cause Found", required=True, default="asked")
    remedy = fields.Selection(DEMANDS, "What was Done", required=True, default="required")
    parts = fields.Selection(DEMANDS, "Parts and Material", required=True, default="asked")
    photo = fields.Selection(DEMANDS, "Photo of the Result", required=True, default="asked")

    _kind_uniq = models.Constraint("UNIQUE(kind)", "There is a row for this kind of order already.")

    @api.model
    def _get_demands(self, kind):
        """Return what a report of completion of an order of ``kind`` has to tell.

        :return: dict ``cause``, ``remedy``, ``parts``, ``photo`` -> ``no``, ``asked`` or ``required``
        """
        duty = self.sudo().search([("kind", "=", kind)], limit=1)  # a setting, for whoever reads the order
        return {name: duty[name] or "no" for name in (*DONE_TEXTS.values(), "photo")}
