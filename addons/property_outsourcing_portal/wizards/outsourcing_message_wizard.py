from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingMessageWizard(models.TransientModel):
    """Writes to a party of a document, and gives text and link for a group."""

    _name = "outsourcing.message.wizard"
    _description = "Message to a Party"

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", required=True, readonly=True)
    allowed_party_ids = fields.Many2many("res.partner", compute="_compute_allowed_parties")
    party_id = fields.Many2one(
        "res.partner", "To", compute="_compute_party", store=True, readonly=False,
        domain="[('id', 'in', allowed_party_ids)]",
        help="Who of the document has a login of the portal and may open it.",
    )  # fmt: skip
    text = fields.Text("Message")
    file_ids = fields.Many2many("ir.attachment", string="Files", bypass_search_access=True)
    share_text = fields.Text("Text and Link for a Group", compute="_compute_share_text")

    def _get_document(self):
        """Return the document, as the acting person; one without messages in the portal is refused."""
        self.ensure_one()
        model, sections = self.env.get(self.res_model), self.env.user._get_outsourcing_sections()
        if self.res_model not in sections.values() or not getattr(model, "_has_talk", bool)():
            raise UserError(self.env._("This document has no page in the portal."))
        document = model.browse(self.res_id).exists()
        document.check_access("read")
        return document

    @api.depends("res_model", "res_id")
    def _compute_allowed_parties(self):
        for wizard in self:
            document = wizard._get_document()
            parties = document._get_talk_parties().filtered(document._get_talk_readers)
            wizard.allowed_party_ids = parties.sudo(False)

    @api.depends("res_model", "res_id")
    def _compute_party(self):
        for wizard in self:
            reached = wizard.allowed_party_ids
            # sudo: who wrote last; whoever may read the document may
            last = self.env["outsourcing.message"].sudo().search(
                [("res_model", "=", wizard.res_model), ("res_id", "=", wizard.res_id)],
                order="id desc", limit=1,
            )  # fmt: skip
            wizard.party_id = last.party_id.sudo(False) & reached or reached[:1]

    @api.depends("res_model", "res_id")
    def _compute_share_text(self):
        for wizard in self:
            wizard.share_text = wizard._get_document()._get_share_text()

    def action_send(self):
        """Write to the party."""
        self.ensure_one()
        if not self.party_id:
            raise UserError(
                self.env._("Nobody of the parties has a login of the portal that opens this document.")
            )
        if self.party_id not in self.allowed_party_ids:
            raise UserError(self.env._("%s is no party of this document.", self.party_id.name))
        document = self._get_document()
        document._write_to_party(self.party_id.sudo(), self.text, self.file_ids)  # sudo: its people's names
        self._hand_files_over(document)
        return {"type": "ir.actions.act_window_close"}

    def _hand_files_over(self, document):
        """Let the files belong to ``document``: those of the dialogue are deleted with it, hours later."""
        # sudo: uploaded here by the acting person, who may write to the parties of the document
        own = self.file_ids.sudo().filtered(
            lambda file: file.res_model == self._name and file.res_id in (0, False, self.id)
        )
        own.write({"res_model": document._name, "res_id": document.id})
