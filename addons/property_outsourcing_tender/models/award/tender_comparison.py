from odoo import models

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

from ..bid.outsourcing_bid import OPEN_STATES


class OutsourcingTender(models.Model):
    """The bids side by side: what the report, the workbook and the minutes show."""

    _inherit = "outsourcing.tender"

    def _get_comparison(self):
        """Return the bids of every lot side by side, for whoever may read the tender.

        :return: list of dicts: ``lot``, ``bids`` (best first, excluded ones last), ``items`` (list of dicts
            with ``item``, ``prices`` {bid id: price per unit}, ``lowest`` and ``highest``)
        """
        self.ensure_one()
        self.check_access("read")
        tender = self.sudo()  # access to the tender was checked in the line above
        return [tender._get_lot_comparison(lot) for lot in tender.lot_ids]

    def _get_lot_comparison(self, lot):
        bids = self.env["outsourcing.bid"].search([("lot_id", "=", lot.id), ("state", "in", OPEN_STATES)])
        bids = bids.sorted(lambda bid: (bid.rank or 10**9, bid.id))
        items = []
        for item in lot.item_ids:
            lines = bids.line_ids.filtered(lambda line, i=item: line.item_id == i and line.is_open)
            prices = {line.bid_id.id: line.price_unit for line in lines}
            valid = {line.price_unit for line in lines if line.bid_id.state != "disqualified"}
            several = len(valid) > 1  # no bid is dear beside one that does not count
            items.append(
                {
                    "item": item,
                    "prices": prices,
                    "lowest": several and min(valid),
                    "highest": several and max(valid),
                }
            )
        return {"lot": lot, "bids": bids, "items": items}

    def _get_minutes(self):
        """Return what the minutes of the opening say, a list of dicts for each lot with its bids."""
        self.ensure_one()
        self.check_access("read")
        tender = self.sudo()  # access to the tender was checked in the line above
        return [
            {
                "lot": lot,
                "bids": self.env["outsourcing.bid"]
                .sudo()
                .search(  # opened ones of the tender just checked
                    [("lot_id", "=", lot.id), ("state", "in", OPEN_STATES)], order="date_submitted, id"
                ),
            }
            for lot in tender.lot_ids
        ]

    def _format_moment(self, moment):
        """Return ``moment`` as the company's clock shows it; papers are read by others than their printer."""
        return format_moment(self, moment)

    def _get_panel_names(self):
        """Return the members of the panel with what they declared, a list of (name, role, declaration)."""
        self.ensure_one()
        labels = dict(self.panelist_ids._fields["declaration"]._description_selection(self.env))
        return [
            (self._name_of(member.user_id), member.role or "", labels[member.declaration])
            for member in self.sudo().panelist_ids  # names of the panel, for whoever reads the tender
        ]
