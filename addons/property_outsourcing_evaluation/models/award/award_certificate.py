from odoo import models

from odoo.addons.property_outsourcing.tools import paper_date


class OutsourcingAward(models.Model):
    """The certificate (金牌合作单位证书) that hangs on the contractor's wall."""

    _inherit = "outsourcing.award"

    def action_print_certificate(self):
        """Print the certificate."""
        self.ensure_one()
        self._check_paper("award_certificate")
        return self.env.ref("property_outsourcing_evaluation.report_award_certificate").report_action(self)

    def _get_missing_on_paper(self, paper):
        missing = super()._get_missing_on_paper(paper)
        if self.state == "revoked":
            missing.append(self.env._("it was revoked"))
        elif self.state != "awarded":
            missing.append(self.env._("it is not awarded: a manager decides first"))
        return missing

    def _get_print_day(self, day):
        return paper_date(self.env, day)

    def _get_title(self):
        """Return the line under the heading."""
        return self.env._("Certificate of the year %s", self.year)

    def _get_citation(self):
        """Return what the certificate says."""
        self.ensure_one()
        services = self._get_print_list(self.evaluation_ids.service_type_id.mapped("name"))
        return self.env._(
            "In the year %(year)s you were rated in %(quarters)s quarters, each with the best grade "
            "(mean %(score)s points), for %(services)s. In recognition of reliable work and honest records "
            "we award you the title of Gold Partner.",
            year=self.year,
            quarters=self.quarter_count,
            score=f"{self.score:g}",
            services=services,
        )
