from odoo import fields, models
from odoo.tools import SQL

from .outsourcing_bid import EFFECTIVE_STATES

STAFF = "base.group_user"


class OutsourcingTender(models.Model):
    """The bids as the reader may see them: not stored, not searchable, so nothing leads to sealed ones."""

    _inherit = "outsourcing.tender"

    bid_ids = fields.Many2many("outsourcing.bid", string="Bids", compute="_compute_bid_ids", groups=STAFF)
    bid_count = fields.Integer("Number of Bids", compute="_compute_bid_ids", groups=STAFF)

    def _compute_bid_ids(self):
        bids = self.env["outsourcing.bid"]
        found = bids.search([("tender_id", "in", self.ids)]) if bids.has_access("read") else bids
        by_tender = found.grouped("tender_id")
        for tender in self:
            tender.bid_ids = by_tender.get(tender._origin, bids)
            tender.bid_count = len(tender.bid_ids)

    def _get_all_bids(self, states=EFFECTIVE_STATES):
        """Return the opened bids of ``self`` (in sudo) in ``states``."""
        return self.env["outsourcing.bid"].search([("tender_id", "in", self.ids), ("state", "in", states)])

    def _take_turns(self):
        """Let whoever acts on ``self`` (in sudo) in the same moment meet in its row.

        Whoever comes second starts anew and sees the other. Nothing of the row changes, so it tells nothing.
        """
        self.env.execute_query(
            SQL("UPDATE outsourcing_tender SET state = state WHERE id IN %s RETURNING id", tuple(self.ids))
        )

    def action_view_bids(self):
        """Open the bids that are opened."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_tender.outsourcing_bid_action"
        )
        return {**action, "domain": [("tender_id", "=", self.id)], "context": {"search_default_group_lot": 1}}


class OutsourcingTenderLot(models.Model):
    _inherit = "outsourcing.tender.lot"

    bid_ids = fields.Many2many("outsourcing.bid", string="Bids", compute="_compute_bid_ids", groups=STAFF)

    def _compute_bid_ids(self):
        bids = self.env["outsourcing.bid"]
        found = bids.search([("lot_id", "in", self.ids)]) if bids.has_access("read") else bids
        by_lot = found.grouped("lot_id")
        for lot in self:
            lot.bid_ids = by_lot.get(lot._origin, bids)

    def _get_effective_bids(self):
        """Return the bids of ``self`` (in sudo) that count, best first."""
        bids = self.env["outsourcing.bid"].search(
            [("lot_id", "in", self.ids), ("state", "in", EFFECTIVE_STATES)]
        )
        return bids.sorted(lambda bid: (bid.lot_id.sequence, bid.lot_id.id, bid.rank or 10**9, bid.id))
