from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment
from odoo.addons.property_outsourcing.tools import format_money

from ..tender.tender_publication import EVENT_DECLARE, EVENT_OPENING
from ..tender.tender_workflow import USER


class OutsourcingTender(models.Model):
    """The opening: one person is ready, another opens. Until then nobody reads anything."""

    _inherit = "outsourcing.tender"

    paper_count = fields.Integer(
        "Bids on Paper",
        copy=False,
        help="Closed envelopes on the table, counted by the two who open; recorded after the opening.",
    )

    @api.constrains("paper_count")
    def _check_paper_count(self):
        if any(tender.paper_count < 0 for tender in self):
            raise ValidationError(self.env._("The number of bids on paper cannot be negative."))

    def action_ready_to_open(self):
        """Stand by as the first of two who open."""
        for tender in self:
            tender._check_may_open()
            tender._gated().write({"opener_id": self.env.user.id})

    def action_open(self):
        """Open the bids of every lot that has enough of them, as the second person."""
        for tender in self:
            tender._check_may_open()
            if not tender.opener_id:
                raise UserError(self.env._("Two people open: the first presses Ready to Open."))
        self._transition_to("opened")

    def _check_may_open(self):
        self.ensure_one()
        self._require_group(USER)
        self.check_access("read")
        self._check_source_state("opened")
        opening = self.date_opening or self.date_deadline
        if fields.Datetime.now() < opening:
            raise UserError(
                self.env._("The bids are opened on %s, not before.", format_moment(self, opening))
            )

    def _check_duties(self, step):
        super()._check_duties(step)
        if step == "opened":
            self.filtered("opener_id")._require_other_person("opener_id", group=USER)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "opened":
            for tender in self:
                if fields.Datetime.now() < (tender.date_opening or tender.date_deadline):
                    raise UserError(self.env._("Bids are not opened before their deadline."))
                if not tender.opener_id:
                    raise UserError(self.env._("Two people open: the first presses Ready to Open."))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "opened":
            vals |= {"date_opened": fields.Datetime.now(), "second_opener_id": self.env.user.id}
        return vals

    @api.model
    def _get_open_states(self):
        return super()._get_open_states() | {"paper_count": ("published",)}

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "opened":
            self._close_events(EVENT_OPENING)
            for tender in self:
                tender._open_bids()

    def _open_bids(self):
        """Open the bids of ``self`` (in sudo), lot by lot; too few of one lot stay sealed."""
        self.ensure_one()
        bids = self.env["outsourcing.bid"].search([("tender_id", "=", self.id), ("state", "=", "submitted")])
        by_lot, need = bids.grouped("lot_id"), self.way_id.min_bidders
        for lot in self.lot_ids:
            envelopes = by_lot.get(lot, bids.browse())
            void = envelopes._find_void()
            if len(envelopes) - len(void) + self.paper_count < need:
                reason = self.env._("Fewer than %s bids: they were not opened.", need)
                lot._gated().write({"result": "failed", "fail_reason": reason})
            else:
                envelopes._unseal()
                for bid, reasons in void.items():
                    bid._gated().write(bid._prepare_exclusion_vals("\n".join(reasons)))
        if not self._end_without_lots():
            self._follow_opening()

    def _end_without_lots(self):
        """Let the tenders of ``self`` (in sudo) fail whose lots have all failed; return these tenders."""
        over = self.filtered(lambda tender: all(lot.result == "failed" for lot in tender.lot_ids))
        over._gated().write({"state": "failed", "end_reason": self.env._("No lot had enough bids.")})
        over._close_events()
        return over

    def _follow_opening(self):
        """Go on after the opening (in sudo): the panel declares its interests. Hook: call super."""
        self.ensure_one()
        self._ask_panel()

    def _ask_panel(self):
        """Ask the members of the panel (in sudo) who have not declared their interests yet to do so."""
        pending = self.panelist_ids.filtered(lambda member: member.declaration == "pending")
        members = pending.user_id
        if self.way_id.panel_size and members:
            summary = self.env._("You are on the panel: declare your interests")
            self._schedule_events(EVENT_DECLARE, {self: {"summary": summary, "users": members}})


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    def _unseal(self):
        """Open ``self`` (in sudo): names and technical parts; prices follow when nothing waits for them."""
        same = self.filtered(lambda bid: bid._is_as_submitted())
        same._gated().write({"state": "opened", "hash_state": "same"})
        (self - same)._gated().write({"state": "opened", "hash_state": "changed"})
        files = self.file_ids.filtered(lambda file: file.kind != "price" and not file.is_open)
        files._gated().write({"is_open": True})

    def _unseal_prices(self):
        """Open the prices of ``self`` (in sudo); one that is not valid is excluded with its reason."""
        self.line_ids._gated().write({"is_open": True})
        self.file_ids._gated().write({"is_open": True})
        for bid in self:
            total, ceiling = bid._get_quote(), bid.lot_id.ceiling
            vals = {"has_price": True, "amount_total": total}
            if total <= 0:
                vals |= bid._prepare_exclusion_vals(self.env._("No price was offered."))
            elif ceiling and bid.currency_id.compare_amounts(total, ceiling) > 0:
                vals |= bid._prepare_exclusion_vals(
                    self.env._("The quote is above the ceiling price of %s.", format_money(bid, ceiling))
                )
            bid._gated().write(vals)

    def _prepare_exclusion_vals(self, reason):
        none = dict.fromkeys(("rank", "score_price", "score_bonus", "score_total"), 0)
        return {"state": "disqualified", "disqualify_reason": reason, **none}
