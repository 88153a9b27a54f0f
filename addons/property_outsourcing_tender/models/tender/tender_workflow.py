from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint

USER = "property_outsourcing.group_outsourcing_user"
MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingTender(models.Model):
    """The life of a tender and who takes which step."""

    _inherit = "outsourcing.tender"

    _frozen_fields = {
        state: {"*"} for state in ("published", "opened", "evaluating", "awarded", "failed", "cancelled")
    }
    _step_fields = ("requested_by_id", "opener_id")

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "published": ("draft",),
            "opened": ("published",),
            "evaluating": ("opened",),
            "awarded": ("evaluating",),
            "failed": ("published", "opened", "evaluating"),
            "cancelled": ("draft", "published", "opened", "evaluating"),
        }

    @api.model
    def _get_free_fields(self):
        return super()._get_free_fields() | {"manager_id", "internal_note"}

    def _check_actor(self, target):
        super()._check_actor(target)
        if target in ("published", "evaluating", "awarded", "failed", "cancelled"):
            self._require_group(MANAGER)
        else:
            self._require_group(USER)

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "published":
            asked = self.filtered(lambda tender: tender.needs_approval and tender.requested_by_id)
            asked._require_other_person("requested_by_id", group=MANAGER)

    def _get_awaited_steps(self):
        titles = {
            "draft": [("published", self.env._("Before publishing"))],
            "opened": [("evaluating", self.env._("Before the evaluation"))],
        }
        return super()._get_awaited_steps() + titles.get(self.state, [])

    # ---- what is missing --------------------------------------------------------------------------------

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "published":
            points += self._get_missing_papers() + self._get_missing_timetable() + self._get_missing_way()
        return points

    def _get_missing_papers(self):
        """Return what bidders could not price or would not be judged by."""
        points = []
        if not self.lot_ids:
            points.append(MissingPoint(self.env._("A tender has one lot at least."), self, page="lots"))
        for lot in self.lot_ids.filtered(lambda lot: not lot.item_ids):
            sentence = self.env._("%s: what is to be priced is missing.", lot.name)
            points.append(MissingPoint(sentence, self, page="lots"))
        if self.weight_total != 100:
            sentence = self.env._(
                "The points of the factors add up to %s, not to 100.", f"{self.weight_total:g}"
            )
            points.append(MissingPoint(sentence, self, page="criteria"))
        if len(self.criterion_ids.filtered(lambda factor: factor.kind == "price")) != 1:
            sentence = self.env._("One of the factors is the price, and only one.")
            points.append(MissingPoint(sentence, self, page="criteria"))
        technical = self.criterion_ids.filtered(lambda factor: factor.kind == "technical")
        if technical and not self.way_id.panel_size:
            sentence = self.env._(
                "%s has no panel: without one the price alone decides, with 100 points.", self.way_id.name
            )
            points.append(MissingPoint(sentence, self, page="criteria"))
        if not (self.contract_date_start and self.contract_date_end):
            sentence = self.env._("First and last day of the contract are missing.")
            points.append(MissingPoint(sentence, self, field="contract_date_start"))
        elif self.contract_date_end < self.contract_date_start:
            sentence = self.env._("A contract cannot end before it starts.")
            points.append(MissingPoint(sentence, self, field="contract_date_start"))
        return points

    def _get_missing_timetable(self):
        if not self.date_deadline:
            return [MissingPoint(self.env._("The deadline is missing."), self, field="date_deadline")]
        days = self.way_id.notice_days
        earliest = fields.Datetime.add(fields.Datetime.now(), days=days)
        if self.date_deadline < earliest:
            sentence = self.env._(
                "%(way)s leaves bidders %(days)s days at least: the deadline is too near.",
                way=self.way_id.name,
                days=days,
            )
            return [MissingPoint(sentence, self, field="date_deadline")]
        return []

    def _get_missing_way(self):
        """Return what the way of award asks for: firms to invite, a reason, another manager."""
        points, way = [], self.way_id
        if way.kind != "public" and len(self.invited_ids) < way.min_bidders:
            sentence = self.env._(
                "%(way)s: invite %(count)s firms at least.", way=way.name, count=way.min_bidders
            )
            direct = way.kind == "direct"
            point = {"field": "invited_ids"} if direct else {"page": "bidders"}
            points.append(MissingPoint(sentence, self, **point))
        if way.kind == "direct" and len(self.invited_ids) > 1:
            sentence = self.env._("A direct award is made to one firm.")
            points.append(MissingPoint(sentence, self, field="invited_ids"))
        for firm in self.invited_ids if way.kind != "public" else ():
            points += firm._get_tender_blockers(self)
        if self.needs_reason and not (self.reason or "").strip():
            due = self.due_way_id.name
            sentence = (
                self.env._("At this amount %s is due: write why another way is taken.", due)
                if due and due != way.name
                else self.env._("%s needs a reason in writing.", way.name)
            )
            points.append(MissingPoint(sentence, self, field="reason"))
        if self.needs_approval and not self.requested_by_id:
            sentence = self.env._("Another manager has to approve this way: ask for the approval first.")
            points.append(MissingPoint(sentence, self))
        return points

    # ---- ends -------------------------------------------------------------------------------------------

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "cancel": (self.env._("Cancel the tender"), "_cancel"),
            "fail": (self.env._("Declare the tender failed"), "_fail"),
        }

    def action_cancel(self):
        """Ask why the tender is given up, then give it up."""
        return self._ask_reason("cancel", "cancelled")

    def action_fail(self):
        """Ask why the tender has failed, then end it."""
        return self._ask_reason("fail", "failed")

    def _cancel(self, reason):
        self._end("cancelled", reason)

    def _fail(self, reason):
        self._end("failed", reason)

    def _end(self, target, reason):
        self._transition_to(target)
        self._gated().write({"end_reason": reason})
        self._close_events()
        self.sudo()._message_log_batch(dict.fromkeys(self.ids, reason))  # the step was allowed

    def action_second_round(self):
        """Draft the second round of a tender that failed or was given up: everything but the bids."""
        self.ensure_one()
        self._require_group(USER)
        if self.state not in ("failed", "cancelled"):
            raise UserError(self.env._("A second round follows a tender that failed or was cancelled."))
        second = self.copy({"title": self.env._("%s (second round)", self.title)})
        for file in self.attachment_ids:
            second.attachment_ids |= file.copy({"res_id": second.id})
        return self._get_shown_action(second)
