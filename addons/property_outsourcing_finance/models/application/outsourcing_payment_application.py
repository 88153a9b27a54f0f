from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import (
    add_working_days,
    trade_day,
    trade_today,
)

from ..agreement.outsourcing_settlement import CALENDAR


class OutsourcingPaymentApplication(models.Model):
    """What the contractor wants to be paid for accepted rows of one contract, with its own figures."""

    _name = "outsourcing.payment.application"
    _description = "Payment Application"
    _inherit = [
        "outsourcing.workflow.mixin",
        "outsourcing.file.owner.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _deletable_states = ()

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    contract_id = fields.Many2one(
        "outsourcing.contract", required=True, readonly=True, index=True, ondelete="restrict"
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(related="contract_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    date = fields.Date("Applied on", required=True, readonly=True, default=trade_today, index=True)
    line_ids = fields.One2many(
        "outsourcing.payment.application.line", "application_id", "Rows", readonly=True
    )
    amount_total = fields.Monetary("Applied for", compute="_compute_amounts", store=True, tracking=True)
    amount_accepted = fields.Monetary(
        "Accepted and not Settled", compute="_compute_amounts", store=True, help="When it was applied for."
    )
    note = fields.Text("Remark of the Contractor", readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_payment_application_attachment_rel",
        "application_id",
        "attachment_id",
        "Files",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    submitted_by_id = fields.Many2one("res.users", "Applied by", readonly=True, copy=False)
    answer_deadline = fields.Date("To be Answered by", compute="_compute_answer_deadline", store=True)
    settlement_id = fields.Many2one(
        "outsourcing.settlement", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)
    date_answered = fields.Datetime("Answered on", readonly=True, copy=False)
    is_passed_on = fields.Boolean("Passed on to a Manager", readonly=True, copy=False)
    answer = fields.Text("Why it was Refused", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("submitted", "To settle"),
            ("settled", "Settlement drawn up"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        copy=False,
        default="submitted",
        tracking=True,
        index=True,
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "submitted_by_id", "settlement_id", "answered_by_id", "date_answered", "answer",
            "is_passed_on",
        }  # fmt: skip

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": Domain.TRUE}

    @api.depends("line_ids.amount", "line_ids.amount_accepted")
    def _compute_amounts(self):
        for application in self:
            application.amount_total = sum(application.line_ids.mapped("amount"))
            application.amount_accepted = sum(application.line_ids.mapped("amount_accepted"))

    @api.depends("date", *CALENDAR)
    def _compute_answer_deadline(self):
        found = {}
        for application in self:
            if application.state != "submitted" and application.answer_deadline:
                application.answer_deadline = application.answer_deadline
                continue
            key = (application.company_id, application.date)
            if key not in found:
                days = application.company_id.sudo().outsourcing_statement_days  # a number of days
                found[key] = application.date and add_working_days(application, application.date, days)
            application.answer_deadline = found[key]

    def _compute_access_url(self):
        super()._compute_access_url()
        for application in self:
            application.access_url = f"/my/outsourcing/applications/{application.id}"

    @api.model_create_multi
    def create(self, vals_list):
        contracts = self.env["outsourcing.contract"].sudo()  # which company numbers it
        give_numbers(
            vals_list,
            self._name,
            lambda vals: contracts.browse(vals.get("contract_id")).company_id or self.env.company,
            lambda vals: fields.Date.to_date(vals.get("date")),
        )
        return super().create(vals_list)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    def _get_days_late(self):
        """Return by how many days our answer is late; 0 while there is time, or it was in time."""
        self.ensure_one()
        application = self.sudo()  # days only
        answered = application.date_answered and trade_day(application, application.date_answered)
        day = answered or trade_today(application)
        return max((day - application.answer_deadline).days, 0) if application.answer_deadline else 0
