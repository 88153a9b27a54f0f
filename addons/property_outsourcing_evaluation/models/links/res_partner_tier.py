from odoo import models

WEIGHTS = (4, 3, 2, 1)  # of the last four quarters, the latest first


class ResPartner(models.Model):
    """The tier of a firm in the supplier base: the grade its weighted last quarters are worth."""

    _inherit = "res.partner"

    def _map_outsourcing_tiers(self):
        """Return the tiers by grades: over several services the worst one holds."""
        tiers = super()._map_outsourcing_tiers()
        domain = [
            ("contractor_id", "in", self.ids),
            ("company_id", "=", self.env.company.id),
            ("state", "=", "final"),
            ("is_graded", "=", True),
        ]
        quarters = self.env["outsourcing.evaluation"].search(domain, order="date_from desc")
        scores = {}
        for (firm, _service), own in quarters.grouped(lambda e: (e.contractor_id, e.service_type_id)).items():
            scores.setdefault(firm, []).append(own._get_weighted_score())
        grades = self.env["outsourcing.grade"]._get_grades()
        return tiers | {firm: grades._pick(min(own)).name for firm, own in scores.items()}


class OutsourcingEvaluation(models.Model):
    _inherit = "outsourcing.evaluation"

    def _get_weighted_score(self):
        """Return the weighted mean of the last quarters ``self``, the latest first; 0 after a veto."""
        if self[:1].is_vetoed:
            return 0.0
        pairs = list(zip(WEIGHTS, self, strict=False))
        return sum(w * e.score for w, e in pairs) / sum(w for w, _e in pairs)
