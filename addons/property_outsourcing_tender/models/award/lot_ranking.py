from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..bid.outsourcing_bid import EFFECTIVE_STATES

RANKED_BY = (
    "tender_id", "lot_id", "contractor_id", "state", "amount_total", "score_technical", "bonus_data",
)  # fmt: skip


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    def _get_bid_bonus(self, contractors):
        """Return what past performance adds to the points of bids for ``self`` (in sudo). Hook: extend lists.

        Asked with the first ranking, once per language: what becomes known of a firm later moves no bid
        any more.

        :param contractors: ``res.partner``, the bidders, in sudo
        :return: dict contractor -> list of (label with its source, points); points may be negative
        """
        self.ensure_one()
        return {contractor: [] for contractor in contractors}


class OutsourcingTenderLot(models.Model):
    """The ranking: technical points, price points, past performance; every figure can be retraced."""

    _inherit = "outsourcing.tender.lot"

    def _rank_bids(self):
        """Score the prices of the effective bids of ``self`` (in sudo) and rank them, lot by lot.

        The lowest price gets all points of the factor, the others lowest / own price of them (low price
        first method, order 87 of the Ministry of Finance, art. 55), or each loses points by its distance to
        the base price, as the tender says. Equal totals: the lower price, then the
        higher technical points (art. 57).
        """
        asked = [("lot_id", "in", self.ids), ("state", "in", EFFECTIVE_STATES), ("has_price", "=", True)]
        bids = self.env["outsourcing.bid"].search_fetch(asked, RANKED_BY)  # no texts of hundreds of bids
        bonus, by_lot = bids._map_bonus(), bids.grouped("lot_id")
        gated = {bid.id: bid for bid in bids._gated()}
        for lot in self:
            own = by_lot.get(lot, bids.browse())
            if not own:
                reason = self.env._("No bid is valid.")
                lot._gated().write({"result": "failed", "fail_reason": reason})
                continue
            base, weight = lot._get_price_base(own), lot._get_price_weight()
            vals = {bid: bid._prepare_score_vals(base, weight, bonus[bid]) for bid in own}
            totals = {bid: bid_vals["score_total"] for bid, bid_vals in vals.items()}
            ranked = own.sorted(
                lambda bid, of=totals: (-of[bid], bid.amount_total, -bid.score_technical, bid.id)
            )
            for rank, bid in enumerate(ranked, start=1):
                gated[bid.id].write({**vals[bid], "rank": rank})

    def _get_price_weight(self):
        self.ensure_one()
        return sum(factor.weight for factor in self.tender_id.criterion_ids if factor.kind == "price")


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    bonus_data = fields.Json(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"bonus_data"}

    def _map_bonus(self):
        """Return what past performance adds to ``self`` (in sudo): as kept, asked for where not ranked yet.

        :return: dict bid -> what is kept: ``rows``, list of (label, points), and ``langs``, such by language
        """
        kept = {bid: bid.bonus_data for bid in self}
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        for tender, bids in self.filtered(lambda bid: not bid.bonus_data).grouped("tender_id").items():
            by_lang = {
                code: tender.with_context(lang=code)._get_bid_bonus(bids.contractor_id) for code in langs
            }
            rows = by_lang.get(self.env.lang) or tender._get_bid_bonus(bids.contractor_id)
            for bid in bids:
                firm = bid.contractor_id
                own = {code: translated[firm] for code, translated in by_lang.items()}
                kept[bid] = {"rows": rows[firm], "langs": own}
        return kept

    def _get_bonus_rows(self):
        """Return what past performance adds to ``self`` (in sudo), a list of (label, points)."""
        self.ensure_one()
        kept = self.bonus_data or {}
        return kept.get("langs", {}).get(self.env.lang) or kept.get("rows", [])

    def _prepare_score_vals(self, base, weight, bonus):
        """Return the points of ``self`` (in sudo) against the price ``base``, with what ``bonus`` adds."""
        self.ensure_one()
        price = self._get_price_points(base, weight)
        extra = round(sum(points for _label, points in bonus["rows"]), 2)
        vals = {} if self.bonus_data else {"bonus_data": bonus}
        vals |= {
            "score_price": price,
            "score_bonus": extra,
            "score_total": round(self.score_technical + price + extra, 2),
        }
        return vals | ({"state": "scored"} if self.state == "opened" else {})

    def _apply_technical_scores(self):
        """Write the technical points of ``self`` (in sudo): the mean of the panel, factor by factor.

        A bid below the least points of a factor is excluded.
        """
        self.fetch(["tender_id"])  # and nothing else of hundreds of bids
        points, below = self._map_technical_points(), self._map_failed_factors()
        for bid in self._gated():
            vals = {"score_technical": points.get(bid.id, 0.0)}
            if names := below.get(bid.id):
                reason = self.env._("Below the least points: %s.", ", ".join(names))
                vals |= bid._prepare_exclusion_vals(reason)
            bid.write(vals)

    def _map_technical_points(self):
        """Return the points the panel gives ``self`` (in sudo): a dict id -> sum of the means of the factors.

        Summed up by the database: rows of means are many times as many as bids.
        """
        self.env["outsourcing.bid.score"].flush_model(["bid_id", "criterion_id", "value"])
        means = SQL(
            "SELECT bid_id, round(avg(value), 2) AS mean FROM outsourcing_bid_score "
            "WHERE bid_id = ANY(%s) GROUP BY bid_id, criterion_id",
            list(self.ids),
        )
        rows = self.env.execute_query(SQL("SELECT bid_id, sum(mean) FROM (%s) m GROUP BY bid_id", means))
        return {bid_id: float(points) for bid_id, points in rows}

    def _map_failed_factors(self):
        """Return a dict: id of ``self`` (in sudo) -> names of the factors below their least points."""
        marked = self.tender_id.criterion_ids.filtered("pass_mark")
        asked = [("bid_id", "in", self.ids), ("criterion_id", "in", marked.ids)]
        scores = self.env["outsourcing.bid.score"]
        given = scores._read_group(asked, ["bid_id", "criterion_id"], ["value:avg"]) if marked else []
        failed = defaultdict(list)
        for bid, factor, mean in given:
            if round(mean, 2) < factor.pass_mark:
                failed[bid.id].append(factor.name)
        return failed
