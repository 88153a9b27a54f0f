from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES, join_names

EVENT_BOND = "property_outsourcing_tender.activity_type_bid_bond"
EVENT_DECISION = "property_outsourcing_tender.activity_type_bid_bond_decision"
NOTICE_DAYS = 2
WAITING_STATES = ("given", "received")  # where a tender fails, nobody may have checked them
OVER_STATES = (*RUNNING_STATES, "completed", "closed", "terminated", "cancelled")


class OutsourcingBidBond(models.Model):
    """The bond goes back: to the others after the award, to the winner when its contract runs."""

    _inherit = "outsourcing.bid.bond"

    awaits_decision = fields.Boolean(
        "To Forfeit or Return", readonly=True, copy=False, help="Its firm won and did not sign the contract."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"awaits_decision"}

    @api.depends("tender_id.state", "lot_id.result", "lot_id.contractor_id", "lot_id.contract_id.state")
    def _compute_date_return_due(self):
        for bond in self:
            due = bond.date_return_due
            if not due and bond._is_released():
                due = trade_today(bond) + timedelta(days=bond.tender_id.way_id.bond_return_days)
            bond.date_return_due = due

    def _is_released(self):
        """Return whether nothing is secured by the bond (in sudo) any more."""
        self.ensure_one()
        lot = self.lot_id
        if self.tender_id.state in ("failed", "cancelled") or lot.result == "failed":
            return True
        if lot.result != "awarded":
            return False
        return lot.contractor_id != self.contractor_id or lot.contract_id.state in OVER_STATES

    @api.model
    def _cron_return_bonds(self):
        """Remind of bonds that have to go back within days, each once."""
        limit = trade_today(self) + timedelta(days=NOTICE_DAYS)
        due = [
            ("state", "in", WAITING_STATES), ("date_return_due", "<=", limit), ("date_noticed", "=", False)
        ]  # fmt: skip
        self.search(due)._run_in_batches("_remind_of_return", domain=due)

    def _remind_of_return(self):
        """Ask who looks after the tenders to return the bonds ``self`` in time."""
        asked = {}
        waiting = self | self._search_waiting().filtered("date_noticed")  # one reminder names them all
        for tender, bonds in waiting.grouped("tender_id").items():
            names = join_names(self.env, bonds.contractor_id.mapped("name"))
            asked[tender] = {
                "summary": self.env._("Return the bid bonds of %s", names),
                "date_deadline": min(bonds.mapped("date_return_due")),
            }
        self.tender_id._schedule_events(EVENT_BOND, asked)
        self._gated().write({"date_noticed": trade_today(self)})

    def _close_return_events(self):
        """Take the reminders away where no bond of the tenders of ``self`` is left to return or decide."""
        (self.tender_id - self._search_waiting().tender_id)._close_events(EVENT_BOND)
        decided = [("tender_id", "in", self.tender_id.ids), ("awaits_decision", "=", True)]
        waiting = self.search([*decided, ("state", "=", "received")])
        (self.tender_id - waiting.tender_id)._close_events(EVENT_DECISION)

    def _search_waiting(self):
        """Return the bonds (in sudo) of the tenders of ``self`` that have to go back."""
        return self.search(
            [
                ("tender_id", "in", self.tender_id.ids),
                ("state", "in", WAITING_STATES),
                ("date_return_due", "!=", False),
            ]
        )


class OutsourcingTenderLot(models.Model):
    _inherit = "outsourcing.tender.lot"

    def _pass_on(self, reason):
        bond = self.awarded_bid_id._get_bond().filtered(lambda bond: bond.state == "received")
        result = super()._pass_on(reason)
        # what was to go back to the one who wins now secures its bid again
        kept = self.awarded_bid_id._get_bond().filtered(lambda bond: bond.state in WAITING_STATES)
        kept._gated().write({"date_return_due": False, "date_noticed": False})
        if bond:
            bond._gated().write({"awaits_decision": True})
            summary = self.env._("The winner does not sign: is its bid bond forfeited or returned?")
            self.tender_id._schedule_events(EVENT_DECISION, {self.tender_id: {"summary": summary}})
        return result
