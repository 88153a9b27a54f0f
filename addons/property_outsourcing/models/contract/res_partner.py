from odoo import fields, models

from ...tools import RUNNING_STATES


class ResPartner(models.Model):
    """The contracts of a contractor, and who looks after the firm because of them."""

    _inherit = "res.partner"

    outsourcing_contract_ids = fields.One2many(
        "outsourcing.contract", "contractor_id", string="Contracts as contractor"
    )
    outsourcing_contract_count = fields.Integer(
        string="Outsourcing contracts", compute="_compute_outsourcing_contract_count"
    )

    def _compute_outsourcing_contract_count(self):
        counts = dict(
            self.env["outsourcing.contract"]._read_group(
                [("contractor_id", "in", self.ids)], ["contractor_id"], ["__count"]
            )
        )
        for partner in self:
            partner.outsourcing_contract_count = counts.get(partner._origin, 0)

    def _get_responsible_candidates(self):
        contracts = self.commercial_partner_id.outsourcing_contract_ids.sorted("date_start", reverse=True)
        running = contracts.filtered(lambda contract: contract.state in RUNNING_STATES)
        return super()._get_responsible_candidates() | running.manager_id

    def action_outsourcing_view_contracts(self):
        """Open the contracts of the contractor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_contract_action"
        )
        return action | {
            "domain": [("contractor_id", "=", self.commercial_partner_id.id)],
            "context": {"default_contractor_id": self.commercial_partner_id.id},
        }
