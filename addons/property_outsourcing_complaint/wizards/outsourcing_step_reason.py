from odoo import api, fields, models

COMPLAINT = "outsourcing.complaint"


class OutsourcingStepReason(models.TransientModel):
    """What is written to residents is chosen from the replies, and changed where it has to be."""

    _inherit = "outsourcing.step.reason"

    complaint_reply_id = fields.Many2one(
        "outsourcing.complaint.reply",
        "Reply",
        domain="[('id', 'in', complaint_reply_ids)]",
        help="Its words are put below; change them as you like.",
    )
    complaint_reply_ids = fields.Many2many(
        "outsourcing.complaint.reply", compute="_compute_complaint_reply_ids", string="Replies Offered"
    )

    @api.depends("res_model", "record_ids", "step")
    def _compute_complaint_reply_ids(self):
        for wizard in self:
            replies = self.env["outsourcing.complaint.reply"]
            if wizard.res_model == COMPLAINT and wizard.step in ("answer", "done", "reject"):
                categories = wizard._get_records().category_id
                replies = replies.search(
                    [("event", "=", False), ("category_id", "in", (False, *categories.ids))]
                )
            wizard.complaint_reply_ids = replies

    @api.onchange("complaint_reply_id")
    def _onchange_complaint_reply_id(self):
        if self.complaint_reply_id:
            said = self._get_records()._for_residents()
            reply = self.complaint_reply_id._origin.with_env(said.env)
            self.reason = reply._write_for(**(said._get_words() if len(said) == 1 else {}))
