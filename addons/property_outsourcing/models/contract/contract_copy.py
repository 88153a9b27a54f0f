from odoo import models

from ..workflow.trade_time import trade_today


class OutsourcingContract(models.Model):
    """A copy is a draft one can hand in: from today, as long as the original, its rows moved along."""

    _inherit = "outsourcing.contract"

    def copy_data(self, default=None):
        data, given = super().copy_data(default), default or {}
        for contract, vals in zip(self, data, strict=True):
            if "title" not in given:
                vals["title"] = self.env._("%s (copy)", contract.title)
            if "date_start" not in given:
                today = trade_today(contract)
                vals["date_start"] = today
                vals["date_end"] = today + (contract.date_end - contract.date_start)
            if "manager_id" not in given:
                vals["manager_id"] = self.env.user.id
        return data

    def copy(self, default=None):
        copies = super().copy(default)
        if not default or "date_start" not in default:
            for contract, draft in zip(self, copies, strict=True):
                draft._shift_rows(contract.date_start)
        return copies
