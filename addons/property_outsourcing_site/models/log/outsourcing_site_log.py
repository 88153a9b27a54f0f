from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class OutsourcingSiteLog(models.Model):
    """Works: the construction log of a day. Services: the sheet of a visit."""

    _name = "outsourcing.site.log"
    _inherit = [
        "outsourcing.site.document.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Site log"
    _order = "date desc, id desc"
    _rec_names_search = ["name", "content", "community_id.name"]
    _check_company_auto = True
    _sequence_code = "outsourcing.site.log"
    _portal_path = "logs"

    date = fields.Date(required=True, default=trade_today, index=True, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Author",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        copy=False,
        index=True,
        help="Who was logged in. A draft is shown to its author only.",
    )
    performer_ids = fields.Many2many(
        "res.partner",
        "outsourcing_site_log_performer_rel",
        "log_id",
        "partner_id",
        string="Performers",
        domain="['|', ('id', '=', contractor_id), ('parent_id', '=', contractor_id)]",
        context={"active_test": False},
        help="The named persons who did the work.",
    )
    headcount = fields.Integer(string="People on site")
    weather = fields.Selection(
        [
            ("sunny", "Sunny"),
            ("cloudy", "Cloudy"),
            ("overcast", "Overcast"),
            ("rain", "Rain"),
            ("storm", "Storm"),
            ("snow", "Snow"),
            ("wind", "Strong wind"),
        ]
    )
    temperature = fields.Char(help="As read on site, for example 12 to 20 ℃.")
    machinery = fields.Text(string="Machinery on site")
    material_arrivals = fields.Text(
        string="Material delivered", help="What came, how much, inspected by whom."
    )
    safety_briefing = fields.Text(string="Safety briefing", help="What the crew was briefed on, and by whom.")
    content = fields.Text(string="Work done")
    problems = fields.Text(string="Problems and how they were solved")
    task_id = fields.Many2one(
        "project.task",
        string="Work order",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('outsourcing_contract_id', '=', contract_id)]",
    )
    location_id = fields.Many2one(
        "outsourcing.location",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=', community_id)]",
    )
    equipment_ids = fields.Many2many(
        "maintenance.equipment",
        "outsourcing_site_log_equipment_rel",
        "log_id",
        "equipment_id",
        domain="[('outsourcing_community_id', '=', community_id)]",
        context={"active_test": False},
    )
    inspection_ids = fields.Many2many(
        "outsourcing.inspection",
        "outsourcing_site_log_inspection_rel",
        "log_id",
        "inspection_id",
        string="Inspections",
        domain="[('contract_id', '=', contract_id), ('community_id', '=', community_id)]",
    )
    date_submitted = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    date_handed_in = fields.Datetime(string="Handed in first on", readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", readonly=True, copy=False)
    date_review_due = fields.Date(string="Review due on", readonly=True, copy=False, index=True)
    date_reviewed = fields.Datetime(string="Reviewed on", readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", string="Reviewed by", readonly=True, copy=False)
    is_deemed_reviewed = fields.Boolean(
        string="Reviewed by lapse of time",
        readonly=True,
        copy=False,
        help="Nobody of the property company reviewed the log by the deadline.",
    )
    review_comment = fields.Text(string="Comment of the reviewer", copy=False)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue", string="Review overdue"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("reviewed", "Reviewed"),
            ("returned", "Returned"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )

    _works_day_uniq = models.UniqueIndex(
        "(contract_id, community_id, date, user_id) WHERE contract_kind = 'works'",
        "You have written a log of this day for this contract and community already.",
    )
    _headcount_positive = models.Constraint(
        "CHECK (headcount >= 0)", "The number of people cannot be negative."
    )

    @api.depends("state", "date_review_due")
    def _compute_is_overdue(self):
        today = trade_today(self)
        for log in self:
            log.is_overdue = bool(
                log.state == "submitted" and log.date_review_due and log.date_review_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        overdue = Domain("state", "=", "submitted") & Domain("date_review_due", "<", today)
        return overdue if True in value else ~overdue

    @api.depends("name", "date")
    def _compute_display_name(self):
        for log in self:
            log.display_name = f"{log._get_number()} {fields.Date.to_string(log.date) or ''}".strip()

    @api.constrains("date")
    def _check_date(self):
        today = trade_today(self)
        for log in self:
            if log.date > today:
                raise ValidationError(self.env._("A log cannot be written for a day that has not come yet."))

    @api.constrains("performer_ids", "contract_id")
    def _check_performer_ids(self):
        for log in self:
            log._check_performers(log.performer_ids, log.contractor_id)

    @api.constrains("equipment_ids", "location_id", "inspection_ids", "task_id", "community_id")
    def _check_references(self):
        for log in self.sudo():  # compares ids only
            communities = (
                log.equipment_ids.outsourcing_community_id
                | log.location_id.community_id
                | log.inspection_ids.community_id
            )
            contracts = log.inspection_ids.contract_id | log.task_id.outsourcing_contract_id
            if communities - log.community_id or contracts - log.contract_id:
                raise ValidationError(
                    self.env._("%s refers to something of another contract or community.", log.name)
                )

    def _takes_evidence(self):
        return self.state in ("draft", "returned")
