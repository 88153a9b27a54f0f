from datetime import timedelta

from odoo import api, fields, models


class OutsourcingContractMilestone(models.Model):
    """Rows that came from a scheme are planned by the term of the contract while it is a draft."""

    _inherit = "outsourcing.contract.milestone"

    follows_term = fields.Boolean("Follows the term")
    term_share = fields.Float("Planned at (% of the Term)", digits=(16, 2))
    date_due = fields.Date(compute="_compute_date_due", store=True, readonly=False)

    @api.depends("follows_term", "term_share", "contract_id.date_start", "contract_id.date_end")
    def _compute_date_due(self):
        for row in self:
            contract = row.contract_id
            if row.follows_term and contract.state == "draft" and contract.date_start and contract.date_end:
                days = (contract.date_end - contract.date_start).days
                row.date_due = contract.date_start + timedelta(days=round(days * row.term_share / 100))
            else:
                row.date_due = row.date_due
