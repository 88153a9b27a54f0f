from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingScoreBand(models.Model):
    """What share of the period's fee a score is worth."""

    _name = "outsourcing.score.band"
    _description = "Score band"
    _order = "score_from desc"
    _rec_name = "score_from"

    score_from = fields.Float(string="Score from", required=True, digits=(16, 2))
    factor = fields.Float(string="Share of the fee (%)", required=True, digits=(16, 2))
    service_type_id = fields.Many2one(
        "outsourcing.service.type",
        string="Service type",
        index="btree_not_null",
        ondelete="cascade",
        help="Bands of a service type replace the general ones for it.",
    )
    active = fields.Boolean(default=True)

    _score_from_uniq = models.UniqueIndex(
        "(score_from, COALESCE(service_type_id, 0)) WHERE active",
        "There is already a band from this score on.",
    )
    _score_from_range = models.Constraint(
        "CHECK(score_from >= 0 AND score_from <= 100)", "A score lies between 0 and 100."
    )
    _factor_range = models.Constraint(
        "CHECK(factor >= 0 AND factor <= 100)",
        "A factor lies between 0 and 100 %: no more than the agreed fee is ever accepted.",
    )

    @api.model
    def _get_factors(self, pairs):
        """Return the factor for each (service type, score) in one query.

        :param iterable pairs: of (``outsourcing.service.type``, score)
        :return: list of factors in percent, in the same order
        """
        # sudo: the bands are general terms; who scores was checked by the sheet
        bands = self.sudo().search([], order="score_from desc")
        general = bands.filtered(lambda band: not band.service_type_id)
        by_service = bands.filtered("service_type_id").grouped("service_type_id")
        return [self._pick(by_service.get(service, general), score) for service, score in pairs]

    @api.model
    def _get_bands(self, service):
        """Return the bands of the service type, its own or else the general ones, the best first."""
        bands = self.sudo().search([], order="score_from desc")  # general terms, see above
        own = bands.filtered(lambda band: band.service_type_id == service)
        return own or bands.filtered(lambda band: not band.service_type_id)

    @api.model
    def _pick(self, bands, score):
        for band in bands:
            if round(score, 2) >= band.score_from:
                return band.factor
        raise UserError(self.env._("No score band covers %s. Add one that starts at 0.", f"{score:g}"))
