from odoo import api, models
from odoo.exceptions import UserError

from ..tender.tender_workflow import MANAGER


class OutsourcingBid(models.Model):
    """A bid is excluded with a reason, in writing, before the award."""

    _inherit = "outsourcing.bid"

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"exclude": (self.env._("Exclude the bid"), "_exclude")}

    def action_exclude(self):
        """Ask why the bid is not valid, then exclude it."""
        return self._ask_reason("exclude", "disqualified")

    def _exclude(self, reason):
        self._transition_to("disqualified")
        bids = self._gated()  # the step was allowed
        bids.write(bids._prepare_exclusion_vals(reason))
        ranked = bids.tender_id.filtered(
            lambda tender: tender.date_prices_opened and tender.state == "evaluating"
        )
        bids.lot_id.filtered(lambda lot: lot.tender_id in ranked)._rank_bids()
        for bid in bids:
            text = self.env._(
                "%(bidder)s is excluded: %(reason)s", bidder=bid.contractor_id.name, reason=reason
            )
            bid.tender_id.message_post(body=text, subtype_xmlid="mail.mt_note")

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "disqualified" and any(bid.tender_id.state == "awarded" for bid in self):
            raise UserError(
                self.env._("After the award a bid leaves by the refusal of the winner, or an objection.")
            )

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "disqualified":
            self._require_group(MANAGER)
