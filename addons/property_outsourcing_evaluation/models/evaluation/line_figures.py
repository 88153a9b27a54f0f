from odoo import api, models


class OutsourcingEvaluationLine(models.Model):
    """From facts to a figure, from the figure to points, and the sentence that explains both."""

    _inherit = "outsourcing.evaluation.line"

    def _make_figure(self, totals, types, contract_id, households):
        """Return the figure and points of ``self``, a criterion of facts; too few are not rated.

        :param Totals totals: of the evaluation
        :param dict types: of ``outsourcing.fact._get_fact_types``, asked once for all
        :param contract_id: None for all contracts together
        :param int households: served under them
        :return: dict ``numerator``, ``sample``, ``value``, ``points``, ``status``
        """
        self.ensure_one()
        facts = totals.get(self.fact_type, self.priority, contract_id)
        value, sample = 0.0, float(totals.counts[contract_id])
        # a duration says how long, not how many
        known = types.get(self.fact_type)  # None where no add-on records it (any more)
        counted = float(facts.count if known and known.hours_per_unit else facts.value)
        if self.measure == "rate":
            sample = totals.get(self.denominator_type, self.priority, contract_id).value
            value = counted / sample * 100 if sample else 0.0
        elif self.measure in ("mean", "median"):
            sample = float(facts.count)
            value = facts.mean if self.measure == "mean" else facts.median
        elif self.measure == "households":
            sample = sample if households and self.fact_type in totals.recorded else 0.0
            value = counted / households * 1000 if households else 0.0
        else:
            value = counted
        rated = sample >= max(self.min_sample, 1)
        return {
            "numerator": counted,
            "sample": sample,
            "value": round(value, 2),
            "points": float(self._pick_points(round(value, 2))) if rated else 0.0,
            "status": "rated" if rated else "not_rated",
        }

    def _is_decided(self):
        """Return whether an answer to an appeal, or our silence, has replaced what the facts say."""
        self.ensure_one()
        return self.is_appealed and (self.status == "not_rated" or self.points != self.points_before)

    def _pick_points(self, value):
        """Return the points of the band ``value`` lies in: the highest one that starts at or below it."""
        bands = self.bands or []
        reached = [points for start, points in bands if value >= start]
        return reached[-1] if reached else (bands[0][1] if bands else 0.0)

    # ---- in words ---------------------------------------------------------------------------------------

    @api.depends("value", "status", "points", "method", "note", "sample", "numerator")
    @api.depends_context("lang")
    def _compute_figure(self):
        for line in self:
            line.figure = line._get_figure()
            line.explanation = line._get_explanation()

    def _get_figure(self, counted=None):
        """Return the figure with what it is made of: 18 / 20 = 90 %.

        :param counted: a dict as :meth:`_make_figure` returns it, of one contract; else that of the line
        """
        self.ensure_one()
        if self.method == "judged":
            return False
        counted = counted or self
        if not counted["sample"]:
            return self.env._("Nothing recorded")
        number, sample = f"{counted['value']:g}", f"{counted['sample']:g}"
        if self.measure == "rate":
            return f"{counted['numerator']:g} / {sample} = {number} %"
        if self.measure in ("mean", "median"):
            return self.env._("%(number)s (of %(sample)s)", number=number, sample=sample)
        return number

    def _get_explanation(self):
        """Return why points are lost and from which figure on there are more, in one sentence."""
        self.ensure_one()
        if self.status == "open":
            return self.env._("Not judged yet.")
        if self.status == "not_rated" and self.method == "facts":
            return self.env._(
                "Not rated: %(sample)s recorded, %(least)s needed. The other criteria share its weight.",
                sample=f"{self.sample:g}",
                least=self.min_sample,
            )
        if self.status == "not_rated":
            return self.note or self.env._("Not rated. The other criteria share its weight.")
        if self.note or self.method == "judged":
            return self.note or False
        return self._get_next_band_sentence()

    def _get_next_band_sentence(self):
        better = [(start, points) for start, points in self.bands or [] if points > self.points]
        above = [band for band in better if band[0] > self.value]
        if above:
            start, points = above[0]
            return self.env._(
                "From %(value)s on: %(points)s points.", value=f"{start:g}", points=f"{points:g}"
            )
        below = self._get_band_below()
        if below:
            value, points = below
            return self.env._("Below %(value)s: %(points)s points.", value=f"{value:g}", points=f"{points:g}")
        return False

    def _get_band_below(self):
        """Return (limit, points) of the nearest better band below the figure, where less is better."""
        bands = self.bands or []
        for (_start, points), (limit, _points) in reversed(list(zip(bands, bands[1:], strict=False))):
            if limit <= self.value and points > self.points:
                return limit, points
        return None
