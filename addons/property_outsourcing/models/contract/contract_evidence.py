from odoo import api, models

from ...tools import CLOSED_STATES


class OutsourcingContract(models.Model):
    """The contract is the owner of the chain for every photo of its logs, inspections and acceptances."""

    _inherit = "outsourcing.contract"

    @api.depends("evidence_ids")
    def _compute_evidence_count(self):
        self._count({"evidence_count": ("outsourcing.evidence", "contract_id", [])})

    def _get_evidence_vals(self):
        return {
            **super()._get_evidence_vals(),
            "contract_id": self.id,
            "community_id": self.community_id.id,
            "contractor_id": self.contractor_id.id,
            "company_id": self.company_id.id,
            "owner": self,
        }

    def _takes_evidence(self):
        return super()._takes_evidence() and self.state not in CLOSED_STATES

    def action_view_evidence(self):
        """Open the evidence of the contract and of everything done under it."""
        return {**super().action_view_evidence(), "domain": [("contract_id", "in", self.ids)]}
