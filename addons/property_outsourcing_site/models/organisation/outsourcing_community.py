from odoo import fields, models


class OutsourcingCommunity(models.Model):
    _inherit = "outsourcing.community"

    inspection_count = fields.Integer(compute="_compute_site_counts", string="Inspection count")
    defect_open_count = fields.Integer(compute="_compute_site_counts", string="Open defects")
    site_log_count = fields.Integer(compute="_compute_site_counts", string="Site log count")

    def _compute_site_counts(self):
        in_self = ("community_id", "in", self.ids)
        group = ["community_id"], ["__count"]
        inspections = dict(self.env["outsourcing.inspection"]._read_group([in_self], *group))
        defects = dict(
            self.env["outsourcing.defect"]._read_group([in_self, ("state", "!=", "closed")], *group)
        )
        logs = dict(self.env["outsourcing.site.log"]._read_group([in_self], *group))
        for community in self:
            community.inspection_count = inspections.get(community._origin, 0)
            community.defect_open_count = defects.get(community._origin, 0)
            community.site_log_count = logs.get(community._origin, 0)

    def action_view_inspections(self):
        """Open the inspections of the community."""
        return self._get_site_action("outsourcing_inspection_action")

    def action_view_defects(self):
        """Open the defects of the community."""
        return self._get_site_action("outsourcing_defect_action")

    def action_view_site_logs(self):
        """Open the site logs of the community."""
        return self._get_site_action("outsourcing_site_log_action")

    def _get_site_action(self, name):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"property_outsourcing_site.{name}")
        return {
            **action,
            "domain": [("community_id", "=", self.id)],
            "context": {"default_community_id": self.id},
        }
