from odoo import models

from odoo.addons.property_outsourcing.tools import paper_months


class OutsourcingAcceptance(models.Model):
    """The scores of a month on one page (月度考核汇总表), all contractors one below the other."""

    _name = "outsourcing.acceptance"
    _inherit = ["outsourcing.acceptance", "outsourcing.paper.mixin"]

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if paper == "month_summary" and self.method != "score":
            missing.append(self.env._("it is no monthly score"))
        elif paper == "month_summary" and not self.date_scored:
            missing.append(self.env._("it is not scored yet"))
        return missing

    def _get_month_summaries(self):
        """Return [(month in words, sheets)] of the scores ``self``, the earliest first."""
        sheets = self.sorted(lambda sheet: (sheet.date_period, sheet._name_of(sheet.contractor_id), sheet.id))
        pages = sheets.grouped(
            lambda sheet: (f"{sheet.date_period:%Y-%m}", sheet.company_id, sheet.currency_id)
        )
        return [(paper_months(self.env, month), rows) for (month, *_rest), rows in pages.items()]

    def _get_summary_signers(self):
        """Return who signs the summary, in this order."""
        _ = self.env._
        return [
            _("Drawn up by (project department)"),
            _("Engineering (quality) department"),
            _("Head of the company"),
        ]
