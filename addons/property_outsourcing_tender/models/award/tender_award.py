from collections import Counter
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingTender(models.Model):
    """The award: the first of the ranking wins its lot; all bidders learn it and may object for some days."""

    _inherit = "outsourcing.tender"

    def action_award(self):
        """Award every lot to the first of its ranking, publish it, and end the tender."""
        self._transition_to("awarded")

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "awarded" and self.date_prices_opened:
            if not any(lot.result == "open" for lot in self.lot_ids):
                points.append(
                    MissingPoint(self.env._("Every lot has failed: declare the tender failed."), self)
                )
            winners = self.env["outsourcing.bid"].union(*self._get_winners().values())
            points += self._get_winner_points(winners)
        return points

    def _get_winner_points(self, bids):
        """Return what keeps ``bids`` (in sudo) from winning, now or later. Hook: add to super's."""
        firms = bids.contractor_id.with_company(self.company_id)  # whichever company the manager looks at
        asked = firms._with_asked_service(self.service_type_id)
        return [point for firm in asked for point in firm._get_contractor_blockers("award")]

    def _get_winners(self):
        """Return a dict lot -> winning bid of ``self`` (in sudo), no bidder above its number of lots."""
        self.ensure_one()
        won, winners = Counter(), {}
        for lot in self.lot_ids.filtered(lambda lot: lot.result == "open"):
            for bid in lot._get_effective_bids().filtered("rank"):
                if not self.max_lots or won[bid.contractor_id] < self.max_lots:
                    winners[lot] = bid
                    won[bid.contractor_id] += 1
                    break
        return winners

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "awarded":
            vals |= {"date_awarded": fields.Datetime.now(), "awarded_by_id": self.env.user.id}
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "awarded":
            for tender in self:
                winners = tender._get_winners()
                for lot, bid in winners.items():
                    lot._award(bid)
                for lot in tender.lot_ids.filtered(lambda lot: lot.result == "open"):
                    reason = self.env._("No bidder may win another lot.")
                    lot._gated().write({"result": "failed", "fail_reason": reason})
                tender._start_publicity()

    def _start_publicity(self):
        """Let bidders object from today on (in sudo), for as long as the way of award says."""
        days = self.way_id.publicity_days
        end = trade_today(self) + timedelta(days=days) if days else False
        self._gated().write({"date_publicity_end": end})
        names = [
            f"{lot.name} · {lot.awarded_bid_id.contractor_id.name}"
            for lot in self.lot_ids
            if lot.result == "awarded"
        ]
        body = self.env._("Awarded: %s", join_names(self.env, names))
        self.message_post(body=body, subtype_xmlid="mail.mt_note")

    def _is_publicity_running(self):
        """Return whether bidders may still object: the last day counts in full, by the company's calendar."""
        self.ensure_one()
        tender = self.sudo()  # a day that every bidder is told
        end = tender.date_publicity_end
        return tender.state == "awarded" and bool(end) and trade_today(tender) <= end

    def _check_final(self):
        """Raise UserError while the award of ``self`` (in sudo) may still be objected to."""
        if self.state != "awarded":
            raise UserError(self.env._("%s is not awarded yet.", self.display_name))
        if self._is_publicity_running():
            raise UserError(
                self.env._(
                    "Bidders may object until %s; the contract follows afterwards.", self.date_publicity_end
                )
            )
