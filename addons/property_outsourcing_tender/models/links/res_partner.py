from odoo import fields, models

from ..bid.outsourcing_bid import OPEN_STATES


class ResPartner(models.Model):
    """What a firm has bid for, as far as it is opened."""

    _inherit = "res.partner"

    outsourcing_bid_count = fields.Integer(
        "Number of Bids", compute="_compute_outsourcing_bid_count", groups="base.group_user"
    )
    outsourcing_bid_won_count = fields.Integer(
        "Bids Won", compute="_compute_outsourcing_bid_count", groups="base.group_user"
    )

    def _compute_outsourcing_bid_count(self):
        bids = self.env["outsourcing.bid"]
        counts = {}
        if bids.has_access("read"):
            domain = [("contractor_id", "in", self.ids), ("state", "in", OPEN_STATES)]
            counts = {
                (firm.id, state): count
                for firm, state, count in bids._read_group(domain, ["contractor_id", "state"], ["__count"])
            }
        for firm in self:
            own = {state: count for (firm_id, state), count in counts.items() if firm_id == firm._origin.id}
            firm.outsourcing_bid_count = sum(own.values())
            firm.outsourcing_bid_won_count = own.get("awarded", 0)

    def action_view_outsourcing_bids(self):
        """Open the bids of the firm that are opened."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_tender.outsourcing_bid_action"
        )
        return {**action, "domain": [("contractor_id", "in", self.ids)], "context": {}}
