from odoo import api, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """A contractor's unified social credit code: correct, and no other contractor's."""

    _inherit = "res.partner"

    # a single character is core's way to say that a firm has no number
    _outsourcing_vat_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), UPPER(REPLACE(vat, ' ', ''))) "
        "WHERE outsourcing_state IS NOT NULL AND LENGTH(vat) > 1",
        "Another contractor has this unified social credit code.",
    )

    @api.constrains("vat", "country_id", "outsourcing_state")
    def _check_outsourcing_credit_code(self):
        # core checks firms with a country; a contractor without one is of the company's own country
        for partner in self._filter_with_tax_id():
            message = self._get_credit_code_error(partner.vat, partner.country_id, partner.company_id)
            if message:
                raise ValidationError(message)

    def _filter_with_tax_id(self):
        return self.filtered(lambda partner: partner.outsourcing_state and len(partner.vat or "") > 1)

    @api.model
    def _normalise_tax_id(self, vat):
        return (vat or "").replace(" ", "").upper()

    @api.model
    def _get_credit_code_error(self, vat, country, company):
        """Return why ``vat`` cannot be a Chinese firm's tax id, or nothing; other countries are core's.

        :param country: of the firm; without one that of ``company``, or of the acting company, counts
        """
        country = country or company.country_id or self.env.company.country_id
        if country.code != "CN" or self._check_vat_number("CN", self._format_vat_number("CN", vat)):
            return False
        return self._build_vat_error_message("CN", vat, "")

    @api.model
    def _get_duplicate_tax_id_error(self, vat, name):
        return self.env._("%(code)s is already the tax id of the contractor %(name)s.", code=vat, name=name)

    @api.model
    def _build_vat_error_message(self, country_code, wrong_vat, record_label):
        if country_code.upper() == "CN":
            return self.env._(
                "%s is not a unified social credit code: it has 18 characters, the last one a check digit.",
                wrong_vat,
            )
        return super()._build_vat_error_message(country_code, wrong_vat, record_label)
