from odoo import api, fields, models
from odoo.exceptions import UserError

EVENT_MESSAGE = "property_outsourcing_complaint.activity_type_complaint_message"


class OutsourcingComplaint(models.Model):
    """Talk between residents and desk; the first answer of a person stops the clock."""

    _inherit = "outsourcing.complaint"

    date_answered = fields.Datetime("First Answer on", readonly=True, copy=False)

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "answer": (self.env._("Message to the Residents"), "_answer"),
            "split": (self.env._("Split off a Second Matter"), "_split_off"),
        }

    def _ask_text(self, step):
        """Return the action of the dialogue that asks for a text; a step that leaves the state as it is."""
        self.check_access("write")
        return self._open_reason_dialogue(step)

    def action_answer(self):
        """Write to everybody who reported it."""
        return self._ask_text("answer")

    def _answer(self, text):
        self._check_actor("answer")
        self._tell(text)
        self._close_events(EVENT_MESSAGE)

    def _for_residents(self):
        """Return ``self`` in the language in which residents are written to."""
        partner = self[:1].company_id.sudo().partner_id  # the language only
        return self.with_context(lang=partner.lang or self.env.lang)

    def _tell_event(self, event, **values):
        """Tell what the words of ``event`` say, in the residents' language; archived words are not told.

        :param values: what stands for names in the words, beside ``number`` and ``place``
        """
        said = self._for_residents()
        reply = said.env["outsourcing.complaint.reply"]._get_event_reply(event)
        if reply:
            said._tell_each({row: reply._write_for(**{**row._get_words(), **values}) for row in said})

    def _get_words(self):
        """Return what the names in replies stand for."""
        self.ensure_one()
        complaint = self.sudo()  # names of places
        place = complaint.equipment_id or complaint.location_id or complaint.community_id
        return {"number": complaint.name, "place": place.display_name}

    def _tell(self, text):
        """Tell ``text`` to the residents of all complaints ``self``, as :meth:`_tell_each` does."""
        self._tell_each(dict.fromkeys(self, text))

    @api.model
    def _tell_each(self, texts):
        """Tell residents what ``texts`` says: dict complaint -> text; whoever may act was checked.

        What a person writes is the first answer, what the system says by itself is none.
        """
        user = self.env.user if not self._is_system_actor() else self.env["res.users"]
        now = fields.Datetime.now()
        self.env["outsourcing.complaint.message"]._gated().create(
            [
                {
                    "complaint_id": complaint.id,
                    "user_id": user.id,
                    "direction": "out",
                    "date": now,
                    "body": text,
                }
                for complaint, text in texts.items()
            ]
        )
        # sudo: stamped, see above
        told = self.union(*texts).sudo()
        unanswered = told.filtered(lambda complaint: not complaint.date_answered)
        if user and unanswered:
            unanswered._gated().write({"date_answered": now})

    # ---- one report, two matters ------------------------------------------------------------------------

    def action_split(self):
        """Ask for the second matter that the report names, which becomes a complaint of its own."""
        self.ensure_one()
        return self._ask_text("split")

    def _split_off(self, text):
        """Create a complaint of its own for ``text``, of the same place and people."""
        self.ensure_one()
        self._check_actor("split")
        if self.state in ("closed", "rejected", "merged"):
            raise UserError(self.env._("%s is over: enter a new complaint.", self.display_name))
        complaint = self.sudo()  # staff that may read it was checked
        people = [person._prepare_split_vals() for person in complaint.reporter_ids]
        second = self._gated().create(
            {
                "description": text,
                "kind": complaint.kind,
                "channel": "staff" if complaint.channel == "hotline" else complaint.channel,
                "date_received": complaint.date_received,
                "date_hotline_due": complaint.date_hotline_due,
                "community_id": complaint.community_id.id,
                "location_id": complaint.location_id.id,
                "equipment_id": complaint.equipment_id.id,
                "split_from_id": complaint.id,
                "reporter_ids": [fields.Command.create(vals) for vals in people],
            }
        )
        self.message_post(body=self.env._("Split off: %s", second.name))
        return second.with_env(self.env)
