from odoo import api, fields, models


class OutsourcingPaymentApplicationLine(models.Model):
    """An accepted row the contractor applies for, with the amount as it sees it."""

    _name = "outsourcing.payment.application.line"
    _description = "Row of a Payment Application"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "application_id, id"

    _workflow_parent = "application_id"
    _line_open_states = ()  # drawn up with the application, never typed in later

    application_id = fields.Many2one(
        "outsourcing.payment.application", required=True, index=True, ondelete="cascade"
    )
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone", "Milestone or Period", required=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="application_id.currency_id")
    amount = fields.Monetary("Applied for", required=True)
    amount_accepted = fields.Monetary("Accepted and not Settled")
    settlement_id = fields.Many2one(
        "outsourcing.settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="It has taken the amount that was applied for.",
    )
    state = fields.Selection(related="application_id.state", store=True)

    _open_uniq = models.UniqueIndex(
        "(milestone_id) WHERE state = 'submitted'", "The payment of this row was applied for already."
    )
    _milestone_idx = models.Index("(milestone_id)")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "An amount that is applied for is above zero.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"settlement_id"}

    def _bind_to(self, settlements):
        """Keep which settlement has taken each row of ``self``; an application is answered by its last one.

        :param dict settlements: row of the contract -> its settlements; a row that is not in it waits again
        """
        for line in self:
            found = settlements.get(line.milestone_id, line.settlement_id.browse())
            settlement = line.settlement_id & found or found[:1]
            if line.settlement_id != settlement:
                line._gated().write({"settlement_id": settlement.id})
        self.application_id._follow_rows()
