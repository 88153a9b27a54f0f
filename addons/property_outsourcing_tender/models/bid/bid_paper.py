from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tender.tender_workflow import USER


class OutsourcingBid(models.Model):
    """A bid on paper: recorded by one of us after the opening, confirmed against the paper by another."""

    _inherit = "outsourcing.bid"

    @api.model
    def _record_paper(self, lot, firm, prices, scan, vals=None):
        """Record the envelope of ``firm`` for ``lot``; it counts once another person has confirmed it.

        :param dict prices: item -> price per unit
        :param scan: (name, base64) of the signed paper
        :param dict vals: texts and ``validity_days``
        :return: the bid
        """
        tender = lot.tender_id
        tender._require_group(USER)
        tender.check_access("read")
        if tender.state != "opened":
            raise UserError(
                self.env._("Bids on paper are recorded after the opening, before the evaluation.")
            )
        if lot.result != "open":
            raise UserError(self.env._("%s has failed: its bids stay closed.", lot.display_name))
        known = tender.sudo().bid_ids  # opened already, like all of this tender
        if len(known.filtered("is_paper").contractor_id | firm) > tender.paper_count:
            raise UserError(
                self.env._("%s bids on paper were counted at the opening, no more.", tender.paper_count)
            )
        if firm in known.filtered(lambda bid: bid.lot_id == lot).contractor_id:
            raise UserError(self.env._("%s has bid for this lot already.", firm.display_name))
        blockers = firm._get_tender_blockers(tender)
        if blockers:
            raise UserError("\n".join(blockers))
        bid = self._gated().create(  # checked above
            {
                "validity_days": tender.bid_validity_days,
                "tax_rate": lot.service_type_id.tax_rate,
                **(vals or {}),
                "tender_id": tender.id,
                "lot_id": lot.id,
                "contractor_id": firm.id,
                "user_id": self.env.uid,
                "state": "opened",
                "is_paper": True,
                "hash_state": "paper",
                "date_submitted": tender.date_opened,
                "recorded_by_id": self.env.uid,
                "line_ids": [
                    Command.create({"item_id": item.id, "price_unit": prices.get(item, 0.0)})
                    for item in lot.item_ids
                ],
                "file_ids": [
                    Command.create({"kind": "letter", "name": scan[0], "content": scan[1], "is_open": True})
                ],
            }
        )
        return bid.with_env(self.env)

    def action_confirm_paper(self):
        """Confirm that what a colleague recorded is what the paper says."""
        self.check_access("read")
        self._require_group(USER)
        for bid in self:
            if not bid.is_paper or bid.confirmed_by_id or bid.state != "opened":
                raise UserError(self.env._("There is nothing on paper to confirm here."))
        self._require_other_person("recorded_by_id", group=USER)
        self._gated().write({"confirmed_by_id": self.env.uid})

    def _check_unconfirmed(self):
        """Raise UserError naming the bids of ``self`` (in sudo) nobody has confirmed against the paper."""
        waiting = self.filtered(lambda bid: bid.is_paper and not bid.confirmed_by_id)
        if waiting:
            names = ", ".join(waiting.contractor_id.mapped("name"))
            raise UserError(
                self.env._("Recorded from paper, not confirmed by a second person yet: %s.", names)
            )
