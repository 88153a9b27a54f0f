from odoo import models


class ResUsers(models.Model):
    """A section of the portal for whoever reads meters: a role, a card, an entry of the bar."""

    _inherit = "res.users"

    def _get_outsourcing_role_domains(self):
        firm = self.partner_id.commercial_partner_id
        meters = [("extension.meter", [("reader_id", "=", firm.id)])]
        return super()._get_outsourcing_role_domains() | {"meter_reader": meters}

    def _get_outsourcing_sections(self):
        return super()._get_outsourcing_sections() | {"meters": "extension.meter"}

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if "meter_reader" not in roles:
            return cards
        unread = [("reading_ids", "=", False)]
        label = self.env._("Meters")
        return [*cards, self._prepare_outsourcing_card("meters", "fa-bolt", label, "extension.meter", unread)]

    def _get_outsourcing_nav(self, roles):
        entries = super()._get_outsourcing_nav(roles)
        if "meter_reader" not in roles:
            return entries
        return [
            *entries,
            self._prepare_outsourcing_nav("meters", "fa-bolt", self.env._("Meters"), sequence=5),
        ]
