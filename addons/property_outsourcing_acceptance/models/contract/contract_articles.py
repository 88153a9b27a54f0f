from odoo import models

from odoo.addons.property_outsourcing.models.contract.contract_articles import Article


class OutsourcingContract(models.Model):
    """The monthly score reduces what is paid, so the contract says how: sheet, bands, nothing twice."""

    _inherit = "outsourcing.contract"

    def _get_articles(self):
        articles = super()._get_articles()
        if self._get_printed_score_sheet():
            template = "property_outsourcing_acceptance.report_outsourcing_contract_score"
            articles.append(Article("score", 640, template))
        return articles

    def _get_printed_score_sheet(self):
        """Return the sheet the periods of the contract are scored by, empty where none are."""
        self.ensure_one()
        templates = self.env["outsourcing.score.template"]
        if self.kind != "service" or not self.milestone_ids.filtered(lambda row: row.kind == "period"):
            return templates
        # its words in the language of the print
        return templates.browse(self._ask_together("_map_score_templates")[self.service_type_id].id).sudo()

    def _get_print_bands(self):
        """Return [(score from, score below or False, share of the fee)], the best first."""
        self.ensure_one()
        bands = self.env["outsourcing.score.band"]._get_bands(self.service_type_id)
        return [
            (band.score_from, above and above.score_from, band.factor)
            for above, band in zip([False, *bands], bands, strict=False)
        ]

    def _map_score_templates(self):
        return self.env["outsourcing.score.template"]._get_templates(self.service_type_id)
