from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import add_working_days, trade_day

CALENDAR = (
    "company_id.outsourcing_statement_days",
    "company_id.resource_calendar_id.leave_ids.date_from",
    "company_id.resource_calendar_id.leave_ids.date_to",
    "company_id.resource_calendar_id.attendance_ids.dayofweek",
)


class OutsourcingSettlement(models.Model):
    """What the contractor says to the statement, and until when. Stamped by the steps alone."""

    _name = "outsourcing.settlement"
    _inherit = ["outsourcing.settlement", "outsourcing.file.owner.mixin"]

    statement_state = fields.Selection(
        [
            ("none", "Not handed in"),
            ("waiting", "Waits for the contractor"),
            ("confirmed", "Confirmed"),
            ("deemed", "Counts as confirmed"),
            ("silent", "No answer in time"),
            ("disputed", "Disputed"),
            ("answered", "Dispute answered"),
            ("decided", "Decided without an answer"),
        ],
        "Check of the Statement",
        required=True,
        readonly=True,
        default="none",
        copy=False,
        index=True,
        tracking=True,
    )
    statement_deadline = fields.Date(
        "Statement to be Answered by", compute="_compute_statement_deadline", store=True
    )
    date_stated = fields.Datetime("Statement Answered on", readonly=True, copy=False)
    stated_by_id = fields.Many2one("res.users", "Statement Answered by", readonly=True, copy=False)
    is_statement_paper = fields.Boolean("Statement Answered on Paper", readonly=True, copy=False)
    statement_signer = fields.Char("Signed for the Contractor by", readonly=True, copy=False)
    statement_reason = fields.Text("What the Contractor Disputes", readonly=True, copy=False)
    statement_file_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_settlement_statement_file_rel",
        "settlement_id",
        "attachment_id",
        "Files to the Statement",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    dispute_deadline = fields.Date(
        "Dispute to be Answered by", compute="_compute_dispute_deadline", store=True
    )
    dispute_answer = fields.Text("Answer to the Dispute", readonly=True, copy=False)
    dispute_answered_by_id = fields.Many2one("res.users", "Dispute Answered by", readonly=True, copy=False)
    date_dispute_answered = fields.Datetime("Dispute Answered on", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_stated", "stated_by_id", "statement_reason", "statement_file_ids", "dispute_answer",
            "dispute_answered_by_id", "date_dispute_answered", "is_statement_paper", "statement_signer",
        }  # fmt: skip

    # a new settlement has a state already: what a client sends is left out
    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"statement_state"}

    @api.model
    def _get_kept_files_domains(self):
        handed_in = Domain("statement_state", "!=", "none")
        return {**super()._get_kept_files_domains(), "statement_file_ids": handed_in}

    @api.depends("date_submitted", *CALENDAR)
    def _compute_statement_deadline(self):
        self._set_statement_deadlines("statement_deadline", "date_submitted", ("none", "waiting"))

    @api.depends("date_stated", "statement_state", *CALENDAR)
    def _compute_dispute_deadline(self):
        self._set_statement_deadlines("dispute_deadline", "date_stated", ("disputed",))

    def _set_statement_deadlines(self, name, start_name, open_states):
        """Set the deadline ``name``: working days after the start. What is answered keeps its deadline."""
        found = {}
        for settlement in self:
            if settlement.statement_state not in open_states:
                settlement[name] = settlement[name] if settlement[start_name] else False
                continue
            start = settlement[start_name]
            key = (settlement.company_id, start and trade_day(settlement, start))
            if key not in found:
                days = settlement.company_id.sudo().outsourcing_statement_days  # a number of days
                found[key] = key[1] and add_working_days(settlement, key[1], days)
            settlement[name] = found[key]
