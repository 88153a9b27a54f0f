from odoo import api, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .card_workflow import PLAN


class OutsourcingCard(models.Model):
    """What time does to cards: proposals, terms that end, appeals and plans nobody looked after."""

    _inherit = "outsourcing.card"

    @api.model
    def _cron_propose(self):
        """Propose cards for the failures that have come to one."""
        streaks = self._search_streaks().values()
        firms = self.env["res.partner"].browse({streak.contractor_id for streak, _color in streaks})
        firms._run_in_batches("_propose_outsourcing_cards")

    @api.model
    def _cron_follow(self):
        """Close cards whose term is over, lift those whose appeal we left unanswered, remind of plans."""
        due = self._get_due_domain(trade_today(self))
        self.search(due)._run_in_batches("_process_due", domain=due)

    @api.model
    def _get_ended_domain(self, today):
        # a yellow card without a plan stands on: nothing was rectified
        return Domain([("state", "=", "issued"), ("date_until", "<", today)]) & (
            Domain("color", "=", "red") | Domain("date_plan", "!=", False)
        )

    @api.model
    def _get_due_domain(self, today):
        unanswered = Domain([("state", "=", "appealed"), ("answer_deadline", "<", today)])
        overdue = Domain(
            [
                ("color", "=", "yellow"),
                ("state", "=", "issued"),
                ("date_plan", "=", False),
                ("plan_deadline", "<", today),
                ("plan_reminded", "=", False),
            ]
        )
        return unanswered | overdue | self._get_ended_domain(today)

    def _process_due(self):
        """Do with the cards ``self`` what their day says."""
        today = trade_today(self)
        unanswered = self.filtered(lambda card: card.state == "appealed")
        ended = (self - unanswered).filtered_domain(self._get_ended_domain(today))
        overdue = self - unanswered - ended
        if unanswered:
            unanswered._as_system()._end("lifted", self.env._("The appeal was not answered in time."))
        if ended:
            ended._as_system()._end("closed", self.env._("The term of the card is over."))
        if overdue:
            overdue._gated().write({"plan_reminded": True})
            overdue._schedule_event(PLAN, self.env._("The plan of rectification is overdue"))
