import base64

from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class OutsourcingScorePaper(models.TransientModel):
    """Enter the monthly score sheet the contractor signed on paper: confirmed, or with an objection."""

    _name = "outsourcing.score.paper"
    _description = "Signed score sheet"

    acceptance_id = fields.Many2one("outsourcing.acceptance", required=True, readonly=True)
    answer = fields.Selection(
        [("confirmed", "Confirmed"), ("objection", "Objection")], required=True, default="confirmed"
    )
    possible_signer_ids = fields.Many2many("res.partner", compute="_compute_possible_signers")
    signer_id = fields.Many2one(
        "res.partner", string="Signed by", required=True, domain="[('id', 'in', possible_signer_ids)]"
    )
    date = fields.Date(string="Signed on", required=True, default=trade_today)
    objection = fields.Text(string="What the contractor objects to")
    file_ids = fields.One2many("outsourcing.sign.file", "score_paper_id", string="Scan of the signed sheet")

    @api.depends("acceptance_id")
    def _compute_possible_signers(self):
        for wizard in self:
            firm = wizard.acceptance_id.sudo().contractor_id  # names of the party only
            people = firm.child_ids.filtered(lambda contact: contact.type == "contact")
            wizard.possible_signer_ids = people or firm.filtered(lambda body: not body.is_company)

    def action_confirm(self):
        """Record the contractor's answer."""
        self.ensure_one()
        files = [(file.name, base64.b64decode(file.content)) for file in self.file_ids if file.content]
        objection = (self.objection or " ") if self.answer == "objection" else None
        self.acceptance_id._record_score_paper(self.signer_id, files, self.date, objection)
        return {"type": "ir.actions.act_window_close"}
