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
    contractor_id = fields.Many2one(related="contract_id.contractor_id")
    signer_id = fields.Many2one(
        "res.partner",
        "Signed for the Contractor by",
        compute="_compute_signer_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', signer_ids)]",
    )
    signer_name = fields.Char(
        "New Person", help="Who signed, when nobody of the firm is in the system yet; becomes its contact."
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
    keeper_id = fields.Many2one(
        "res.users", "Sealed by", domain=[("share", "=", False)], default=lambda self: self.env.user
    )
    copies = fields.Integer("Copies Sealed", default=4)
    copies_contractor = fields.Integer("of them for the Contractor", default=2)
    kept_by = fields.Char("Our Copies are with", compute="_compute_kept_by", store=True, readonly=False)
    note = fields.Char()
    may_activate = fields.Boolean(compute="_compute_may_activate")
    activates = fields.Boolean("Activate the Contract", default=True)

    @api.depends("contract_id")
    def _compute_signers(self):
        for wizard in self:
            wizard.signer_ids = wizard.contract_id._get_contractor_signers()
            wizard.is_signed = bool(wizard.contract_id.date_contractor_signed)

    @api.depends("signer_ids")
    def _compute_signer_id(self):
        for wizard in self:
            wizard.signer_id = wizard.signer_id or (
                wizard.signer_ids if len(wizard.signer_ids) == 1 else False
            )

    @api.depends("contract_id")
    def _compute_kept_by(self):
        for wizard in self:
            own = [("contract_id.company_id", "=", wizard.contract_id.company_id.id)]
            last = self.env["outsourcing.seal.use"].search(own, order="id desc", limit=1)
            wizard.kept_by = wizard.kept_by or last.kept_by

    @api.depends("contract_id")
    def _compute_may_activate(self):
        manager = self.env.user.has_group("property_outsourcing.group_outsourcing_manager")
        for wizard in self:
            contract = wizard.contract_id
            waits = contract.state == "to_approve" and contract.approval_step in ("signature", "ready")
            wizard.may_activate = manager and waits and contract.submitted_by_id != self.env.user

    def action_confirm(self):
        """Record signature, scan and seal; then activate the contract, where that is all it waited for."""
        self.ensure_one()
        vals = {"date": self.date, "signer": None if self.is_signed else self._get_signer()}
        if self.has_seal:
            vals["seal"] = self._prepare_seal_vals()
        files = [(file.name, file.raw) for file in self.attachment_ids]
        self.contract_id._record_paper_signature(vals, files)
        if self.may_activate and self.activates:
            self.contract_id.action_activate()
        return {"type": "ir.actions.act_window_close"}

    def _get_signer(self):
        """Return who signed for the contractor, a new contact of the firm where it has none."""
        name = (self.signer_name or "").strip()
        if self.signer_id or self.signer_ids or not name:
            if not self.signer_id:
                raise UserError(self.env._("Choose who signed for the contractor."))
            return self.signer_id
        person = {"name": name, "parent_id": self.contractor_id.id, "type": "contact"}
        self.contract_id.check_access("write")
        # sudo: checked in the line before; only a name is added to the contract's firm
        return self.env["res.partner"].sudo().create(person).sudo(False)

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
