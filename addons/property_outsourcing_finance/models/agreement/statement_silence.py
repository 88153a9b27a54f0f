from odoo import api, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..settlement.settlement_workflow import MANAGER
from .statement_answer import DISPUTE, OPEN


class OutsourcingSettlement(models.Model):
    """Silence has the outcome the company has set: consent, or a manager who decides."""

    _inherit = "outsourcing.settlement"

    def _silence(self):
        """Return what silence of the contractor means for this settlement: open, confirmed or manager."""
        return self.company_id._get_outsourcing_setting("outsourcing_statement_silence")

    @api.model
    def _get_silent_domain(self):
        return (
            Domain("state", "in", OPEN)
            & Domain("statement_state", "=", "waiting")
            & Domain("statement_deadline", "<", trade_today(self))
            & Domain("company_id.outsourcing_statement_silence", "in", ("confirmed", "manager"))
        )

    @api.model
    def _cron_statement_silence(self):
        """Take the silence of contractors for what their companies have set."""
        domain = self._get_silent_domain()
        self.search(domain)._run_in_batches("_process_statement_silence", domain=domain)

    def _settle_silence(self):
        """Deal with what of ``self`` is silent by now: the schedule may come only tonight."""
        self.filtered_domain(self._get_silent_domain())._process_statement_silence()

    def _process_statement_silence(self):
        """Confirm the statements ``self``, or ask a manager, as the companies have set it."""
        deemed = self.filtered(lambda settlement: settlement._silence() == "confirmed")
        deemed._gated().write({"statement_state": "deemed"})
        body = self.env._("The statement counts as confirmed: the contractor has not answered in time.")
        deemed.sudo()._message_log_batch(dict.fromkeys(deemed.ids, body))  # a note of the schedule
        left = self - deemed
        left._gated().write({"statement_state": "silent"})
        summary = self.env._("Decide: the contractor has not answered the statement")
        deciders = left._map_responsible_users(group=MANAGER)
        left._schedule_events(
            DISPUTE, {settlement: {"summary": summary, "users": deciders[settlement]} for settlement in left}
        )
