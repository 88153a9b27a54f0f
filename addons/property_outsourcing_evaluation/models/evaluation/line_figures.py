from odoo import api, models


class OutsourcingEvaluationLine(models.Model):
    """The figure, and the sentence that explains what it is worth."""

    _inherit = "outsourcing.evaluation.line"

    def _is_decided(self):
        """Return whether an answer to an appeal, or our silence, has replaced what the facts say."""
        self.ensure_one()
        return self.is_appealed and (self.status == "not_rated" or self.points != self.points_before)

    # ---- in words ---------------------------------------------------------------------------------------

    @api.depends("value", "status", "points", "method", "note", "sample", "numerator")
    @api.depends_context("lang")
    def _compute_figure(self):
        for line in self:
            line.figure = line._get_figure()
            line.explanation = line._get_explanation()

    def _get_figure(self, counted=None):
        """Return the figure with what it is made of: 18 / 20 = 90 %.

        :param counted: a dict of ``Figure``, of one contract; else that of the line
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
