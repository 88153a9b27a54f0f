from odoo import models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES


class ResUsers(models.Model):
    """What a scanned place holds for the person of the portal who stands before it."""

    _inherit = "res.users"

    def _get_outsourcing_scan_communities(self):
        """Return the communities (in sudo) whose labels lead this person somewhere: works or lives there."""
        self.ensure_one()
        firm = self.partner_id.commercial_partner_id
        contracts = self._get_outsourcing_documents("outsourcing.contract")
        inspections = self._get_outsourcing_documents("outsourcing.inspection")
        communities = contracts.env["outsourcing.community"].sudo()  # of what is found under the own access
        if contracts.has_access("read"):
            own = [("contractor_id", "=", firm.id), ("state", "in", RUNNING_STATES)]
            communities |= contracts.search(own).sudo().community_ids  # as above
        if inspections.has_access("read"):
            checked = [("party_partner_id", "=", firm.id), ("state", "!=", "missed")]
            for (community,) in inspections._read_group(checked, ["community_id"]):
                communities |= community.sudo()  # as above
        return communities | communities.browse(self._get_represented_community_ids())

    def _get_outsourcing_scan_parts(self, place):
        """Return what is shown of a scanned ``place`` (in sudo). Hook: extend super's list.

        :param place: a location, whose parts count as well, or equipment
        :return: list of (title, section, domain, order); documents under the person's own access are shown
        """
        today = trade_today(self)
        task = place._get_scan_domain("outsourcing_location_id", "outsourcing_equipment_id")
        other = place._get_scan_domain("location_id", "equipment_id")
        waits = Domain("state", "in", ("planned", "in_progress")) & Domain("date_planned", "<=", today)
        over = Domain("state", "in", ("done", "missed"))
        unrepaired = Domain("state", "in", ("open", "assigned", "rectified"))
        is_open = Domain("outsourcing_date_completed", "=", False) & Domain("is_closed", "=", False)
        reported = Domain("outsourcing_date_completed", "!=", False)
        return [
            (self.env._("Checklists of today"), "inspections", other & waits, "date_due, id"),
            (self.env._("Open work orders"), "orders", task & is_open, "id desc"),
            (self.env._("To be rectified"), "defects", other & unrepaired, "id desc"),
            (self.env._("Past inspections"), "inspections", other & over, "date_planned desc, id desc"),
            (self.env._("Past work orders"), "orders", task & reported, "outsourcing_date_completed desc"),
        ]

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        if roles & {"contractor", "third_party", "representative"}:
            cards.append(self._prepare_outsourcing_card("scan", "fa-qrcode", self.env._("Scan a label")))
        return cards
