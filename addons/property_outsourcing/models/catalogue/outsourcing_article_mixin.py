import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import join_names

PLACEHOLDER = re.compile(r"\{(\w*)\}")
PLACES = [
    ("scope", "After the scope"),
    ("term", "After the term"),
    ("price", "After price and payment"),
    ("duties", "After the duties"),
    ("warranty", "After retention and warranty"),
    ("end", "After the end of the contract"),
    ("last", "Before the attachments"),
]


class OutsourcingArticleMixin(models.AbstractModel):
    """An article of a contract in words: a line is a clause, ``{name}`` a figure of the contract."""

    _name = "outsourcing.article.mixin"
    _description = "Article in Words"

    place = fields.Selection(PLACES, required=True, default="end")
    sequence = fields.Integer(default=10)
    condition = fields.Selection(
        [("bond", "A performance bond is agreed"), ("retention", "Retention is agreed")],
        "Only Where",
        help="Empty: always printed.",
    )

    @api.model
    def _get_placeholders(self):
        """Return the names that may stand in braces: dict of name -> its meaning. Hook: extend super's."""
        return {
            "client": self.env._("name of Party A"),
            "client_address": self.env._("address of Party A"),
            "contractor": self.env._("name of Party B"),
            "contractor_address": self.env._("address of Party B"),
            "invoice": self.env._("kind of invoice"),
            "payment_days": self.env._("days of payment"),
            "tax_rate": self.env._("rate of VAT"),
            "warranty_months": self.env._("months of warranty"),
        }

    @api.constrains("text")
    def _check_placeholders(self):
        known = self._get_placeholders()
        for article in self:
            unknown = [name for name in PLACEHOLDER.findall(article.text or "") if name not in known]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "%(article)s: nothing is known to print for %(unknown)s. What may stand in braces: "
                        "%(known)s.",
                        article=article.name,
                        unknown=join_names(self.env, [f"{{{name}}}" for name in unknown]),
                        known=join_names(self.env, [f"{{{name}}} {what}" for name, what in known.items()]),
                    )
                )
