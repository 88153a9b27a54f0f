from odoo import models
from odoo.exceptions import UserError


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    def _check_may_dispatch(self):
        self.ensure_one()
        if self.is_lapsed:
            raise UserError(
                self.env._(
                    "%(contract)s ended on %(date)s: no work is dispatched under it. Renew it first.",
                    contract=self.display_name,
                    date=self.date_end,
                )
            )
        return super()._check_may_dispatch()
