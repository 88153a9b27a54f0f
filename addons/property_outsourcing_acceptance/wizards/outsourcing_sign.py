import base64

from odoo import api, fields, models

from ..models.signing.outsourcing_signature_mixin import LEVELS


class OutsourcingSign(models.TransientModel):
    """Sign for the property company, or enter what another party signed on paper."""

    _name = "outsourcing.sign"
    _description = "Sign"

    acceptance_id = fields.Many2one("outsourcing.acceptance", readonly=True)
    concealed_id = fields.Many2one("outsourcing.concealed.work", readonly=True)
    currency_id = fields.Many2one(related="acceptance_id.currency_id")
    can_sign = fields.Boolean(compute="_compute_can_sign")
    level = fields.Selection(
        LEVELS, required=True, compute="_compute_level", store=True, readonly=False, precompute=True
    )
    due_levels = fields.Char(compute="_compute_can_sign")
    result = fields.Selection([("pass", "Passed"), ("fail", "Failed")], required=True, default="pass")
    comment = fields.Text(string="Opinion")
    is_paper = fields.Boolean(
        string="From a signed sheet",
        compute="_compute_is_paper",
        store=True,
        readonly=False,
        help="The party signed on paper: name the person and attach the scan.",
    )
    possible_signer_ids = fields.Many2many("res.partner", compute="_compute_possible_signers")
    signer_id = fields.Many2one(
        "res.partner", string="Signed by", domain="[('id', 'in', possible_signer_ids)]"
    )
    file_ids = fields.One2many("outsourcing.sign.file", "sign_id", string="Scan of the signed sheet")
    signer_name = fields.Char(string="Name as signed", default=lambda self: self.env.user.name)
    signature = fields.Binary()
    amount = fields.Monetary(string="Accepted amount", compute="_compute_amount", store=True, readonly=False)
    is_concession = fields.Boolean(string="By concession")
    concession_note = fields.Text(string="Terms of the concession")
    blockers = fields.Text(compute="_compute_blockers")

    def _get_document(self):
        self.ensure_one()
        return self.acceptance_id or self.concealed_id

    @api.depends("acceptance_id", "concealed_id")
    def _compute_can_sign(self):
        for wizard in self:
            document = wizard._get_document()
            wizard.can_sign = document.can_sign
            due = document.sudo()._get_due_stages()  # whose turn it is
            wizard.due_levels = ",".join(due.mapped("level"))

    @api.depends("acceptance_id", "concealed_id")
    def _compute_level(self):
        for wizard in self:
            document = wizard._get_document()
            due = document._get_due_stages()
            own = due.filtered(lambda stage, doc=document: doc._is_party(stage.level, self.env.user))
            wizard.level = (own or due)[:1].level

    @api.depends("level")
    def _compute_is_paper(self):
        for wizard in self:
            wizard.is_paper = wizard.level != "property_check"

    @api.depends("level", "acceptance_id", "concealed_id")
    def _compute_possible_signers(self):
        for wizard in self:
            wizard.possible_signer_ids = wizard._get_possible_signers()

    def _get_possible_signers(self):
        """Return the persons who may have signed the sheet at the chosen level."""
        document = self._get_document().sudo()  # names of the parties only
        if self.level == "witness":
            return document.community_id.representative_ids
        if self.level == "property_check":
            return document.community_id.member_ids.partner_id
        firm = document._get_firm_of(self.level)
        people = firm.child_ids.filtered(lambda contact: contact.type == "contact")
        return people or firm.filtered(lambda body: not body.is_company)  # the firm itself signs nothing

    @api.depends("acceptance_id", "level")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.acceptance_id.amount_claimed

    @api.depends("acceptance_id", "level")
    def _compute_blockers(self):
        for wizard in self:
            blockers = wizard.acceptance_id._get_blockers() if wizard.acceptance_id else []
            wizard.blockers = "\n".join(blockers) if wizard.level == "property_check" else False

    def action_sign(self):
        """Give the signature."""
        self.ensure_one()
        document = self._get_document()
        amount = self._get_amount()
        if self.is_concession and self.acceptance_id:
            document._set_concession(self.concession_note)
        if self.is_paper:
            document._record_paper(
                self.level,
                self.signer_id,
                self.result,
                self._get_files(),
                comment=self.comment,
                accepted_amount=amount,
            )
        else:
            document._portal_sign(
                self.result,
                comment=self.comment,
                signature=self.signature,
                signer_name=self.signer_name,
                accepted_amount=amount,
            )
        return {"type": "ir.actions.act_window_close"}

    def _get_amount(self):
        acceptance = self.acceptance_id
        if not acceptance or self.level not in ("self_check", "property_check") or self.result != "pass":
            return None
        same = not acceptance.currency_id.compare_amounts(self.amount, acceptance.amount_claimed)
        return None if same else self.amount

    def _get_files(self):
        return [(file.name, base64.b64decode(file.content)) for file in self.file_ids if file.content]
