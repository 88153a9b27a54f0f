from odoo import api, models
from odoo.fields import Domain

from ..workflow.trade_time import trade_today


class OutsourcingContractDeliverable(models.Model):
    """What was not handed in by its date is a fact, once."""

    _inherit = "outsourcing.contract.deliverable"

    @api.model
    def _cron_record_late(self):
        """Record a fact for every deliverable that was not handed in by its date; the clauses follow."""
        domain = (
            Domain("is_late", "=", True)
            & Domain("date_late_recorded", "=", False)
            & Domain("contract_id.state", "=", "active")
        )
        self.search(domain)._run_in_batches("_process_late", domain=domain)

    def _process_late(self):
        """Record once that the deliverables ``self`` were not handed in by their date.

        Nobody is late with what was asked for only after its date.
        """
        self.env["outsourcing.fact"]._record(
            [
                item._prepare_due_fact(fact_type)
                for item in self
                if not item.is_late_born
                for fact_type in ("deliverable_due", "deliverable_late")
            ]
        )
        self._gated().write({"date_late_recorded": trade_today(self)})

    def _prepare_due_fact(self, fact_type):
        return {
            "fact_type": fact_type,
            "contract": self.contract_id,
            "source": self,
            "community": self.community_id,
            "milestone": self.milestone_id,
            "date": min(self.date_due, trade_today(self)),
        }

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "submitted":
            self._process_handed_in()

    def _process_handed_in(self):
        """Count the deliverables ``self`` as due, and as late where the schedule has not come by yet."""
        today = trade_today(self)
        late = self.filtered(
            lambda item: (
                item.date_due < today and not item.date_late_recorded and item.contract_id.state == "active"
            )
        )
        if late:
            late._process_late()
        facts = [item._prepare_due_fact("deliverable_due") for item in self - late if not item.is_late_born]
        self.env["outsourcing.fact"]._record(facts)
