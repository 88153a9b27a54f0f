from odoo import models
from odoo.exceptions import UserError

ROLLUP = "outsourcing.order.rollup"


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    def _record_acceptance(self, amount, date, source):
        if self.accepted_res_model == ROLLUP:
            raise UserError(
                self.env._("%s is accepted by the orders of its roll-up alone.", self.display_name)
            )
        return super()._record_acceptance(amount, date, source)
