from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import join_names

from ..tender.outsourcing_tender_panelist import DECLARATIONS
from ..tender.tender_publication import EVENT_DECLARE, EVENT_PRICES, EVENT_SCORE
from ..tender.tender_workflow import MANAGER


class OutsourcingTender(models.Model):
    """The evaluation: the technical parts by the panel first, the prices afterwards."""

    _inherit = "outsourcing.tender"

    my_panelist_id = fields.Many2one(
        "outsourcing.tender.panelist", "My Seat on the Panel", compute="_compute_my_panelist_id"
    )
    my_declaration = fields.Selection(DECLARATIONS, compute="_compute_my_panelist_id")
    my_scores_in = fields.Datetime(compute="_compute_my_panelist_id")
    scores_are_in = fields.Boolean("Scores Complete", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"scores_are_in"}

    @api.depends_context("uid")
    def _compute_my_panelist_id(self):
        seats = self.env["outsourcing.tender.panelist"].search(
            [("tender_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        )
        by_tender = seats.grouped("tender_id")
        for tender in self:
            seat = by_tender.get(tender._origin, seats.browse())
            tender.my_panelist_id = seat
            tender.my_declaration = seat.declaration
            tender.my_scores_in = seat.date_handed_in

    def action_evaluate(self):
        """Begin the evaluation: score sheets for the panel, or the prices at once where there is none."""
        self._transition_to("evaluating")

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "evaluating":
            waiting = self._get_all_bids().filtered(lambda bid: bid.is_paper and not bid.confirmed_by_id)
            if waiting:
                names = join_names(self.env, waiting.contractor_id.mapped("name"))
                sentence = self.env._("Recorded from paper, not confirmed by a second person yet: %s.", names)
                points.append(MissingPoint(sentence, self, page="bids"))
            points += self._get_missing_panel() if self.way_id.panel_size else []
        if target == "awarded" and not self.date_prices_opened:
            points.append(MissingPoint(self.env._("The prices are not opened yet."), self))
        return points

    def _get_missing_panel(self):
        """Return what the panel lacks: members, an odd number of them, declarations."""
        points, members = [], self.panelist_ids
        judges = members.filtered(lambda member: member.declaration == "none")
        pending = members.filtered(lambda member: member.declaration == "pending")
        if pending:
            sentence = self.env._(
                "These members have not declared their interests yet: %s.",
                join_names(self.env, pending.mapped("display_name")),
            )
            points.append(MissingPoint(sentence, self, page="panel"))
        count, need = len(judges | pending), self.way_id.panel_size
        if count < need or count % 2 == 0:
            sentence = self.env._(
                "A panel has an odd number of members without an interest, %(need)s at least; this one has "
                "%(count)s.",
                need=need,
                count=count,
            )
            points.append(MissingPoint(sentence, self, page="panel"))
        return points

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "evaluating":
            self._close_events(EVENT_DECLARE)
            running = self.filtered(lambda tender: tender.state == "evaluating")  # not failed meanwhile
            paneled = running.filtered("way_id.panel_size")
            paneled._draw_up_sheets()
            (running - paneled)._open_prices()

    def _draw_up_sheets(self):
        """Create the score sheets of all members (in sudo), empty."""
        vals_list, asked = [], {}
        for tender in self:
            members = tender.panelist_ids.filtered(lambda member: member.declaration == "none")
            factors = tender.criterion_ids.filtered(lambda factor: factor.kind == "technical")
            vals_list += [
                {"bid_id": bid.id, "criterion_id": factor.id, "panelist_id": member.id}
                for bid in tender._get_all_bids().filtered(lambda bid: bid.lot_id.result == "open")
                for factor in factors
                for member in members
            ]
            summary = self.env._("Score the bids on your own sheet and hand it in")
            asked[tender] = {"summary": summary, "users": members.user_id}
        self.env["outsourcing.bid.score"]._gated().create(vals_list)
        self._schedule_events(EVENT_SCORE, asked)
        for tender in self.filtered(
            lambda tender: all(factor.kind == "price" for factor in tender.criterion_ids)
        ):
            tender._finish_scores()

    def _reveal_scores(self):
        """Show the scores of ``self`` (in sudo) once all members have handed theirs in."""
        for tender in self:
            judges = tender.panelist_ids.filtered(lambda member: member.declaration == "none")
            if all(judges.mapped("date_handed_in")):
                tender._finish_scores()

    def _finish_scores(self):
        self.ensure_one()
        scores = self.env["outsourcing.bid.score"].search([("tender_id", "=", self.id)])
        scores._gated().write({"is_revealed": True})
        self._gated().write({"scores_are_in": True})
        self._get_all_bids()._apply_technical_scores()
        summary = self.env._("All technical scores are in: open the prices")
        self._schedule_event(EVENT_PRICES, summary)

    def action_open_prices(self):
        """Open the prices, once the technical scores are in, and rank the bids."""
        for tender in self:
            tender._require_group(MANAGER)
            tender.check_access("read")
            if tender.state != "evaluating" or not tender.scores_are_in:
                raise UserError(
                    self.env._("The prices stay closed until all members of the panel have handed in.")
                )
            if tender.date_prices_opened:
                raise UserError(self.env._("The prices are open already."))
            tender.sudo()._open_prices()  # checked above

    def _open_prices(self):
        """Open the prices of ``self`` (in sudo) and rank the bids of every lot."""
        if not self:
            return
        self._close_events(EVENT_PRICES)
        bids = self._get_all_bids(("opened",)).filtered(lambda bid: bid.lot_id.result == "open")
        bids._unseal_prices()
        vals = {"date_prices_opened": fields.Datetime.now(), "scores_are_in": True}
        self._gated().write(vals)
        self.lot_ids.filtered(lambda lot: lot.result == "open")._rank_bids()
