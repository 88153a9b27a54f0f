from odoo import models


class OutsourcingEvaluation(models.Model):
    """A final evaluation may be the failure that comes to a card."""

    _inherit = "outsourcing.evaluation"

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "final":
            self.env["outsourcing.card"]._propose(self.contractor_id)
