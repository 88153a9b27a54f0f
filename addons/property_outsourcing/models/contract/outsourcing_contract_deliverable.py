from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..workflow.gate import is_uninstalling
from ..workflow.trade_time import trade_day, trade_today


class OutsourcingContractDeliverable(models.Model):
    """A report or plan the contractor owes by a date, e.g. the monthly test report."""

    _name = "outsourcing.contract.deliverable"
    _description = "Contract Deliverable"
    _inherit = [
        "outsourcing.workflow.mixin",
        "outsourcing.file.owner.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_due, id"
    _frozen_fields = {"submitted": ("*",), "accepted": ("*",), "returned": ("contract_id", "milestone_id")}
    _deletable_states = ("due",)
    _term_fields = ("name", "contract_id", "term_id", "milestone_id", "date_due", "blocks_payment")

    name = fields.Char(required=True, tracking=True)
    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Period or Milestone",
        index=True,
        ondelete="cascade",
        domain="[('contract_id', '=', contract_id)]",
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    community_id = fields.Many2one(
        "outsourcing.community", compute="_compute_community_id", store=True, index=True, precompute=True
    )
    date_due = fields.Date(required=True, tracking=True, index=True)
    blocks_payment = fields.Boolean(default=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, bypass_search_access=True)
    note = fields.Text()
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_submitted = fields.Datetime(readonly=True, copy=False)
    reviewed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    date_reviewed = fields.Datetime(readonly=True, copy=False)
    review_note = fields.Text()
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    is_late_born = fields.Boolean(
        "Asked for too Late",
        compute="_compute_is_late_born",
        help="It was created only after its date: nobody is late with it.",
    )
    date_born = fields.Date(
        "Asked for on", compute="_compute_date_born", store=True, precompute=True, copy=False
    )
    date_late_recorded = fields.Date("Recorded as Late on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("due", "To submit"),
            ("submitted", "Submitted"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
        ],
        required=True,
        copy=False,
        default="due",
        tracking=True,
        index=True,
    )

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "submitted": ("due", "returned"),
            "accepted": ("submitted",),
            "returned": ("submitted",),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "submitted_by_id", "date_submitted", "reviewed_by_id", "date_reviewed", "date_late_recorded",
        }  # fmt: skip

    @api.depends("milestone_id.community_id", "contract_id.community_id")
    def _compute_community_id(self):
        for item in self:
            item.community_id = item.milestone_id.community_id or item.contract_id.community_id

    @api.depends("date_due", "state")
    def _compute_is_late(self):
        today = trade_today(self)
        for item in self:
            item.is_late = bool(item.state in ("due", "returned") and item.date_due and item.date_due < today)

    @api.depends("contract_id")
    def _compute_date_born(self):
        for item in self:
            moment = item._origin.create_date or fields.Datetime.now()
            item.date_born = item.date_born or trade_day(item, moment)

    @api.depends("date_due", "date_born")
    def _compute_is_late_born(self):
        for item in self:
            item.is_late_born = bool(item.date_born and item.date_due and item.date_due < item.date_born)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", ("due", "returned")), ("date_due", "<", trade_today(self))]

    def write(self, vals):
        if not self._is_gate_open() and set(vals) & set(self._term_fields):
            self._check_may_change_terms()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_agreed(self):
        if not is_uninstalling(self.env):
            self._check_may_change_terms()

    @api.model
    def _get_open_states(self):
        return {**super()._get_open_states(), "review_note": ("submitted",)}

    @api.model
    def _get_kept_files_domains(self):
        handed_in = Domain("state", "in", ("submitted", "accepted"))
        return {**super()._get_kept_files_domains(), "attachment_ids": handed_in}

    def _get_waiting_sentence(self):
        """Return what the deliverable waits for: its state, who has to act, and by when."""
        self.ensure_one()
        details = {"name": self.name, "state": self._get_state_label(), "date": self.date_due}
        if self.state == "submitted":
            who = self.reviewer_id or self._get_responsible_user()
            return self.env._(
                "%(name)s (due %(date)s) is %(state)s: %(who)s reviews it.",
                who=who.name or self.env._("a supervisor"),
                **details,
            )
        firm = self.contractor_id.name
        return self.env._("%(name)s (due %(date)s) is %(state)s: %(firm)s hands it in.", firm=firm, **details)

    def _check_may_change_terms(self):
        # what is owed and whether it holds back the payment is a term of the contract
        agreed = self.filtered(lambda item: item.contract_id.sudo().state != "draft")  # reads the state only
        if agreed and not self.env.su:
            self._require_group("property_outsourcing.group_outsourcing_manager")

    def action_submit(self):
        """Hand the file in on behalf of the contractor; the scan was received on paper or by message."""
        self._require_group("property_outsourcing.group_outsourcing_user")
        self._transition_to("submitted")

    def action_accept(self):
        """Accept the deliverable; payment of its period is no longer held back by it."""
        self._transition_to("accepted")

    def action_return(self):
        """Return the deliverable with a note on what is missing."""
        if any(not (item.review_note or "").strip() for item in self):
            raise UserError(self.env._("Write what is missing before you return the deliverable."))
        self._transition_to("returned")

    def _portal_submit(self, attachments, note=None):
        """Hand in the contractor's files.

        :param attachments: ``ir.attachment`` records uploaded for this deliverable
        :raise UserError: no file, or already handed in
        """
        self.ensure_one()
        self._require_contractor()
        if self.state in ("due", "returned"):
            # sudo: _require_contractor has checked the party, the caller has taken the files in for it
            attachments.sudo().filtered(lambda file: not file.res_id).write(
                {"res_model": self._name, "res_id": self.id}
            )
            commands = [Command.link(attachment.id) for attachment in attachments]
            # sudo: as above; a contractor writes no deliverable by itself
            self.sudo().write({"attachment_ids": commands, "note": note})
        self._transition_to("submitted")

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "submitted" and self.env.user.share:
            self._require_contractor()
        else:
            self._require_group("property_outsourcing.group_outsourcing_user")

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "submitted" and any(not item.attachment_ids for item in self):
            raise UserError(
                self.env._("Attach the file first: a deliverable without a file is not handed in.")
            )

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "accepted":
            self._require_other_person("submitted_by_id", group="property_outsourcing.group_outsourcing_user")

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "submitted":
            vals.update(submitted_by_id=self.env.uid, date_submitted=now)
        elif target in ("accepted", "returned"):
            vals.update(reviewed_by_id=self.env.uid, date_reviewed=now)
        return vals
