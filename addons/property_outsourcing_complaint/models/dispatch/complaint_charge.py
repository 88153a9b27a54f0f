from odoo import api, fields, models
from odoo.exceptions import UserError

STAFF = "property_outsourcing.group_outsourcing_user"
MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingComplaintCharge(models.Model):
    """What a resident is paid for a damage, or pays for a repair of his own; agreed by somebody else."""

    _name = "outsourcing.complaint.charge"
    _description = "Compensation or Fee"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id"
    _fixed_fields = ("complaint_id",)
    _rec_name = "note"

    complaint_id = fields.Many2one(
        "outsourcing.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    community_id = fields.Many2one(related="complaint_id.community_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("compensation", "Compensation to the resident"), ("fee", "Fee of the resident")],
        required=True,
        default="compensation",
    )
    borne_by = fields.Selection(
        [
            ("company", "The property company"),
            ("contractor", "The contractor"),
            ("insurer", "The insurer"),
            ("resident", "The resident"),
        ],
        required=True,
        compute="_compute_borne_by",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(required=True)
    note = fields.Char("For what", required=True)
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True)
    agreed_by_id = fields.Many2one("res.users", "Agreed by", readonly=True)
    date_agreed = fields.Datetime("Agreed on", readonly=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Enter an amount above zero.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"entered_by_id", "agreed_by_id", "date_agreed"}

    @api.depends("kind")
    def _compute_borne_by(self):
        for charge in self:
            charge.borne_by = "resident" if charge.kind == "fee" else charge.borne_by or "company"

    @api.model_create_multi
    def create(self, vals_list):
        charges = super().create(vals_list)
        charges._gated().write({"entered_by_id": self.env.uid})
        return charges

    def write(self, vals):
        self._check_not_agreed()
        result = super().write(vals)
        if not self._is_gate_open():
            self._gated().write({"entered_by_id": self.env.uid})  # who changes it does not agree to it
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_agreed(self):
        self._check_not_agreed()

    def _check_not_agreed(self):
        """Raise UserError where somebody changes what was agreed."""
        if not self._is_gate_open() and any(charge.agreed_by_id for charge in self):
            raise UserError(self.env._("What was agreed with the resident stays as it is."))

    def action_agree(self):
        """Agree, as a manager who has not entered it."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group(MANAGER) or self.entered_by_id == self.env.user:
            raise UserError(self.env._("A manager who has not entered it agrees to it."))
        self._check_not_agreed()
        self._gated().write({"agreed_by_id": self.env.uid, "date_agreed": fields.Datetime.now()})
        said = f"{self.note}: {self.currency_id.format(self.amount)}"
        self.complaint_id.message_post(body=self.env._("Agreed: %s", said))


class OutsourcingComplaint(models.Model):
    _inherit = "outsourcing.complaint"

    currency_id = fields.Many2one(related="company_id.currency_id")
    charge_ids = fields.One2many("outsourcing.complaint.charge", "complaint_id", "Compensation and Fees")
    compensation_amount = fields.Monetary("Compensation", compute="_compute_charges", store=True)
    fee_amount = fields.Monetary("Fees", compute="_compute_charges", store=True)

    @api.depends("charge_ids.amount", "charge_ids.kind", "charge_ids.agreed_by_id")
    def _compute_charges(self):
        for complaint in self:
            agreed = complaint.charge_ids.filtered("agreed_by_id")
            paid = agreed.filtered(lambda charge: charge.kind == "compensation")
            complaint.compensation_amount = sum(paid.mapped("amount"))
            complaint.fee_amount = sum((agreed - paid).mapped("amount"))
