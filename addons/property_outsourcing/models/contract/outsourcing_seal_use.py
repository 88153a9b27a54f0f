from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..workflow.trade_time import trade_today


class OutsourcingSealUse(models.Model):
    """One use of the company's seal, written once: which, by whom, when, how many copies, where they are."""

    _name = "outsourcing.seal.use"
    _description = "Use of a Seal"
    _order = "date desc, id desc"
    _rec_name = "seal"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(related="contract_id.contractor_id")
    seal = fields.Selection(
        [
            ("contract", "Contract seal"),
            ("official", "Official seal"),
            ("legal", "Seal of the legal representative"),
            ("project", "Project department's seal"),
        ],
        required=True,
        default="contract",
    )
    date = fields.Date(required=True, default=trade_today, index=True)
    applicant_id = fields.Many2one(
        "res.users",
        "Applied for by",
        required=True,
        ondelete="restrict",
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
    )
    keeper_id = fields.Many2one(
        "res.users", "Sealed by", required=True, ondelete="restrict", domain=[("share", "=", False)]
    )
    copies = fields.Integer("Copies Sealed", required=True, default=4)
    copies_contractor = fields.Integer("of them for the Contractor", default=2)
    kept_by = fields.Char("Our Copies are with", required=True, help="E.g. archive 1, finance 1.")
    note = fields.Char()

    _copies_positive = models.Constraint(
        "CHECK(copies > 0 AND copies_contractor >= 0 AND copies_contractor <= copies)",
        "Enter how many copies were sealed; the contractor gets at most all of them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_contract_approved()
        return rows

    @api.constrains("date")
    def _check_date(self):
        for row in self:
            if row.date > trade_today(self):
                raise ValidationError(self.env._("The use of a seal cannot lie in the future."))

    def write(self, vals):  # pylint: disable=method-required-super
        self.check_access("write")
        raise UserError(self.env._("The seal register is not rewritten; add another line."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("The seal register keeps every line."))

    def _check_contract_approved(self):
        """Raise UserError if a contract is sealed that nobody has approved."""
        for contract in self.contract_id.sudo():  # who approved, nothing else
            waiting = contract.state == "to_approve" and contract._get_approval_step() in ("first", "second")
            if waiting or contract.state in ("draft", "cancelled"):
                raise UserError(
                    self.env._("%s is not approved: no seal is put on it.", contract.display_name)
                )
