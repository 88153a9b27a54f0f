import base64

from odoo import fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import join_names

from ..tender.tender_workflow import USER

STAFF = "base.group_user"


class OutsourcingTender(models.Model):
    """Bids count with their bond: at the opening with its proof, in the evaluation once it was checked."""

    _inherit = "outsourcing.tender"

    bond_ids = fields.Many2many(
        "outsourcing.bid.bond", string="Bid Bonds", compute="_compute_bond_ids", groups=STAFF
    )

    def _compute_bond_ids(self):
        bonds = self.env["outsourcing.bid.bond"]
        found = bonds.search([("tender_id", "in", self.ids)]) if bonds.has_access("read") else bonds
        by_tender = found.grouped("tender_id")
        for tender in self:
            tender.bond_ids = by_tender.get(tender._origin, bonds)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "evaluating":
            bonds = self.env["outsourcing.bid.bond"].search(
                [("tender_id", "=", self.id), ("lot_id.result", "=", "open"), ("state", "=", "given")]
            )
            names = dict.fromkeys(bonds.contractor_id.mapped("name"))
            if names:
                sentence = self.env._(
                    "The bid bonds of these firms are not checked yet: %s.", join_names(self.env, names)
                )
                points.append(MissingPoint(sentence, self, page="bonds"))
        return points

    def _after_transition(self, target):
        if target == "evaluating":
            self._fail_short_lots()
            running = self.filtered(lambda tender: tender.state == "evaluating")
            return super(OutsourcingTender, running)._after_transition(target)
        return super()._after_transition(target)

    def _fail_short_lots(self):
        """Fail the lots of ``self`` (in sudo) that have too few bids left with a bond."""
        for tender in self.filtered("has_bid_bond"):
            need = tender.way_id.min_bidders
            for lot in tender.lot_ids.filtered(lambda lot: lot.bid_bond and lot.result == "open"):
                bids = lot._get_effective_bids()
                if len(bids) < need:
                    reason = self.env._("Fewer than %s bids with a bid bond.", need)
                    bids._gated().write(bids._prepare_exclusion_vals(reason))
                    lot._gated().write({"result": "failed", "fail_reason": reason})
            tender._end_without_lots()


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    def _find_void(self):
        void, bonds = super()._find_void(), self._map_bonds()
        for bid in self.filtered("lot_id.bid_bond"):
            if (bid.lot_id, bid.contractor_id) not in bonds:
                void.setdefault(bid, []).append(self.env._("There is no bid bond."))
        return void

    def _record_paper_bond(self, vals, proof):
        """Record the bond that came with the bid on paper ``self``; without one the bid is excluded.

        A bond the firm gave in the portal before is one; what was checked already stays as it is.

        :param dict vals: see ``outsourcing.bid.bond._give``; empty: none came
        :param proof: (name, base64) of the scan
        """
        self.ensure_one()
        self.tender_id._require_group(USER)
        bid = self._gated()  # just recorded by the acting person
        if not bid.lot_id.bid_bond:
            return
        state = bid._get_bond().state
        if vals and state in (False, "given"):
            bonds = self.env["outsourcing.bid.bond"]._gated()
            bonds._give(bid, vals, (proof[0], base64.b64decode(proof[1])))
        elif state not in ("given", "received"):
            bid.write(bid._prepare_exclusion_vals(self.env._("There is no bid bond.")))
