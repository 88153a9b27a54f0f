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
                {
                    "fact_type": "deliverable_late",
                    "contract": item.contract_id,
                    "source": item,
                    "community": item.community_id,
                    "milestone": item.milestone_id,
                    "date": item.date_due,
                }
                for item in self
                if not item.is_late_born
            ]
        )
        self._gated().write({"date_late_recorded": trade_today(self)})
