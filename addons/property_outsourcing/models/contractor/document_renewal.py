from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..workflow.gate import open_gate
from .document_verification import CONTENT_FIELDS


class OutsourcingDocument(models.Model):
    """A document handed in by the firm itself, or renewing the one before it."""

    _inherit = "outsourcing.document"

    def action_renew(self):
        """Open a new draft that renews this document; the old one stays as history."""
        self.ensure_one()
        self.check_access("write")
        # the draft's last day is still to be filled in; its link to the past is set by the module
        renewal = open_gate(self).copy(
            {
                "date_start": self.date_end and self.date_end + relativedelta(days=1),
                "date_end": False,
                "previous_id": self.id,
                "uploaded_by_id": self.env.uid,
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_document_action"
        )
        return action | {"res_id": renewal.id, "views": [(False, "form")], "context": {}}

    @api.model
    def _portal_submit(self, vals, files):
        """Record a document that a contractor's portal user hands in; it counts once verified here.

        It renews the firm's document of the same kind, person and contract, if there is one.

        :param dict vals: ``type_id``, ``person_id``, ``contract_id``, ``number``, ``grade_id``,
            ``date_start``, ``date_end`` and ``insured_amount``; other keys are ignored
        :param list files: (filename, bytes) of the scans
        :return: the new document in sudo, ``env.user`` being its uploader
        """
        contractor = self.env.user.partner_id.commercial_partner_id
        if not contractor.sudo().outsourcing_state:  # the caller's own firm
            raise AccessError(self.env._("Only a contractor hands in documents here."))
        if not files:
            raise UserError(self.env._("Please add a scan or photo of the document."))
        allowed = CONTENT_FIELDS - {"partner_id", "attachment_ids", "previous_id"}
        values = {name: value for name, value in vals.items() if name in allowed}
        # the firm is the caller's own; the constraints refuse somebody else's person or contract
        document = self.sudo().create({**values, "partner_id": contractor.id})
        open_gate(document).previous_id = document._get_latest_verified()
        attachments = document.env["ir.attachment"].create(
            [
                {"name": name, "raw": content, "res_model": self._name, "res_id": document.id}
                for name, content in files
            ]
        )
        document.attachment_ids = attachments
        document._check_nothing_missing("verified")
        document._schedule_verification()
        return document

    def _get_latest_verified(self):
        """Return the verified document that ``self`` would renew: same firm, kind, person and contract."""
        self.ensure_one()
        same = [(name, "=", self[name].id) for name in ("partner_id", "type_id", "person_id", "contract_id")]
        verified = [("date_verified", "!=", False), ("is_superseded", "=", False), ("id", "!=", self.id)]
        return self.search([*same, *verified], limit=1)
