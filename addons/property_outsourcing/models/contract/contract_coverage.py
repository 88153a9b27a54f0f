from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...tools import RUNNING_STATES


class OutsourcingContract(models.Model):
    """Scope of a contract, its drawings, and who else already covers the same equipment."""

    _name = "outsourcing.contract"
    _inherit = ["outsourcing.contract", "outsourcing.file.owner.mixin"]

    scope_ids = fields.One2many("outsourcing.contract.scope", "contract_id", "Scope Lines", copy=True)
    scope_attachment_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_contract_scope_attachment_rel",
        "contract_id",
        "attachment_id",
        string="Drawings and Schemes",
        copy=False,
        bypass_search_access=True,
    )

    @api.model
    def _get_kept_files_domains(self):
        agreed = Domain("state", "!=", "draft")
        return {**super()._get_kept_files_domains(), "scope_attachment_ids": agreed}

    def _get_submit_warnings(self):
        return super()._get_submit_warnings() + self._get_overlap_messages()

    def _get_overlap_messages(self):
        """Return a sentence for each equipment another running contract of the service type covers too."""
        self.ensure_one()
        equipment = self.scope_ids.equipment_ids
        if not equipment or not (self.date_start and self.date_end):
            return []
        # sudo: who double-books equipment must learn of it, also where the other contract is not his
        lines = self.env["outsourcing.contract.scope"].sudo().search(self._get_overlap_domain(equipment))
        covered = equipment._origin.sudo()  # names only; whoever covers it has chosen it
        return [
            self.env._(
                "%(equipment)s is already covered by %(contract)s from %(start)s to %(end)s.",
                equipment=item.name,
                contract=line.contract_id.name,
                start=line.contract_id.date_start,
                end=line.contract_id.date_end,
            )
            for line in lines
            for item in line.equipment_ids & covered
        ]

    def _get_overlap_domain(self, equipment):
        return (
            Domain("equipment_ids", "in", equipment._origin.ids)
            & Domain("contract_id.state", "in", RUNNING_STATES)
            & Domain("contract_id", "!=", self._origin.id)
            & Domain("contract_id.service_type_id", "=", self.service_type_id.id)
            & Domain("contract_id.date_start", "<=", self.date_end)
            & Domain("contract_id.date_end", ">=", self.date_start)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", self.date_start))
        )

    def action_fill_scope(self):
        """Write one scope line per community with all its equipment of the service type; draft only."""
        self.check_access("write")
        self._check_own_communities()
        for contract in self:
            covered = contract.scope_ids.community_id
            missing = (contract.community_ids | contract.community_id) - covered
            lines = [contract._prepare_scope_vals(community) for community in missing]
            contract.write({"scope_ids": [Command.create(vals) for vals in lines]})

    def _prepare_scope_vals(self, community):
        """Return the scope line that covers all equipment of the service type in ``community``."""
        self.ensure_one()
        equipment = community.equipment_ids.filtered(
            lambda item: item.outsourcing_service_type_id == self.service_type_id
        )
        return {
            "community_id": community.id,
            "name": self.service_type_id.work_content or self.title,
            "equipment_ids": [Command.set(equipment.ids)],
            "quantity": len(equipment),
            "frequency": False,
        }
