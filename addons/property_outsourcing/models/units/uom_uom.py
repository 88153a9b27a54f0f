from odoo import api, fields, models
from odoo.fields import Domain

UNITS = [("outsourcing_alias_ids", "!=", False)]  # what contracts, variations and orders offer


class UomUom(models.Model):
    """The trade's units: core's units and ours, each found by any of its spellings."""

    _inherit = "uom.uom"

    outsourcing_alias_ids = fields.One2many("outsourcing.uom.alias", "uom_id", "Spellings")

    @api.model
    def _outsourcing_get_default(self):
        """Return the unit a line starts with, the lump (项); none where it was archived."""
        unit = self.env.ref("property_outsourcing.uom_lump", raise_if_not_found=False)
        return unit.filtered("active") if unit else self.browse()

    @api.model
    def _outsourcing_find(self, text):
        """Return the unit ``text`` means: by its spelling, else by its name; maybe none."""
        return self.search([("display_name", "=", text)], limit=1) if text else self.browse()

    @api.model
    def _search_display_name(self, operator, value):
        domain = Domain(super()._search_display_name(operator, value))
        aliases = self.env["outsourcing.uom.alias"].sudo()  # how units are written is no secret
        if operator in ("=", "in"):
            written = [value] if isinstance(value, str) else value or ()
            keys = {aliases._normalise(text) for text in written} - {""}
            found = aliases.search([("key", "in", list(keys))])
            # a spelling has one meaning: a unit that happens to have the same name does not compete
            by_spelling = Domain("id", "in", found.uom_id.ids)
            return by_spelling if keys and len(found) == len(keys) else domain | by_spelling
        if operator in ("ilike", "like", "=ilike", "=like") and value:
            found = aliases.search([("key", operator, aliases._normalise(value))])
            return domain | Domain("id", "in", found.uom_id.ids)
        return domain
