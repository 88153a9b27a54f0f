from odoo import api, fields, models

from .tender_workflow import MANAGER

EVENT_APPROVAL = "property_outsourcing_tender.activity_type_tender_approval"
EVENT_OPENING = "property_outsourcing_tender.activity_type_tender_opening"
EVENT_DECLARE = "property_outsourcing_tender.activity_type_tender_declare"
EVENT_SCORE = "property_outsourcing_tender.activity_type_tender_score"
EVENT_PRICES = "property_outsourcing_tender.activity_type_tender_prices"
EVENT_OBJECTION = "property_outsourcing_tender.activity_type_tender_objection"
EVENT_QUESTION = "property_outsourcing_tender.activity_type_tender_question"
EVENTS = (
    EVENT_APPROVAL,
    EVENT_QUESTION,
    EVENT_OPENING,
    EVENT_DECLARE,
    EVENT_SCORE,
    EVENT_PRICES,
    EVENT_OBJECTION,
)


class OutsourcingTender(models.Model):
    """From the draft to the notice: approval by another manager where the way asks for it, publication."""

    _inherit = "outsourcing.tender"

    def action_request_approval(self):
        """Ask another manager to approve the way of award."""
        self._require_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        for tender in self:
            tender._check_source_state("published")
            # sudo: sentences about the tender the person may write
            others = [
                point
                for point in tender.sudo()._get_missing_points("published")
                if point != tender._get_ask()
            ]
            if others:
                raise tender._get_refusal({tender: others})
            tender._gated().write({"requested_by_id": self.env.user.id})
            users = tender._get_responsible_users(self.env.user, MANAGER)
            tender._schedule_events(
                EVENT_APPROVAL,
                {
                    tender: {
                        "summary": self.env._("Approve the way of award: %s", tender.way_id.name),
                        "users": users[:1],
                    }
                },
            )

    def _get_ask(self):
        return self.env._("Another manager has to approve this way: ask for the approval first.")

    def action_publish(self):
        """Publish: eligible firms read it, and nothing of it changes any more."""
        self._transition_to("published")

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "published":
            vals |= {"date_published": fields.Datetime.now(), "approved_by_id": self.env.user.id}
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "published":
            self._close_events(EVENT_APPROVAL)
            self.env["outsourcing.tender.invitation"].create(
                [
                    {"tender_id": tender.id, "contractor_id": firm.id}
                    for tender in self
                    for firm in tender.invited_ids
                ]
            )
            for tender in self.filtered(lambda tender: not tender.date_opening):
                tender._gated().write({"date_opening": tender.date_deadline})

    def _close_events(self, *events):
        """Take away the activities that ask for ``events``, of all kinds if none is named."""
        kinds = [self.env.ref(event).id for event in events or EVENTS]
        activities = self.env["mail.activity"].sudo()  # of our own kinds, on records the step was allowed for
        activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "in", kinds),
            ]
        ).unlink()

    @api.model
    def _cron_openings(self):
        """Ask the responsible person to open what has reached its opening."""
        due = [
            ("state", "=", "published"),
            ("date_opening", "<=", fields.Datetime.now()),
            ("activity_ids", "not any", [("activity_type_id", "=", self.env.ref(EVENT_OPENING).id)]),
        ]
        self.search(due)._run_in_batches("_ask_for_opening", domain=[("state", "=", "published")])

    def _ask_for_opening(self):
        self._schedule_event(
            EVENT_OPENING, self.env._("The deadline has passed: open the bids, two people together")
        )
