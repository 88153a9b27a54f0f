from odoo import api, fields, models


class OutsourcingSettlement(models.Model):
    """What the contractor holds already, beside what is settled; who approves does not bill."""

    _inherit = "outsourcing.settlement"

    amount_held = fields.Monetary(
        related="contract_id.amount_held", string="Paid in Advance", groups="base.group_user"
    )

    is_approver = fields.Boolean(compute="_compute_is_approver", groups="base.group_user")

    payout_blockers = fields.Text(compute="_compute_payout_blockers", groups="base.group_user")

    @api.depends("contractor_id.outsourcing_state", "state", "payment_state")
    @api.depends_context("lang")
    def _compute_payout_blockers(self):
        for settlement in self:
            is_open = settlement.state in ("approved", "billed") and settlement.payment_state != "paid"
            firm = settlement.contractor_id.with_company(settlement.company_id)
            sentences = firm._get_outsourcing_payout_blockers() if is_open else []
            settlement.payout_blockers = "\n".join(sentences) or False

    @api.depends("approved_by_id", "state")
    @api.depends_context("uid")
    def _compute_is_approver(self):
        for settlement in self:
            separate = settlement.company_id._get_outsourcing_setting("outsourcing_separate_payer")
            settlement.is_approver = separate and settlement.approved_by_id == self.env.user

    def action_view_held(self):
        """Open the payments and credit notes of the contractor that no posted bill has used up."""
        self.ensure_one()
        return self.contract_id.action_view_held()

    def action_release_payment(self):
        """Ask a manager for the reason why this settlement is paid all the same."""
        self.ensure_one()
        self._require_group("property_outsourcing.group_outsourcing_manager")
        view = self.env.ref("property_outsourcing_finance.outsourcing_payment_release_view_form_dialog")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release the Payment"),
            "res_model": "outsourcing.payment.release",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {
                "default_contractor_id": self.contractor_id.id,
                "default_company_id": self.company_id.id,
                "default_amount": self.amount_residual or self.amount_payable,
            },
        }

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "billed" and any(
            company._get_outsourcing_setting("outsourcing_separate_payer") for company in self.company_id
        ):
            finance = "property_outsourcing.group_outsourcing_finance"
            self._require_other_person("approved_by_id", group=finance)

    def _get_acted_users(self):
        users = super()._get_acted_users()
        separate = self.company_id._get_outsourcing_setting("outsourcing_separate_payer")
        return users | self.approved_by_id if self.state == "approved" and separate else users
