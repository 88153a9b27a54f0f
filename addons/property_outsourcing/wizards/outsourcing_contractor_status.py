from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingContractorStatus(models.TransientModel):
    _name = "outsourcing.contractor.status"
    _description = "Change of a contractor's status"

    partner_ids = fields.Many2many(
        "res.partner",
        "outsourcing_contractor_status_partner_rel",
        "wizard_id",
        "partner_id",
        string="Contractors",
        required=True,
        readonly=True,
    )
    target = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("qualified", "Qualified"),
            ("suspended", "Suspended"),
            ("blacklisted", "Blacklisted"),
        ],
        string="New status",
        required=True,
        readonly=True,
    )
    date_until = fields.Date(
        string="Until",
        help="Last day of the new status. A suspension ends by itself after it, a qualification lapses, "
        "a blacklisted firm becomes a candidate again. "
        "Empty: no end is set.",
    )
    reason = fields.Char(help="Kept in the history of the contractor.")
    blockers = fields.Text(string="Open points", compute="_compute_blockers")

    @api.depends("partner_ids", "target")
    def _compute_blockers(self):
        for wizard in self:
            messages = []
            if wizard.target == "qualified":
                for partner in wizard.partner_ids.sudo():  # the manager sees sentences, not documents
                    messages += partner._get_contractor_document_blockers()
            wizard.blockers = "\n".join(messages)

    def action_apply(self):
        """Give the contractors the new status; qualifying despite open points needs a reason."""
        self.ensure_one()
        if self.blockers and not (self.reason or "").strip():
            raise UserError(
                self.env._("Documents are still open: please give the reason for qualifying anyway.")
            )
        self.partner_ids._set_outsourcing_state(self.target, self._get_recorded_reason(), self.date_until)
        return {"type": "ir.actions.act_window_close"}

    def _get_recorded_reason(self):
        if not self.blockers:
            return self.reason
        return self.env._(
            "%(reason)s (qualified with open points: %(points)s)",
            reason=self.reason,
            points=" ".join(self.blockers.splitlines()),
        )
