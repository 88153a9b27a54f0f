from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoints

from ..tender.tender_workflow import MANAGER


class OutsourcingTenderLot(models.Model):
    """Who won the lot, who is next, and what happens when the winner does not sign."""

    _inherit = "outsourcing.tender.lot"

    awarded_bid_id = fields.Many2one(
        "outsourcing.bid",
        "Winning Bid",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    contractor_id = fields.Many2one(
        "res.partner", "Winner", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    bidder_count = fields.Integer("Bids Opened", readonly=True, copy=False, groups="base.group_user")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"awarded_bid_id", "contractor_id", "bidder_count"}

    def _award(self, bid):
        """Award the lot ``self`` (in sudo) to ``bid``; the others of it have lost."""
        self.ensure_one()
        others = self._get_effective_bids() - bid
        bid._gated().write({"state": "awarded"})
        others._gated().write({"state": "lost"})
        self._gated().write(
            {
                "result": "awarded",
                "awarded_bid_id": bid.id,
                "contractor_id": bid.contractor_id.id,
                "amount_awarded": bid.amount_total,
                "bidder_count": len(others) + 1,
            }
        )

    def action_winner_refused(self):
        """Ask why the winner does not sign, then pass the lot on to the next bidder."""
        self.ensure_one()
        return self.awarded_bid_id.action_winner_refused()

    def _get_followers(self):
        """Return the ranked bids of ``self`` (in sudo) whose firms may win one more lot, best first."""
        self.ensure_one()
        tender = self.tender_id
        won = Counter(lot.contractor_id for lot in tender.lot_ids - self)
        return self._get_effective_bids().filtered(
            lambda bid: bid.rank and (not tender.max_lots or won[bid.contractor_id] < tender.max_lots)
        )

    def _pass_on(self, reason):
        """Exclude the winner of ``self`` (in sudo) for ``reason``; the next of the ranking wins the lot."""
        self.ensure_one()
        winner = self.awarded_bid_id
        follower = self._get_followers().filtered(lambda bid: bid != winner)[:1]
        if not follower:
            raise UserError(self.env._("%s: no other bid is left; nothing was changed.", self.name))
        points = self.tender_id._get_winner_points(follower)
        if points:
            raise MissingPoints("\n".join(points), points)
        winner._gated().write(winner._prepare_exclusion_vals(reason))
        self._award(follower)
        self.tender_id._start_publicity()


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    awaits_contract = fields.Boolean(compute="_compute_awaits_contract", groups="base.group_user")

    @api.depends("state", "lot_id.contract_id")
    def _compute_awaits_contract(self):
        for bid in self:
            lot = bid.lot_id.sudo()  # whether a contract hangs on it
            bid.awaits_contract = bid.state == "awarded" and not lot.contract_id

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "refused": (self.env._("The winner does not sign"), "_refuse_award")
        }

    def action_winner_refused(self):
        """Ask why the winner does not sign, then pass the lot on to the next bidder."""
        self._check_may_pass_on()
        return self._ask_reason("refused", "lost")

    def _check_may_pass_on(self):
        for bid in self:
            bid.check_access("read")
            bid._require_group(MANAGER)
            lot = bid.lot_id.sudo()  # whether a contract hangs on it
            if bid.state != "awarded" or lot.contract_id:
                raise UserError(self.env._("%s has no award that waits for its contract.", bid.display_name))

    def _refuse_award(self, reason):
        self._check_may_pass_on()
        for bid in self.sudo():  # checked above
            bid.lot_id._pass_on(reason)
