from odoo import api, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today


class OutsourcingSurveyRound(models.Model):
    """Every night: what has ended is counted, what is running is mixed."""

    _inherit = "outsourcing.survey.round"

    @api.model
    def _cron_count(self):
        """Count the rounds whose last day has passed, and mix the answers of the others."""
        today = trade_today(self)
        ended = [("state", "=", "running"), ("date_to", "<", today)]
        self.search(ended)._run_in_batches("_process_end", domain=ended)
        running = [("state", "=", "running"), ("date_to", ">=", today)]
        self.search(running)._run_in_batches("_mix_answers", domain=running)

    def _process_end(self):
        """Count ``self``, which nobody can vote in any more."""
        self._as_system()._transition_to("counted")
