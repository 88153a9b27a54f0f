from urllib.parse import urlencode

from odoo import fields, models

MAP = "https://uri.amap.com/search?"


class OutsourcingCommunity(models.Model):
    """Whom those who work in a community call, and how they get in."""

    _inherit = "outsourcing.community"

    desk_phone = fields.Char("Phone of the Desk", help="Answered by the service desk of the community.")
    access_note = fields.Text(
        "Access", help="Gate, keys, parking, where to sign in: what whoever comes to work has to know."
    )

    def _get_site_contacts(self, *people):
        """Return whom to call, nearest first and each number once: list of (label, name, phone).

        :param people: tuples (label, ``res.users`` or ``res.partner``); who has no phone is left out
        """
        community = self.sudo()  # numbers to call, for whoever reads a document of the community
        asked = [*people, (self.env._("Head of the community"), community.manager_id)]
        rows = [(label, person.sudo().name, person.sudo().phone) for label, person in asked]  # as above
        rows.append((self.env._("Service desk"), "", community.desk_phone))
        contacts = {}
        for label, name, phone in rows:
            if number := "".join((phone or "").split()):
                contacts.setdefault(number, (label, name, number))
        return list(contacts.values())

    def _get_map_url(self):
        """Return the link that shows the community on a map, in the browser or in the app of the phone."""
        community = self.sudo()  # as above
        words = " ".join(filter(None, (community.address, community.name)))
        return MAP + urlencode({"keyword": words}) if words else ""
