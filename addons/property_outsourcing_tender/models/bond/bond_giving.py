import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingBidBond(models.Model):
    """The firm tells until the deadline what it has deposited, with the proof."""

    _inherit = "outsourcing.bid.bond"

    def _get_last_day(self):
        """Return the day by which the bond has to be given (in sudo)."""
        self.ensure_one()
        return trade_day(self.tender_id, self.tender_id.date_deadline)

    @api.model
    def _give(self, bid, vals, proof):
        """Write what the firm of ``bid`` (in sudo) has deposited for its lot.

        :param dict vals: ``bond_kind``, ``bond_amount``, ``date_given`` and, of a guarantee, ``bond_number``
            and ``bond_date_valid``
        :param proof: (name, bytes) of the slip or the guarantee; None keeps the one there is
        """
        own = [("lot_id", "=", bid.lot_id.id), ("contractor_id", "=", bid.contractor_id.id)]
        bond = self.search(own)
        self._check_given(bid, vals, proof or bond.proof_name)
        if proof:
            vals = {**vals, "proof_name": proof[0][:200], "proof": base64.b64encode(proof[1])}
        if bond:
            bond.write(vals)
            return bond
        return self.create({**vals, "lot_id": bid.lot_id.id, "contractor_id": bid.contractor_id.id})

    @api.model
    def _check_given(self, bid, vals, proof):
        """Raise UserError that says all that is wrong with a bond for the lot of ``bid`` (in sudo)."""
        _, wrong, tender, asked = self.env._, [], bid.tender_id, bid.lot_id.bid_bond
        if bid.currency_id.compare_amounts(vals["bond_amount"], asked) < 0:
            wrong.append(_("The bid bond is %s at least.", format_money(bid, asked)))
        deadline = trade_day(tender, tender.date_deadline)
        if not vals["date_given"] or vals["date_given"] > deadline:
            wrong.append(_("Enter when the bid bond was paid or issued, not after the deadline."))
        if vals["bond_kind"] != "cash":
            until = fields.Date.add(deadline, days=tender.bid_validity_days)
            if not vals.get("bond_number"):
                wrong.append(_("Enter the number of the guarantee."))
            if not vals.get("bond_date_valid") or vals["bond_date_valid"] < until:
                wrong.append(_("The guarantee has to be valid as long as the bid, until %s.", until))
        if not proof:
            wrong.append(_("Add the scan of the payment slip or of the guarantee."))
        if wrong:
            raise UserError("\n".join(wrong))


class OutsourcingBid(models.Model):
    """A bid is handed in with its bond, and counts with it only."""

    _inherit = "outsourcing.bid"

    def _get_bond(self):
        """Return the bid bond given for ``self`` (in sudo)."""
        self.ensure_one()
        return self._map_bonds().get((self.lot_id, self.contractor_id), self.env["outsourcing.bid.bond"])

    def _map_bonds(self):
        """Return the bonds given for the lots of ``self`` (in sudo), a dict (lot, firm) -> bond."""
        bonds = self.env["outsourcing.bid.bond"].search([("lot_id", "in", self.lot_id.ids)])
        return {(bond.lot_id, bond.contractor_id): bond for bond in bonds}

    def _portal_give_bond(self, vals, proof):
        """Tell what the acting firm has deposited for its bid; see ``outsourcing.bid.bond._give``."""
        self.ensure_one()
        self._require_contractor()
        bid = self.sudo()  # checked above
        self._check_open(bid.tender_id)
        if bid.state not in ("draft", "submitted") or not bid.lot_id.bid_bond:
            raise UserError(self.env._("No bid bond is asked for here."))
        bid._meet_opening()
        self.env["outsourcing.bid.bond"]._gated()._give(bid, vals, proof)

    def _get_missing_content(self):
        points = super()._get_missing_content()
        if self.lot_id.bid_bond and not self._get_bond():
            sentence = self.env._("The bid bond of %s is missing.", format_money(self, self.lot_id.bid_bond))
            points = [*points, MissingPoint(sentence)]
        return points
