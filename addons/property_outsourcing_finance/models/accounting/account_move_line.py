from odoo import api, fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    outsourcing_settlement_line_id = fields.Many2one(
        "outsourcing.settlement.line",
        "Settlement Line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    outsourcing_settlement_kind = fields.Selection(
        related="outsourcing_settlement_line_id.kind", string="Settled as", store=True
    )
    outsourcing_contract_id = fields.Many2one(
        "outsourcing.contract",
        "Outsourcing Contract",
        related="outsourcing_settlement_line_id.contract_id",
        store=True,
        index="btree_not_null",
    )
    outsourcing_community_id = fields.Many2one(
        "outsourcing.community",
        "Community",
        related="outsourcing_settlement_line_id.community_id",
        store=True,
        index="btree_not_null",
    )
    outsourcing_date_due = fields.Date(
        "Retention Due", related="outsourcing_settlement_line_id.date_due", store=True, index="btree_not_null"
    )
    outsourcing_retention_open = fields.Monetary(
        "Open Retention",
        compute="_compute_outsourcing_retention_open",
        currency_field="currency_id",
        help="What of the retention is still to be paid back.",
    )

    @api.depends("amount_residual_currency")
    def _compute_outsourcing_retention_open(self):
        for line in self:
            line.outsourcing_retention_open = -line.amount_residual_currency

    def action_open_outsourcing_settlement_line(self):
        """Open the settlement line behind this bill line, on the way to clause, fact and photo."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.settlement.line",
            "res_id": self.outsourcing_settlement_line_id.id,
            "views": [(False, "form")],
        }
