from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .outsourcing_complaint import ENDS

STAFF = "property_outsourcing.group_outsourcing_user"
EVENT_NEW = "property_outsourcing_complaint.activity_type_complaint_new"
EVENT_RETURNED = "property_outsourcing_complaint.activity_type_complaint_returned"
EVENT_CALL = "property_outsourcing_complaint.activity_type_complaint_call"
# a report that went to the wrong community is passed on before it is accepted
TOLD = ("description", "channel", "date_received", "hotline_number", "community_id")
PLACED = (*TOLD, "location_id", "equipment_id", "kind")


class OutsourcingComplaint(models.Model):
    """Taken up by staff, done by whoever was sent, right only when the resident says so or stays silent."""

    _inherit = "outsourcing.complaint"

    _frozen_fields = {
        "accepted": TOLD,
        "dispatched": PLACED,
        "done": PLACED,
        "returned": TOLD,
        "confirmed": PLACED,
        **dict.fromkeys(ENDS, ("*",)),
    }
    _deletable_states = ()

    date_accepted = fields.Datetime("Accepted on", readonly=True, copy=False)
    date_dispatched = fields.Datetime("Dispatched on", readonly=True, copy=False)
    date_done = fields.Datetime("Done on", readonly=True, copy=False)
    done_note = fields.Text("What was Done", readonly=True, copy=False)
    date_silence_due = fields.Datetime(
        "Closed by Silence on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="If the resident neither confirms nor returns it until then.",
    )
    date_returned = fields.Datetime("Returned on", readonly=True, copy=False)
    return_count = fields.Integer("Times Returned", readonly=True, copy=False)
    return_reason = fields.Text("Why it was Returned", readonly=True, copy=False, tracking=True)
    date_confirmed = fields.Datetime("Confirmed on", readonly=True, copy=False)
    confirmed_by = fields.Selection(
        [("resident", "The resident"), ("desk", "The desk, by telephone"), ("silence", "Silence")],
        "Said by",
        readonly=True,
        copy=False,
    )
    stars = fields.Integer(readonly=True, copy=False, aggregator="avg", help="1 to 5; 0: none were given.")
    resident_comment = fields.Text("Comment of the Resident", readonly=True, copy=False)
    date_closed = fields.Datetime("Closed on", readonly=True, copy=False)
    end_reason = fields.Text("Why it was not Taken up", readonly=True, copy=False, tracking=True)
    judgement = fields.Selection(
        [("justified", "Justified"), ("unjustified", "Not justified")],
        copy=False,
        tracking=True,
        help="A justified complaint counts against the contractor; its clauses may propose a penalty.",
    )
    cause_id = fields.Many2one(
        "outsourcing.complaint.cause",
        "Kind of Cause",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    cause = fields.Char(copy=False, help="Why it came to this.")
    measure = fields.Char(copy=False, help="What keeps it from happening again.")

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "accepted": ("new", "dispatched"),
            "dispatched": ("accepted", "returned", "done"),
            "done": ("accepted", "dispatched", "returned"),
            "returned": ("done",),
            "confirmed": ("done",),
            "closed": ("confirmed", "done"),
            "rejected": ("new", "accepted"),
            "merged": ("new", "accepted", "returned"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_accepted", "date_answered", "date_dispatched", "date_done", "done_note",
            "date_silence_due", "date_returned", "return_count", "return_reason", "date_confirmed",
            "confirmed_by", "stars", "resident_comment", "date_closed", "end_reason", "merged_into_id",
            "split_from_id",
        }  # fmt: skip

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {"judgement", "internal_note", "cause_id"}

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_accept(self):
        """Take the complaints up; whoever does so deals with them."""
        self._transition_to("accepted")

    def action_done(self):
        """Ask what was done or answered, then ask the resident whether it is right."""
        return self._ask_reason("done", "done")

    def action_confirm(self):
        """Open the dialogue for what the resident said on the telephone: it is right."""
        self.ensure_one()
        self._check_actor("confirmed")
        self._check_source_state("confirmed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Resident Confirms it"),
            "res_model": "outsourcing.complaint.confirm",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def action_return(self):
        """Ask what the resident says is wrong, then give it back; counted."""
        return self._ask_reason("return", "returned")

    def action_reject(self):
        """Ask why it is not taken up; the resident reads it."""
        return self._ask_reason("reject", "rejected")

    def action_close(self):
        """File what the resident has confirmed."""
        if any(complaint.state == "done" for complaint in self):
            raise UserError(
                self.env._("It is right when the resident says so: wait for the answer, or call and ask.")
            )
        self._transition_to("closed")

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "done": (self.env._("Done"), "_finish"),
            "return": (self.env._("The Resident Returns it"), "_return"),
            "reject": (self.env._("Do not Take up"), "_reject"),
        }

    def _finish(self, note):
        """Record what was done and ask the resident."""
        self._transition_to("done")
        self._gated().write({"done_note": note})
        self._tell(note)

    def _reject(self, reason):
        self._transition_to("rejected")
        self._gated().write({"end_reason": reason})
        self._tell_event("rejected", reason=reason)

    def _return(self, reason):
        """Give back what is not right, as the resident says."""
        self._transition_to("returned")
        for complaint in self:
            complaint._gated().write({"return_reason": reason, "return_count": complaint.return_count + 1})
        self._schedule_event(EVENT_RETURNED, self.env._("Returned by the resident: %s", reason[:120]))
        self._record_returns()

    def _record_returns(self):
        """Record that ``self`` were returned. Hook: the dispatch knows whose work it was."""

    def _confirm(self, by, stars=0, comment=None):
        """Record that the resident says it is right.

        :param str by: ``resident``, or ``desk`` for what was said on the telephone
        :param int stars: 1 to 5, 0 for none
        """
        if stars not in range(6):
            raise UserError(self.env._("Give one to five stars."))
        self._transition_to("confirmed")
        self._gated().write({"confirmed_by": by, "stars": stars, "resident_comment": comment or False})

    # ---- gate -------------------------------------------------------------------------------------------

    def write(self, vals):
        if not self._is_gate_open():
            self._check_community_kept(vals)
        return super().write(vals)

    def _check_community_kept(self, vals):
        """Raise UserError where a place of another community would carry an accepted complaint there."""
        location = self.env["outsourcing.location"].browse(vals.get("location_id") or ())
        equipment = self.env["maintenance.equipment"].browse(vals.get("equipment_id") or ())
        # sudo: compares links only
        target = location.sudo().community_id | equipment.sudo().outsourcing_community_id
        if target and any(row.state != "new" and target - row.community_id for row in self):
            raise UserError(self.env._("What is accepted stays in its community."))

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(STAFF)

    def _split_for_transition(self, target):
        """Those alike in what is stamped once only: who deals with it, the first answer."""
        return self.grouped(
            lambda row: (row.company_id, bool(row.user_id), bool(row.date_accepted), bool(row.date_answered))
        ).values()

    def _prepare_transition_vals(self, target):
        vals, now, first = super()._prepare_transition_vals(target), fields.Datetime.now(), self[:1]
        if target == "accepted" and not first.user_id and not self._is_system_actor():
            vals["user_id"] = self.env.uid
        elif target == "dispatched":
            vals.update(date_dispatched=now, date_done=False, date_silence_due=False)
        elif target == "done":
            silence = timedelta(days=first.company_id.outsourcing_complaint_silence_days)
            vals.update(date_done=now, date_silence_due=now + silence)
        elif target == "returned":
            vals.update(date_returned=now, date_done=False, date_silence_due=False)
        elif target == "confirmed":
            vals["date_confirmed"] = now
        elif target in ENDS:
            vals["date_closed"] = now
        if target in ("accepted", "done") and not first.date_accepted:
            vals["date_accepted"] = now
        if target in ("dispatched", "done", "rejected", "merged") and not first.date_answered:
            vals["date_answered"] = now
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        self._close_events(EVENT_NEW)
        if target in ("dispatched", "done", *ENDS):
            self._close_events(EVENT_RETURNED)
        if target == "done":
            self._ask_by_telephone()
        elif target in ("confirmed", "returned", "dispatched", *ENDS):
            self._close_events(EVENT_CALL)

    def _close_events(self, *events):
        """What was asked of people is dealt with, whoever did it."""
        self.sudo().activity_unlink(list(events))  # to-dos of this document alone

    # ---- who is asked -----------------------------------------------------------------------------------

    def _announce_new(self):
        """Ask the desk to take up what has come in."""
        asked = {
            complaint: {
                "summary": self.env._("Take up: %s", complaint.title),
                "users": complaint.user_id,
            }
            for complaint in self
            if complaint.state == "new"
        }
        self._schedule_events(EVENT_NEW, asked)

    def _ask_by_telephone(self):
        """Have residents called who reported without the page: they cannot confirm there."""
        people = (self | self.merged_ids).reporter_ids.filtered(lambda row: row.channel != "page")
        waiting = self & (people.complaint_id | people.complaint_id.merged_into_id)
        asked = {
            complaint: {"summary": self.env._("Call and ask whether it is right: %s", complaint.title)}
            for complaint in waiting
        }
        waiting._schedule_events(EVENT_CALL, asked)
