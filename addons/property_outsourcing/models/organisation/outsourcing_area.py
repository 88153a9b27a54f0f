from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingArea(models.Model):
    _name = "outsourcing.area"
    _description = "Area of communities"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.in.use.mixin"]
    _parent_name = "parent_id"
    _parent_store = True
    _rec_name = "complete_name"
    _rec_names_search = ["name", "complete_name"]
    _order = "complete_name, id"
    _check_company_auto = True
    # a branch works in the areas of its head office
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        string="Full name", compute="_compute_complete_name", store=True, recursive=True
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    parent_id = fields.Many2one(
        "outsourcing.area", string="Part of", index=True, ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("outsourcing.area", "parent_id", string="Areas within")
    manager_id = fields.Many2one(
        "res.users",
        string="Area manager",
        index=True,
        check_company=True,
        domain=[("share", "=", False)],
        help="Sees every community of this area and of the areas within it.",
    )
    chain_manager_ids = fields.Many2many(
        "res.users",
        "outsourcing_area_chain_manager_rel",
        "area_id",
        "user_id",
        string="Managers up the tree",
        compute="_compute_chain_manager_ids",
        store=True,
        recursive=True,
        help="The manager of this area and of every area above it.",
    )
    community_ids = fields.One2many("outsourcing.community", "area_id", string="Communities")
    community_count = fields.Integer(string="Number of communities", compute="_compute_community_count")

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for area in self:
            parent = area.parent_id.complete_name
            area.complete_name = f"{parent} / {area.name}" if parent else area.name

    @api.depends("manager_id", "parent_id.chain_manager_ids")
    def _compute_chain_manager_ids(self):
        for area in self:
            area.chain_manager_ids = area.manager_id | area.parent_id.chain_manager_ids

    @api.depends("community_ids")
    def _compute_community_count(self):
        counts = dict(
            self.env["outsourcing.community"]._read_group(
                [("area_id", "child_of", self.ids)], ["area_id"], ["__count"]
            )
        )
        for area in self:
            path = area.parent_path or f"{area.id}/"
            area.community_count = sum(
                count for other, count in counts.items() if (other.parent_path or "").startswith(path)
            )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An area cannot lie within itself."))

    def _get_managers(self):
        """Return the manager of this area, then those of the areas above it, nearest first."""
        users, area = self.env["res.users"], self.sudo()  # names of managers only
        while area:
            users |= area.manager_id
            area = area.parent_id
        return users

    def action_view_communities(self):
        """Open the communities of this area and of the areas within it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_community_action"
        )
        return action | {
            "domain": [("area_id", "child_of", self.ids)],
            "context": {"default_area_id": self.id},
        }
