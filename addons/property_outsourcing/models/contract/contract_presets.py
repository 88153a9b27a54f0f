from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import html2plaintext

from ..catalogue.outsourcing_service_type import FIGURES


class OutsourcingContract(models.Model):
    """What a new contract takes over from its service type."""

    _inherit = "outsourcing.contract"

    preset_type_id = fields.Many2one(
        "outsourcing.service.type",
        "Presets of",
        readonly=True,
        ondelete="set null",
        help="The service type the terms were last copied from; tells edited terms from untouched ones.",
    )

    def _get_preset_figures(self):
        """Return rates and months of the service type; what somebody changed by hand stays as it is."""
        self.ensure_one()
        service, previous = self.service_type_id, self.preset_type_id
        figures = {name: service[name] for name in FIGURES}
        if previous and previous != service:
            for name in FIGURES:
                # a month of service is never retained, whatever was agreed for works
                never = service.kind == "service" and name.startswith("retention")
                if self[name] != previous[name] and not never:
                    figures[name] = self[name]
        return figures

    @api.onchange("service_type_id")
    def _onchange_service_type_id(self):
        if self.service_type_id and self._has_edited_terms():
            return {
                "warning": {
                    "title": self.env._("Your terms are kept"),
                    "message": self.env._(
                        "Terms of this contract were written or changed by hand, so they stay as they are. "
                        "Reload Presets replaces them by those of %s.",
                        self.service_type_id.name,
                    ),
                }
            }
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
            contract.mapped("tax_rate")  # rates are computed while the former type is still known
            if service.work_content and not contract._has_edited_content():
                contract.work_content = service.work_content
            contract.required_document_type_ids = [Command.set(service.required_document_type_ids.ids)]
            for name, (presets, prepare) in contract._get_preset_terms(service).items():
                contract[name] = self._replace_commands(getattr(preset, prepare)() for preset in presets)
            contract.preset_type_id = service

    @api.model
    def _get_preset_terms(self, service):
        """Return which lines come from the presets of ``service``. Hook: extend super's dict.

        :return: dict of the contract's one2many to the presets and the method that gives their values;
            the contract's lines have the same method, which tells an edited line from an untouched one
        """
        return {
            "sla_ids": (service.sla_ids, "_prepare_sla_vals"),
            "standard_ids": (service.standard_ids, "_prepare_standard_vals"),
            "deliverable_term_ids": (service.deliverable_ids, "_prepare_term_vals"),
        }

    def _has_edited_terms(self):
        """Return whether the lines differ from the presets they were copied from."""
        self.ensure_one()
        for name, (presets, prepare) in self._get_preset_terms(self.preset_type_id).items():
            lines = [self._get_term_key(getattr(line, prepare)()) for line in self[name]]
            if sorted(lines) != sorted(self._get_term_key(getattr(preset, prepare)()) for preset in presets):
                return True
        if self.preset_type_id:
            documents = self.required_document_type_ids._origin
            return documents != self.preset_type_id.required_document_type_ids
        return bool(self.required_document_type_ids)

    def _has_edited_content(self):
        self.ensure_one()
        content = html2plaintext(self.work_content or "").split()
        return bool(content) and content != (self.preset_type_id.work_content or "").split()

    @api.model
    def _get_term_key(self, vals):
        # a record, its id and a new record of a form compare as the same; empty is empty
        return repr(sorted((name, value or "") for name, value in vals.items()))

    @api.model
    def _replace_commands(self, vals_iterable):
        return [Command.clear(), *(Command.create(vals) for vals in vals_iterable)]
