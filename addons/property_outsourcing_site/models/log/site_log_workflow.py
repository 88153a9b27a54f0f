from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_time
from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES


class OutsourcingSiteLog(models.Model):
    """Written by the contractor, reviewed by the property company, frozen in between."""

    _inherit = "outsourcing.site.log"

    _unsigned_states = ("draft", "returned")
    _frozen_fields = {
        "draft": ("user_id",),
        "submitted": ("*",),
        "reviewed": ("*",),
        "returned": ("user_id", "contract_id", "community_id", "date"),
    }

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "submitted": ("draft", "returned"),
            "reviewed": ("submitted",),
            "returned": ("submitted",),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_submitted", "submitted_by_id", "date_review_due", "date_reviewed", "reviewed_by_id",
            "is_deemed_reviewed", "is_paper", "date_handed_in",
        }  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_staff() or self.env.su:
            return super().create(vals_list)
        logs = super().create([{**vals, "user_id": self.env.uid} for vals in vals_list])
        # what staff enters comes from a sheet somebody else signed
        logs._gated().write({"is_paper": True})
        return logs

    def _check_may_add_evidence(self):
        super()._check_may_add_evidence()
        for log in self:
            log._check_author()

    @api.model
    def _get_open_states(self):
        # the reviewer writes the comment before pressing the button
        states = ("submitted",) if self._is_staff() else ()
        return {**super()._get_open_states(), "review_comment": states}

    def action_submit(self):
        """Hand in a log entered from paper on behalf of the contractor."""
        self._transition_to("submitted")

    def action_review(self):
        """Confirm that the log tells what happened."""
        self._transition_to("reviewed")

    def action_return(self):
        """Give the log back to its author, with a comment."""
        self._transition_to("returned")

    # ---- gate -------------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        if target != "submitted":
            self._require_staff()
        else:
            for log in self:
                log._check_author()

    def _check_author(self):
        """Raise AccessError unless the author acts: of the firm, or staff entering its paper."""
        self.ensure_one()
        log = self.sudo()  # author and paper mark only
        if log.user_id != self.env.user:
            raise AccessError(self.env._("Only the author of this log may change it or hand it in."))
        if not log.is_paper:
            self._check_firm(log.contractor_id)

    def _check_source_state(self, target):
        for log in self:
            if target == "submitted" and log.state in ("submitted", "reviewed"):
                log._raise_already_submitted(log.date_submitted, log.submitted_by_id)
        super()._check_source_state(target)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "returned" and not all((log.review_comment or "").strip() for log in self):
            raise UserError(self.env._("Write in the comment what has to be corrected."))

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "reviewed" and not self._is_system_actor():
            self._require_other_person("submitted_by_id", group="property_outsourcing.group_outsourcing_user")

    def _get_awaited_steps(self):
        if self.state not in ("draft", "returned"):
            return []
        return [("submitted", self.env._("Before it is submitted"))]

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target != "submitted":
            return points
        contract, name, missing = self.contract_id, self.name, []
        if contract.state not in RUNNING_STATES:
            sentence = self.env._("The contract %s is not active.", contract.display_name)
            points.append(MissingPoint(sentence, record=contract))
        if not (self.content or "").strip():
            missing.append((self.env._("%s is empty: write down what was done.", name), "content"))
        if not self.performer_ids and not self.headcount:
            missing.append((self.env._("%s: name who was on site, or how many.", name), "performer_ids"))
        if self.contract_kind == "works" and not self.weather:
            missing.append((self.env._("%s: a construction log states the weather.", name), "weather"))
        if not self.evidence_count and self.is_paper:
            missing.append((self.env._("%s: attach the scan of the signed sheet.", name), "evidence_ids"))
        elif not self.evidence_count:
            missing.append((self.env._("%s: add at least one photo.", name), "evidence_ids"))
        return points + [MissingPoint(sentence, record=self, field=field) for sentence, field in missing]

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        now = fields.Datetime.now()
        if target == "submitted":
            moment = act_time(self)
            days = self.company_id[:1].outsourcing_log_review_days
            due = trade_today(self) + timedelta(days=days)
            vals.update(date_submitted=moment, submitted_by_id=self.env.uid, date_review_due=due)
        elif self._is_system_actor():
            vals.update(date_reviewed=now, is_deemed_reviewed=True)
        else:
            vals.update(date_reviewed=now, reviewed_by_id=self.env.uid)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "submitted":
            self._seal_evidence()
            self._process_handed_in()
        elif target == "reviewed":
            self._record_visit_facts()

    def _process_handed_in(self):
        """Keep when the logs ``self`` (in sudo) were handed in first; a day judged without is so again."""
        first = self.filtered(lambda log: not log.date_handed_in)
        first._gated().write({"date_handed_in": act_time(self)})
        keys = {log.contract_id._get_log_key("log_due", log.date): log for log in first}
        judged = self.env["outsourcing.fact"].search([("unique_key", "in", list(keys))])
        days = {}
        for log in (keys[key] for key in judged.mapped("unique_key")):
            days.setdefault(log.contract_id, set()).add(log.date)
        self.env["outsourcing.contract"]._record_log_days(days)

    def _record_visit_facts(self):
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "visit_done",
                    "contract": log.contract_id,
                    "source": log,
                    "community": log.community_id,
                    "date": log.date,
                }
                for log in self
            ]
        )

    # ---- schedule ---------------------------------------------------------------------------------------

    @api.model
    def _get_review_lapsed(self, today):
        """Return the submitted logs nobody reviewed by the deadline."""
        return self.search(
            [("state", "=", "submitted"), ("date_review_due", "<", today)], order="date_review_due, id"
        )

    def _process_review_lapsed(self):
        """Let ``self`` count as reviewed, and say so."""
        self._as_system()._transition_to("reviewed")

    @api.model
    def _cron_review_lapsed(self):
        """Let the logs nobody reviewed in time count as reviewed."""
        lapsed = self._get_review_lapsed(trade_today(self))
        lapsed._run_in_batches("_process_review_lapsed", domain=[("state", "=", "submitted")])
