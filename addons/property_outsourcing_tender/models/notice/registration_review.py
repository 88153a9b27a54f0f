from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tender.tender_workflow import MANAGER

BUSINESS_LICENCE = "property_outsourcing.document_type_business_license"


class OutsourcingRegistration(models.Model):
    """A manager looks at the documents and enters the firm as a candidate, or not."""

    _inherit = "outsourcing.registration"

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(MANAGER)

    def action_accept(self):
        """Enter the firm as a candidate, with its contact person and its documents."""
        self._transition_to("accepted")
        return self._get_shown_action(self.partner_id)

    def _check_transition(self, target):
        super()._check_transition(target)
        for registration in self if target == "accepted" else ():
            # nobody comes back under a new name
            firms = self.env["res.partner"].with_context(active_test=False)
            known = firms.search([("vat", "=ilike", registration.vat), ("parent_id", "=", False)], limit=1)
            if known:
                raise UserError(
                    self.env._("%s has this tax id already: invite its people instead.", known.display_name)
                )

    def _split_for_transition(self, target):
        return list(self)  # each becomes a firm of its own

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target) | {"decided_by_id": self.env.uid}
        if target == "accepted":
            vals["partner_id"] = self._enter_firm().id
        return vals

    def _enter_firm(self):
        """Return the candidate made of ``self`` (in sudo), its documents filed but not verified."""
        self.ensure_one()
        firm = self.env["res.partner"].create(
            {
                "name": self.name,
                "vat": self.vat,
                "is_company": True,
                "phone": self.phone,
                "outsourcing_state": "candidate",
                "child_ids": [Command.create({"name": self.contact_name, "phone": self.phone})],
            }
        )
        self._file_documents(firm)
        return firm

    def _file_documents(self, firm):
        """File what came along (in sudo) under the first paper that is asked of firms for such work."""
        asked = self.service_type_id.required_document_type_ids
        kind = asked.filtered(lambda kind: kind.scope == "contractor")[:1]
        holder = firm
        if kind:
            licence = self.env.ref(BUSINESS_LICENCE, raise_if_not_found=False)
            number = self.vat if kind == licence else False  # the credit code is the number of the licence
            vals = {"type_id": kind.id, "partner_id": firm.id, "number": number}
            holder = self.env["outsourcing.document"].create(vals)
        files = self.env["ir.attachment"].union(
            *(file.copy({"res_model": holder._name, "res_id": holder.id}) for file in self.attachment_ids)
        )
        if kind:
            holder.write({"attachment_ids": [Command.set(files.ids)]})

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"refuse": (self.env._("Refuse the registration"), "_refuse")}

    def action_refuse(self):
        """Ask why the firm is not entered."""
        return self._ask_reason("refuse", "refused")

    def _refuse(self, reason):
        self._transition_to("refused")
        self._gated().write({"decision": reason})
