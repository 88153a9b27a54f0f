from odoo import models


class OutsourcingContract(models.Model):
    """What an author should know of the clauses before handing a contract in."""

    _inherit = "outsourcing.contract"

    def _get_submit_warnings(self):
        messages = [rule._get_idle_message() for rule in self.rule_ids if self.milestone_ids]
        return super()._get_submit_warnings() + [message for message in messages if message]
