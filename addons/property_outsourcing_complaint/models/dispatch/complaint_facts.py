from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day

from ..complaint.complaint_repeat import COUNTED_KINDS


class OutsourcingComplaint(models.Model):
    """What the work of a contractor came to in the residents' eyes, for scorecards and clauses."""

    _inherit = "outsourcing.complaint"

    def write(self, vals):
        result = super().write(vals)
        if {"judgement", "contract_id"} & set(vals):
            self.sudo()._record_judgement()  # facts follow from what was allowed to be written
        return result

    def _after_transition(self, target):
        super()._after_transition(target)
        told = {}
        for complaint in self._get_contractors_work():
            if target == "done":
                hours = complaint.hours_to_finish
                told |= complaint._tell_fact("complaint_handled", complaint.date_done)
                told |= complaint._tell_fact("complaint_finish_hours", complaint.date_done, value=hours)
                for code, holds in (
                    ("complaint_late", complaint.is_late),
                    ("complaint_repeated", complaint.is_repeated),
                ):
                    fact = complaint._tell_fact(code, complaint.date_done)
                    told |= fact if holds else dict.fromkeys(fact)
            elif target == "confirmed":
                told |= complaint._tell_fact("complaint_confirmed", complaint.date_confirmed)
        if told:
            reason = self.env._("It was returned and done again.")
            self.env["outsourcing.fact"]._keep_true(told, reason)

    def _get_contractors_work(self):
        """Return those of ``self`` a contractor has done; what own staff did counts for and against none."""
        return self.filtered(lambda complaint: complaint.contract_id and not complaint.own_user_id)

    def _tell_fact(self, fact_type, moment, **details):
        """Return the fact as ``outsourcing.fact._keep_true`` takes it: dict key -> details."""
        key = f"{fact_type}:{self._name}:{self.id}"
        return {key: self._prepare_fact(fact_type, moment, **details)}

    def _record_returns(self):
        result = super()._record_returns()
        self.env["outsourcing.fact"]._record(
            [
                complaint._prepare_fact(
                    "complaint_returned",
                    complaint.date_returned,
                    key=f"complaint_returned:{complaint._name}:{complaint.id}:{complaint.return_count}",
                )
                for complaint in self.sudo()._get_contractors_work()  # as in _confirm
            ]
        )
        return result

    def _confirm(self, by, stars=0, comment=None):
        result, told = super()._confirm(by, stars, comment), {}
        for complaint in self.sudo()._get_contractors_work():  # facts follow from the step that was allowed
            given = float(complaint.stars)
            fact = complaint._tell_fact("complaint_stars", complaint.date_confirmed, value=given)
            told |= fact if given else dict.fromkeys(fact)
        if told:
            reason = self.env._("It was returned and done again.")
            self.env["outsourcing.fact"]._keep_true(told, reason)
        return result

    def _record_judgement(self):
        """Bring the facts about justified complaints in line with what staff says today."""
        told = {}
        for complaint in self:
            fact = complaint._tell_fact("complaint", complaint.date_received)
            counts = complaint.judgement == "justified" and complaint.contract_id
            told |= fact if counts and complaint.kind in COUNTED_KINDS else dict.fromkeys(fact)
        reason = self.env._("The complaint is judged otherwise.")
        self.env["outsourcing.fact"]._keep_true(told, reason)

    def _prepare_fact(self, fact_type, moment, **details):
        return {
            "fact_type": fact_type,
            "contract": self.contract_id,
            "source": self,
            "community": self.community_id,
            "priority": self.priority,
            "date": trade_day(self, moment),
            **details,
        }
