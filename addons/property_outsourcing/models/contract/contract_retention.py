from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..workflow.trade_time import trade_today


class OutsourcingContract(models.Model):
    """Retention and warranty of works, within what the law allows and demands."""

    _inherit = "outsourcing.contract"

    retention_cap = fields.Monetary("Retention at Most", help="0 means no cap beyond the rate.")
    retention_warning = fields.Char(compute="_compute_retention_warning")
    warranty_kind_id = fields.Many2one(
        "outsourcing.warranty.kind",
        "Warranty by Kind of Work",
        compute="_compute_warranty_kind_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    warranty_source = fields.Char(related="warranty_kind_id.source", string="Source of the Warranty")

    date_completed = fields.Date("Performance Complete on", readonly=True, copy=False)
    date_handed_over = fields.Date(
        "Completion Accepted on",
        compute="_compute_date_handed_over",
        store=True,
        help="Day of the acceptance of all completion rows. Without such a row the day the performance was "
        "declared complete; of a contract that ended early its last day. Liability, warranty and retention "
        "run from it.",
    )

    @api.depends(
        "milestone_ids.kind", "milestone_ids.is_separate_handover", "milestone_ids.date_accepted",
        "date_completed", "date_terminated",
    )  # fmt: skip
    def _compute_date_handed_over(self):
        for contract in self:
            rows = contract.milestone_ids.filtered(
                lambda row: row.kind == "completion" and not row.is_separate_handover
            )
            accepted = rows.mapped("date_accepted")
            if rows and all(accepted):
                contract.date_handed_over = max(accepted)
            else:
                declared = False if rows else contract.date_completed
                contract.date_handed_over = contract.date_terminated or declared

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "completed":
            vals["date_completed"] = trade_today(self)
        return vals

    @api.depends("service_type_id")
    def _compute_warranty_kind_id(self):
        for contract in self:
            contract.warranty_kind_id = contract.service_type_id.warranty_kind_id

    @api.depends("retention_rate", "kind", "company_id.outsourcing_retention_max_rate")
    @api.depends_context("lang")
    def _compute_retention_warning(self):
        for contract in self:
            limit = contract.company_id._get_outsourcing_setting("outsourcing_retention_max_rate")
            warning = False
            if contract.kind == "works" and contract.retention_rate > limit:
                warning = self.env._(
                    "The retention of %(rate)s %% is above the %(limit)s %% of the settlement that are usual "
                    "for works.",
                    rate=f"{contract.retention_rate:g}",
                    limit=f"{limit:g}",
                )
            contract.retention_warning = warning

    @api.constrains("retention_cap")
    def _check_retention_cap(self):
        for contract in self:
            if contract.retention_cap < 0:
                raise ValidationError(self.env._("The cap of the retention cannot be negative."))

    @api.constrains("retention_months", "kind", "company_id")
    def _check_liability_months(self):
        for contract in self:
            limit = contract.company_id._get_outsourcing_setting("outsourcing_liability_max_months")
            if contract.kind == "works" and limit and contract.retention_months > limit:
                raise ValidationError(
                    self.env._(
                        "A defect liability of %(months)s months is longer than the %(limit)s months "
                        "allowed.",
                        months=contract.retention_months,
                        limit=limit,
                    )
                )

    @api.constrains("warranty_months", "warranty_kind_id", "kind")
    def _check_warranty_minimum(self):
        for contract in self:
            if contract.kind != "service":
                contract.warranty_kind_id._check_minimum(contract.warranty_months)

    def _get_retention_blockers(self, communities):
        """Return the sentences that keep retention or bond from going back. Hook: siblings append theirs.

        :param communities: the communities whose work it secures
        """
        self.ensure_one()
        return []

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "to_approve":
            warned = self.filtered("retention_warning")
            warned._message_log_batch({contract.id: contract.retention_warning for contract in warned})
