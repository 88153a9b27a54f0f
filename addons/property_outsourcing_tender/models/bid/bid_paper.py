from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tender.tender_workflow import USER
from .outsourcing_bid import OPEN_STATES


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
        self._check_paper(lot, firm)
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

    @api.model
    def _check_paper(self, lot, firm):
        """Raise UserError unless an envelope of ``firm`` for ``lot`` may be recorded now."""
        tender = lot.tender_id
        if tender.state != "opened":
            raise UserError(
                self.env._("Bids on paper are recorded after the opening, before the evaluation.")
            )
        if lot.result != "open":
            raise UserError(self.env._("%s has failed: its bids stay closed.", lot.display_name))
        tender = tender.sudo()  # whom we asked, and what is opened already; the person reads the tender
        tender._take_turns()  # two who record the same envelope, or the last one
        known = tender._get_all_bids(OPEN_STATES)  # a draft, or what was withdrawn, is no bid
        if len(known.filtered("is_paper").contractor_id | firm) > tender.paper_count:
            raise UserError(
                self.env._("%s bids on paper were counted at the opening, no more.", tender.paper_count)
            )
        if tender.way_kind != "public" and firm not in tender.invitation_ids.contractor_id:
            raise UserError(self.env._("%s was not invited to this tender.", firm.display_name))
        if firm in known.filtered(lambda bid: bid.lot_id == lot).contractor_id:
            raise UserError(self.env._("%s has bid for this lot already.", firm.display_name))
        blockers = firm._get_tender_blockers(tender)
        if blockers:
            raise UserError("\n".join(blockers))

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


class OutsourcingTender(models.Model):
    """Envelopes on paper that were counted at the opening and never came do not stand in for bids."""

    _inherit = "outsourcing.tender"

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "evaluating":
            self.filtered("paper_count")._fail_thin_lots()

    def _fail_thin_lots(self):
        """Let the lots of ``self`` (in sudo) fail that have too few bids, those on paper counted."""
        bids = self._get_all_bids(OPEN_STATES)
        counts = Counter(bid.lot_id for bid in bids if not bid._get_open_addenda())
        for lot in self.lot_ids.filtered(lambda lot: lot.result == "open"):
            need = lot.way_id.min_bidders
            if counts[lot] < need:
                reason = self.env._("Fewer than %s bids, those on paper counted.", need)
                lot._gated().write({"result": "failed", "fail_reason": reason})
        self._end_without_lots()
