from markupsafe import Markup

from odoo import api, fields, models

from .lot_ranking import EFFECTIVE_STATES


class OutsourcingBid(models.Model):
    """Every figure of the ranking in words, for the form, the report and the bidder itself."""

    _inherit = "outsourcing.bid"

    score_explanation = fields.Html(
        "How the Points Come About", compute="_compute_score_explanation", groups="base.group_user"
    )

    @api.depends("score_total", "state")
    @api.depends_context("lang")
    def _compute_score_explanation(self):
        for bid in self:
            rows = bid._get_score_rows() if bid.has_price else []
            bid.score_explanation = bool(rows) and Markup("<ul>%s</ul>") % Markup("").join(
                Markup("<li>%s <b>%s</b> / %s%s</li>")
                % (
                    row["label"],
                    f"{row['points']:.2f}",
                    f"{row['most']:g}" if row["most"] else "–",
                    f" ({row['formula']})" if row["formula"] else "",
                )
                for row in rows
            )

    def _get_score_rows(self):
        """Return how the points of the bid come about, a list of dicts.

        ``label``, ``points``, ``most`` (0: no limit) and ``formula``. Whoever may read the bid's points asks.
        """
        self.ensure_one()
        bid = self.sudo()  # figures of a bid that callers may read, see above
        scores = (
            self.env["outsourcing.bid.score"]
            .sudo()
            .search(  # means only, once they are shown to all
                [("bid_id", "=", bid.id), ("is_revealed", "=", True)]
            )
        )
        by_factor = scores.grouped("criterion_id")
        rows = []
        for factor in bid.tender_id.criterion_ids:
            if factor.kind == "price":
                rows.append(bid._get_price_row(factor))
                continue
            values = by_factor.get(factor, scores.browse()).mapped("value")
            rows.append(
                {
                    "label": factor.name,
                    "points": round(sum(values) / len(values), 2) if values else 0.0,
                    "most": factor.weight,
                    "formula": f"[{' + '.join(f'{value:g}' for value in values)}] ÷ {len(values)}"
                    if values
                    else "",
                }
            )
        rows += [
            {"label": label, "points": points, "most": 0, "formula": ""}
            for label, points in bid._get_bonus_rows()
        ]
        return rows

    def _get_price_row(self, factor):
        """Return the row of the price (in sudo)."""
        if not self.has_price or self.state not in EFFECTIVE_STATES:
            return {"label": factor.name, "points": 0.0, "most": factor.weight, "formula": ""}
        base = self.lot_id._get_price_base(self.lot_id._get_effective_bids())
        formula = self._explain_price_points(base, factor.weight)
        return {"label": factor.name, "points": self.score_price, "most": factor.weight, "formula": formula}
