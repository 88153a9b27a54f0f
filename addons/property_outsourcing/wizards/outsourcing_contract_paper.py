from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.workflow.trade_time import trade_today


class OutsourcingContractPaper(models.TransientModel):
    """Enter a contract signed and sealed on paper: who signed, which seal of ours, how many copies."""

    _name = "outsourcing.contract.paper"
    _description = "Contract Signed on Paper"

    contract_id = fields.Many2one("outsourcing.contract", required=True, readonly=True)
    is_signed = fields.Boolean(compute="_compute_signers")
    signer_ids = fields.Many2many("res.partner", compute="_compute_signers")
    signer_id = fields.Many2one(
        "res.partner", "Signed for the Contractor by", domain="[('id', 'in', signer_ids)]"
    )
    date = fields.Date("Signed on", required=True, default=trade_today)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Scan of the Sealed Contract", bypass_search_access=True
    )
    has_seal = fields.Boolean("Our Seal was Used", default=True)
    seal = fields.Selection(
        selection=lambda self: (
            self.env["outsourcing.seal.use"]._fields["seal"]._description_selection(self.env)
        ),
        default="contract",
    )
    keeper_id = fields.Many2one("res.users", "Sealed by", domain=[("share", "=", False)])
    copies = fields.Integer("Copies Sealed", default=4)
    copies_contractor = fields.Integer("of them for the Contractor", default=2)
    kept_by = fields.Char("Our Copies are with")
    note = fields.Char()

    @api.depends("contract_id")
    def _compute_signers(self):
        for wizard in self:
            wizard.signer_ids = wizard.contract_id._get_contractor_signers()
            wizard.is_signed = bool(wizard.contract_id.date_contractor_signed)

    def action_confirm(self):
        """Record signature, scan and seal."""
        self.ensure_one()
        if not self.is_signed and not self.signer_id:
            raise UserError(self.env._("Choose who signed for the contractor."))
        vals = {"date": self.date, "signer": self.signer_id if not self.is_signed else None}
        if self.has_seal:
            vals["seal"] = self._prepare_seal_vals()
        files = [(file.name, file.raw) for file in self.attachment_ids]
        self.contract_id._record_paper_signature(vals, files)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_seal_vals(self):
        if not self.keeper_id or not (self.kept_by or "").strip():
            raise UserError(self.env._("Write who put the seal and where our copies are kept."))
        return {
            "seal": self.seal,
            "keeper_id": self.keeper_id.id,
            "copies": self.copies,
            "copies_contractor": self.copies_contractor,
            "kept_by": self.kept_by,
            "note": self.note,
        }
