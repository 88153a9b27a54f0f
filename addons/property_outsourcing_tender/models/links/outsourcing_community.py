from odoo import fields, models


class OutsourcingCommunity(models.Model):
    """The tenders of a community."""

    _inherit = "outsourcing.community"

    tender_count = fields.Integer(
        "Number of Tenders", compute="_compute_tender_count", groups="base.group_user"
    )

    def _compute_tender_count(self):
        tenders = self.env["outsourcing.tender"]
        counts = {}
        if tenders.has_access("read"):
            domain = [("community_ids", "in", self.ids)]
            counts = dict(tenders._read_group(domain, ["community_ids"], ["__count"]))
        for community in self:
            community.tender_count = counts.get(community._origin, 0)

    def action_view_tenders(self):
        """Open the tenders of the community."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_tender.outsourcing_tender_action"
        )
        return {**action, "domain": [("community_ids", "in", self.ids)], "context": {}}
