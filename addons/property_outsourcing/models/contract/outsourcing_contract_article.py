from odoo import api, fields, models

from ..catalogue.outsourcing_article_mixin import PLACEHOLDER
from .contract_articles import TEMPLATE, Article

# where in the print an article stands, on the scale of ``Article.sequence``
PLACE_SEQUENCES = {
    "scope": 110,
    "term": 210,
    "price": 310,
    "duties": 710,
    "warranty": 810,
    "end": 860,
    "last": 960,
}


class OutsourcingContractArticle(models.Model):
    """An article of one contract in words, edited until the contract is handed in."""

    _name = "outsourcing.contract.article"
    _description = "Contract Article"
    _inherit = ["outsourcing.article.mixin", "outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    name = fields.Char("Title", required=True)
    text = fields.Text("Wording", required=True)
    template_id = fields.Many2one(
        "outsourcing.contract.article.template", index="btree_not_null", ondelete="set null"
    )
    version = fields.Integer("Version of the Template")

    def _prepare_article_vals(self):
        """Return the article's values as the template it was copied from gives them."""
        self.ensure_one()
        names = ("name", "text", "place", "sequence", "condition", "version")
        return {name: self[name] for name in names} | {"template_id": self.template_id._origin.id}

    def _is_printed(self):
        """Return whether what the article is about has been agreed."""
        self.ensure_one()
        contract = self.contract_id
        return {"bond": bool(contract.bond_kind), "retention": bool(contract.retention_rate)}.get(
            self.condition, True
        )

    @api.model
    def _get_historical_fields(self):
        return super()._get_historical_fields() | {"template_id"}  # it was copied once

    def _get_print_clauses(self):
        """Return the clauses of the article, figures of the contract filled in."""
        self.ensure_one()
        values = self.contract_id._get_article_values()
        text = PLACEHOLDER.sub(lambda match: values.get(match[1]) or "____", self.text)
        return [line.strip() for line in text.splitlines() if line.strip()]


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    article_ids = fields.One2many("outsourcing.contract.article", "contract_id", "Articles", copy=True)
    invoice_kind = fields.Selection(
        [("special", "Special VAT invoice"), ("ordinary", "Ordinary VAT invoice")],
        "Kind of Invoice",
        required=True,
        default="special",
        tracking=True,
    )
    payment_days = fields.Integer(
        "Payment within (working days)",
        default=15,
        tracking=True,
        help="Working days after the invoice has been received. 0: as the terms of payment say.",
    )

    signing_place = fields.Char(
        "Place of Signature",
        default=lambda self: self.env.company.city,
        tracking=True,
        help="Printed in the contract. Empty: not printed.",
    )

    _payment_days_positive = models.Constraint(
        "CHECK(payment_days >= 0)", "The days of payment cannot be negative."
    )

    @api.model
    def _get_preset_terms(self, service):
        lang = (
            self.company_id[:1] or self.env.company
        ).sudo().partner_id.lang or self.env.lang  # its language
        templates = self.env["outsourcing.contract.article.template"].with_context(lang=lang)
        articles = {"article_ids": (templates._get_templates(service), "_prepare_article_vals")}
        return super()._get_preset_terms(service) | articles

    def _get_articles(self):
        articles = [
            Article(f"article:{row.id}", PLACE_SEQUENCES[row.place], f"{TEMPLATE}article", record=row)
            for row in self.article_ids
            if row._is_printed()
        ]
        return super()._get_articles() + articles

    def _get_article_values(self):
        """Return what is printed for the names in braces, dict of name -> text. Hook: add to super's."""
        self.ensure_one()
        client, contractor = self._get_party("client"), self._get_party("contractor")
        kinds = dict(self._fields["invoice_kind"]._description_selection(self.env))
        return {
            "client": client.get("name"),
            "client_address": client.get("address"),
            "contractor": contractor.get("name"),
            "contractor_address": contractor.get("address"),
            "invoice": kinds.get(self.invoice_kind),
            "payment_days": self.payment_days and str(self.payment_days),
            "tax_rate": self._get_print_rate(self.tax_rate),
            "warranty_months": self.warranty_months and str(self.warranty_months),
        }
