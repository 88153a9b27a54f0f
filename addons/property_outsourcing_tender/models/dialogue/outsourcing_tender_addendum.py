from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

from ..tender.tender_workflow import MANAGER


class OutsourcingTenderAddendum(models.Model):
    """A change of the papers after their publication, numbered; each bidder acknowledges it.

    The deadline moves by an addendum as well: only before it passes, only later, told to all at once.
    """

    _name = "outsourcing.tender.addendum"
    _description = "Addendum to a Tender"
    _inherit = ["outsourcing.workflow.mixin", "outsourcing.file.owner.mixin"]
    _order = "tender_id, number, id"

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    number = fields.Integer(readonly=True, copy=False)
    text = fields.Text("What Changes", required=True)
    date_deadline = fields.Datetime("New Deadline", help="Empty: the deadline stays.")
    date_deadline_before = fields.Datetime("Deadline before", readonly=True, copy=False)
    attachment_ids = fields.Many2many("ir.attachment", string="Papers", copy=False, bypass_search_access=True)
    date_issued = fields.Datetime("Issued on", readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued")], required=True, default="draft", copy=False, index=True
    )

    _number_uniq = models.UniqueIndex(
        "(tender_id, number) WHERE state = 'issued'", "Another addendum has this number: try again."
    )

    _frozen_fields = {"issued": {"*"}}

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "number", "date_issued", "issued_by_id", "date_deadline_before",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {"issued": ("draft",)}

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": Domain("state", "=", "issued")}

    @api.depends("number", "tender_id.name")
    def _compute_display_name(self):
        for addendum in self:
            addendum.display_name = (
                self.env._(
                    "%(tender)s · addendum %(number)s", tender=addendum.tender_id.name, number=addendum.number
                )
                if addendum.number
                else self.env._("%s · draft of an addendum", addendum.tender_id.name or "")
            )

    def _get_numbers(self):
        """Return the numbers of ``self`` as text, in their order."""
        return [str(addendum.number) for addendum in self.sorted("number")]

    # ---- issuing ----------------------------------------------------------------------------------------

    def action_issue(self):
        """Issue the addendum: all who may bid read it, and have to acknowledge it."""
        self._transition_to("issued")

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(MANAGER)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "issued":
            points += self._get_missing_time()
        return points

    def _get_missing_time(self):
        """Return what is wrong with the days bidders have left: the deadline moves before it passes."""
        tender, now = self.tender_id, fields.Datetime.now()
        if tender.state != "published" or now > tender.date_deadline:
            sentence = self.env._("The deadline has passed: nothing of the tender changes any more.")
            return [MissingPoint(sentence, self)]
        if self.date_deadline and self.date_deadline <= tender.date_deadline:
            sentence = self.env._("A deadline is only put off, never brought forward.")
            return [MissingPoint(sentence, self, field="date_deadline")]
        days = tender.way_id.addendum_days
        if (self.date_deadline or tender.date_deadline) < fields.Datetime.add(now, days=days):
            sentence = self.env._(
                "Bidders need %s days after an addendum: put the deadline off with it.", days
            )
            return [MissingPoint(sentence, self, field="date_deadline")]
        return []

    def _split_for_transition(self, target):
        return list(self)  # each has a number of its own

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "issued":
            numbers = self.tender_id.addendum_ids.mapped("number")
            vals |= {
                "number": max(numbers, default=0) + 1,
                "date_issued": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
                "date_deadline_before": self.tender_id.date_deadline if self.date_deadline else False,
            }
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "issued":
            for addendum in self:
                addendum._move_deadline()
                addendum.tender_id._tell_bidders(addendum._get_notice())

    def _move_deadline(self):
        """Put deadline and opening of the tender off (in sudo), by as much."""
        if not self.date_deadline:
            return
        tender = self.tender_id
        later = self.date_deadline - tender.date_deadline
        opening = (tender.date_opening or tender.date_deadline) + later
        tender._gated().write({"date_deadline": self.date_deadline, "date_opening": opening})

    def _get_notice(self):
        """Return what all bidders are told."""
        text = self.env._("Addendum %(number)s: %(text)s", number=self.number, text=self.text)
        if not self.date_deadline:
            return text
        moment = format_moment(self.tender_id, self.date_deadline)
        return "\n".join((text, self.env._("The deadline is now %s.", moment)))


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    addendum_ids = fields.One2many(
        "outsourcing.tender.addendum", "tender_id", "Addenda", readonly=True, groups="base.group_user"
    )

    def _get_issued_addenda(self):
        """Return the addenda that bidders read (in sudo)."""
        tenders = self.sudo()  # whoever reads the tender reads them
        return tenders.addendum_ids.filtered(lambda addendum: addendum.state == "issued")

    def action_new_addendum(self):
        """Draft an addendum."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "published":
            raise UserError(self.env._("Addenda belong to a published tender."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.tender.addendum",
            "view_mode": "form",
            "context": {"default_tender_id": self.id},
        }
