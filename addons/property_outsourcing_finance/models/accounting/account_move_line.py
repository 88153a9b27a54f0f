from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.outsourcing_workflow_mixin import is_gate_open

GUARDED_FIELDS = (
    "outsourcing_settlement_line_id",
    "quantity",
    "price_unit",
    "discount",
    "tax_ids",
    "account_id",
    "product_id",
    "product_uom_id",
    "purchase_line_id",
    "move_id",
)


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

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not is_gate_open(self.env) and lines.outsourcing_settlement_line_id:
            raise UserError(self.env._("A settlement makes its bill itself."))
        return lines

    def write(self, vals):
        if not is_gate_open(self.env) and set(vals) & set(GUARDED_FIELDS):
            self._check_outsourcing_untouched(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_outsourcing_settled(self):
        # a bill deleted as a whole frees its settlement first; posting checks the lines once more
        for line in self:
            if line.outsourcing_settlement_line_id and line._is_bill_of_its_settlement():
                raise UserError(
                    self.env._("%s belongs to a settlement: delete the whole bill instead.", line.name)
                )

    def _is_bill_of_its_settlement(self):
        self.ensure_one()
        settlement = self.outsourcing_settlement_line_id.sudo().settlement_id  # the link is compared only
        return settlement.bill_id == self.move_id

    def _check_outsourcing_untouched(self, vals):
        Move = self.env["account.move"]
        for line in self:
            if not line.outsourcing_settlement_line_id and not vals.get("outsourcing_settlement_line_id"):
                continue
            if any(Move._field_will_change(line, vals, name) for name in GUARDED_FIELDS if name in vals):
                raise UserError(
                    self.env._(
                        "%s comes from a settlement: quantity, price, tax and account are not changed here.",
                        line.name,
                    )
                )

    def action_open_outsourcing_settlement_line(self):
        """Open the settlement line behind this bill line, on the way to clause, fact and photo."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.settlement.line",
            "res_id": self.outsourcing_settlement_line_id.id,
            "views": [(False, "form")],
        }
