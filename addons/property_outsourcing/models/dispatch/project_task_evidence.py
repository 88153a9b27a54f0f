from odoo import api, fields, models
from odoo.fields import Domain

from .order_fields import READERS


class ProjectTask(models.Model):
    """Photos of what was found and done."""

    _name = "project.task"
    _inherit = ["project.task", "outsourcing.evidence.mixin"]

    evidence_ids = fields.One2many(groups=READERS)
    evidence_count = fields.Integer(groups=READERS)
    may_add_evidence = fields.Boolean(groups=READERS)

    @api.model
    def _get_portal_evidence_domain(self):
        # said here as well, a search of evidence does not read through core's tasks to find the firm's orders
        firm = self.env.user.partner_id.commercial_partner_id
        return Domain(super()._get_portal_evidence_domain()) & Domain(
            "outsourcing_contractor_id", "=", firm.id
        )

    def _get_evidence_vals(self):
        contract = self.outsourcing_contract_id
        return {
            **super()._get_evidence_vals(),
            "contract_id": contract.id,
            "community_id": self.outsourcing_community_id.id,
            "contractor_id": contract.contractor_id.id,
            "company_id": contract.company_id.id,
        }

    def _takes_evidence(self):
        return super()._takes_evidence() and bool(self.outsourcing_contract_id) and not self.is_closed
