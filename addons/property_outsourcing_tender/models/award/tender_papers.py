from odoo import models

from ..bid.outsourcing_bid import OPEN_STATES


class OutsourcingTender(models.Model):
    """Minutes, comparison and notices keep the names of the day: of the opening, then what is added later."""

    _inherit = "outsourcing.tender"

    _unsigned_states = ("draft", "published")

    def _get_signed_parties(self):
        self.ensure_one()
        return {"client": self.company_id.partner_id}

    def _get_signed_records(self):
        bids = self._ask_together("_map_opened_bids").get(self, self.env["outsourcing.bid"])
        return [*super()._get_signed_records(), bids.contractor_id, self.panelist_ids.user_id]

    def _map_opened_bids(self):
        return self._get_all_bids(OPEN_STATES).grouped("tender_id")  # sealed ones leave no name

    def _after_transition(self, target):
        super()._after_transition(target)
        if target not in self._unsigned_states:
            self._keep_signed()  # once more: bids are opened and lots awarded by the step itself
            self._get_all_bids(OPEN_STATES)._keep_signed()
