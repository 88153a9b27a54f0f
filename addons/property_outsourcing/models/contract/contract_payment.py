from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import join_names


class OutsourcingContract(models.Model):
    """What keeps the payment rows of a contract consistent, and the way to their list."""

    _inherit = "outsourcing.contract"

    payment_hint = fields.Char(compute="_compute_payment_hint")
    milestone_count = fields.Integer("Number of Payment Rows", compute="_compute_payment_hint")

    @api.depends(
        "amount_total",
        "milestone_ids.amount",
        "milestone_ids.percent",
        "milestone_ids.is_prepayment",
        "state",
    )
    @api.depends_context("lang")
    def _compute_payment_hint(self):
        for contract in self:
            contract.milestone_count = len(contract.milestone_ids)
            is_open = contract.state == "draft" and bool(contract.milestone_ids)
            contract.payment_hint = is_open and contract.milestone_ids._get_sum_message()

    @api.constrains("milestone_ids")
    def _check_shares_within_whole(self):
        # checked where all rows of one form are known: swapping two shares passes through more than 100 %
        for contract in self:
            rows = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
            percents = round(sum(rows.mapped("percent")), 4)
            if percents > 100:
                raise ValidationError(rows._get_share_message(percents))

    @api.constrains("currency_id", "contractor_id", "company_id")
    def _check_currency_known(self):
        for contract in self:
            # sudo: the currency the firm is paid in, no secret to whoever writes its contract
            contractor = contract.contractor_id.sudo().with_company(contract.company_id)
            known = contract.company_id.currency_id | contractor.property_purchase_currency_id
            if contract.currency_id not in known:
                raise ValidationError(
                    self.env._(
                        "A contract is in the currency of the company or in the purchase currency of the "
                        "contractor (%(known)s), not in %(currency)s.",
                        known=join_names(self.env, known.mapped("name")),
                        currency=contract.currency_id.name,
                    )
                )

    def _get_completion_rows(self):
        """Return the payment rows that stand for the whole work: those of completion, else the last one."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(lambda row: row.kind != "advance")
        completions = rows.filtered(lambda row: row.kind == "completion")
        return completions or rows.sorted(lambda row: (row.date_due or self.date_end, row.sequence))[-1:]

    def _get_submit_warnings(self):
        warnings = super()._get_submit_warnings()
        if self.kind == "works" and "completion" not in self.milestone_ids.mapped("kind"):
            warnings.append(
                self.env._(
                    "No payment row is of the kind Final completion: the papers of completion, liability and "
                    "retention hang on it. Set the kind of the last row."
                )
            )
        return warnings

    @api.depends("kind", "milestone_ids.kind")
    def _compute_submit_warnings(self):
        return super()._compute_submit_warnings()

    def action_manage_milestones(self):
        """Open the payment rows in their own list, grouped by month: many are edited at once in a draft."""
        self.ensure_one()
        view = self.env.ref("property_outsourcing.outsourcing_contract_milestone_view_list_edit")
        action = self._get_contract_action("property_outsourcing.outsourcing_contract_milestone_action")
        views = [(False, "kanban"), (False, "form"), (False, "calendar"), (False, "pivot")]
        context = {"default_contract_id": self.id}
        if len(self.community_ids) > 1:
            context["search_default_group_month"] = 1
        if self.state == "draft":
            views.insert(0, (view.id, "list"))
        else:
            views.insert(0, (False, "list"))
        return {**action, "views": views, "context": context}
