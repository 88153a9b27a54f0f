from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..bid.outsourcing_bid import EFFECTIVE_STATES
from ..tender.tender_workflow import MANAGER

FINANCE = "property_outsourcing.group_outsourcing_finance"


class OutsourcingBidBond(models.Model):
    """After the opening: compared with the account, given back in time, or kept for a reason in writing."""

    _inherit = "outsourcing.bid.bond"

    def action_receive(self):
        """Confirm that the money was on the account, or the guarantee in hand, when the firm says it was."""
        self._transition_to("received")

    def action_return(self):
        """Note that the bond went back to the bidder today."""
        self._transition_to("returned")

    def action_miss(self):
        """Ask what was found, then exclude the bid whose bond did not arrive."""
        return self._ask_reason("miss", "missing")

    def action_forfeit(self):
        """Ask why the bond is kept, then keep it."""
        return self._ask_reason("forfeit", "forfeited")

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "miss": (self.env._("The bid bond did not arrive: exclude the bid"), "_miss"),
            "forfeit": (self.env._("Why is the bid bond forfeited?"), "_forfeit"),
        }

    def _miss(self, reason):
        self._transition_to("missing")
        self._gated().write({"reason": reason})
        self._exclude_bids(self.env._("The bid bond was not received: %s", reason))

    def _forfeit(self, reason):
        self._transition_to("forfeited")
        self._gated().write({"reason": reason})
        for bond in self.sudo():  # the step was allowed
            body = self.env._(
                "The bid bond of %(bond)s is forfeited: %(reason)s", bond=bond.display_name, reason=reason
            )
            bond.tender_id.message_post(body=body, subtype_xmlid="mail.mt_note")

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(*((MANAGER,) if target == "forfeited" else (FINANCE, MANAGER)))

    def _check_transition(self, target):
        super()._check_transition(target)
        if target not in ("received", "missing"):
            return
        for bond in self:
            if bond.tender_id.state != "opened" and not bond._is_released():
                raise UserError(self.env._("Bid bonds are checked after the opening, before the evaluation."))
            if target == "received" and bond.date_given > bond._get_last_day():
                raise UserError(
                    self.env._("%s: it was given after the deadline of the bids.", bond.display_name)
                )

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target) | {"decided_by_id": self.env.uid}
        if target == "received":
            vals["bond_date_received"] = self[:1].date_given
        if target == "returned":
            vals["bond_date_returned"] = trade_today(self)
        return vals

    def _split_for_transition(self, target):
        if target == "received":  # each on its own day
            return list(self.grouped("date_given").values())
        return super()._split_for_transition(target)

    def _after_transition(self, target):
        super()._after_transition(target)
        if target in ("returned", "forfeited", "missing"):
            self._close_return_events()

    def _exclude_bids(self, reason):
        """Exclude the bids of the firms of ``self`` for their lots; the rule excludes, not a person."""
        bids = self.env["outsourcing.bid"].sudo()  # opened bids of the bonds the step was allowed for
        for bond in self:
            own = [("lot_id", "=", bond.lot_id.id), ("contractor_id", "=", bond.contractor_id.id)]
            found = bids.search([*own, ("state", "in", EFFECTIVE_STATES)])
            if found:
                found._as_system()._exclude(reason)
