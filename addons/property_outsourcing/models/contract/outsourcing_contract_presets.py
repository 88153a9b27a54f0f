from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OutsourcingContract(models.Model):
    """What a new contract takes over from its service type."""

    _inherit = "outsourcing.contract"

    @api.onchange("service_type_id")
    def _onchange_service_type_id(self):
        self._load_presets()

    def action_load_presets(self):
        """Fill clauses, time limits, standards and required documents from the service type; draft only."""
        for contract in self:
            if contract.state != "draft":
                raise UserError(self.env._("Presets are loaded into a draft only."))
            contract._load_presets()

    def _load_presets(self):
        """Replace the terms of ``self`` by the presets of its service type. Hook: siblings add theirs."""
        for contract in self:
            service = contract.service_type_id
            if not service:
                continue
            contract.required_document_type_ids = [Command.set(service.required_document_type_ids.ids)]
            contract.rule_ids = self._replace_commands(r._prepare_rule_vals() for r in service.rule_ids)
            contract.sla_ids = self._replace_commands(s._prepare_sla_vals() for s in service.sla_ids)
            contract.standard_ids = self._replace_commands(
                s._prepare_standard_vals() for s in service.standard_ids
            )
            if service.work_content and not contract.work_content:
                contract.work_content = service.work_content

    @api.model
    def _replace_commands(self, vals_iterable):
        return [Command.clear(), *(Command.create(vals) for vals in vals_iterable)]
