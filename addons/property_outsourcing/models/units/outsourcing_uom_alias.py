import unicodedata

from odoo import api, fields, models


class OutsourcingUomAlias(models.Model):
    """One way the trade writes a unit: ㎡, m2, 平方米. A unit with a spelling is a unit of the trade."""

    _name = "outsourcing.uom.alias"
    _description = "Spelling of a Unit"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "uom_id, id"

    uom_id = fields.Many2one("uom.uom", "Unit", required=True, index=True, ondelete="cascade")
    name = fields.Char(
        "Spelling",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        help="Upper and lower case, spaces and full-width signs make no difference.",
    )
    key = fields.Char(compute="_compute_key", store=True, required=True, precompute=True)

    _key_uniq = models.Constraint("UNIQUE(key)", "A unit is already written like this.")

    @api.depends("uom_id")
    def _compute_name(self):
        for alias in self:
            alias.name = alias.name or alias.uom_id.name

    @api.depends("name")
    def _compute_key(self):
        for alias in self:
            alias.key = self._normalise(alias.name)

    @api.model
    def _normalise(self, text):
        """Return what all spellings of one unit have in common: ``㎡``, ``M2`` and ``m²`` become ``m2``."""
        return "".join(unicodedata.normalize("NFKC", str(text or "")).casefold().split())
