from odoo import fields, models


class OutsourcingStandardClause(models.Model):
    """Where a clause is checked, and where it was violated."""

    _inherit = "outsourcing.standard.clause"

    checklist_item_ids = fields.One2many("outsourcing.checklist.item", "clause_id", string="Checklist items")
    checklist_item_count = fields.Integer(compute="_compute_site_counts", string="Number of checklist items")
    defect_count = fields.Integer(compute="_compute_site_counts", string="Number of defects")

    def _compute_site_counts(self):
        in_self = [("clause_id", "in", self.ids)]
        items = dict(self.env["outsourcing.checklist.item"]._read_group(in_self, ["clause_id"], ["__count"]))
        defects = dict(self.env["outsourcing.defect"]._read_group(in_self, ["clause_id"], ["__count"]))
        for clause in self:
            clause.checklist_item_count = items.get(clause._origin, 0)
            clause.defect_count = defects.get(clause._origin, 0)

    def action_view_checklist_items(self):
        """Open the checklist items that check the clause."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Checklist items"),
            "res_model": "outsourcing.checklist.item",
            "view_mode": "list,form",
            "domain": [("clause_id", "in", self.ids)],
            "context": {"create": False},
        }

    def action_view_defects(self):
        """Open the defects that violate the clause."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing_site.outsourcing_defect_action"
        )
        return {**action, "domain": [("clause_id", "in", self.ids)], "context": {}}
