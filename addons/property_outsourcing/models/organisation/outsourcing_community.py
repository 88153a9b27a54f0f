from odoo import api, fields, models
from odoo.exceptions import ValidationError

# what the analytic account of a community takes over from it
ANALYTIC_FIELDS = ("name", "code", "company_id", "active")


class OutsourcingCommunity(models.Model):
    _name = "outsourcing.community"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.in.use.mixin", "mail.thread"]
    _description = "Residential community"
    _rec_names_search = ["name", "code"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(
        help="Short code of the community, unique within the company; also on its analytic account."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, tracking=True
    )
    area_id = fields.Many2one(
        "outsourcing.area", index=True, ondelete="restrict", check_company=True, tracking=True
    )
    manager_id = fields.Many2one(
        "res.users",
        string="Community manager",
        index=True,
        check_company=True,
        domain=[("share", "=", False)],
        tracking=True,
        help="Heads the project department of this community.",
    )
    supervisor_ids = fields.Many2many(
        "res.users",
        "outsourcing_community_supervisor_rel",
        "community_id",
        "user_id",
        string="Supervisors",
        check_company=True,
        # as text: a list makes membership depend on the kind of user, and every new user of Odoo is then
        # looked up in the communities before he is complete
        domain="[('share', '=', False)]",
        help="They see this community and everything that happens in it.",
    )
    representative_ids = fields.Many2many(
        "res.partner",
        "outsourcing_community_representative_rel",
        "community_id",
        "partner_id",
        string="Owners' representatives",
        # as text: a list would also hide who is named already
        domain="[('is_company', '=', False), ('partner_share', '=', True), "
        "('commercial_partner_id.outsourcing_state', '=', False)]",
        help="They witness acceptances of this community in the portal. They never see contract totals.",
    )
    member_ids = fields.Many2many(
        "res.users",
        "outsourcing_community_member_rel",
        "community_id",
        "user_id",
        string="Members",
        compute="_compute_member_ids",
        store=True,
        help="Who may see this community: its manager, its supervisors and the managers of its area "
        "up the tree.",
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        string="Analytic account",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="Created with the community; every bill line of its contracts is charged to it.",
    )
    fee_mode = fields.Selection(
        [("lump_sum", "Lump sum"), ("commission", "Commission")],
        string="Property fee",
        default="lump_sum",
        required=True,
        help="Lump sum: the property company bears surplus and loss. Commission: it draws a fixed "
        "remuneration, and what is spent from the fund is the owners' money.",
    )
    household_count = fields.Integer(string="Households")
    address = fields.Char()
    location_ids = fields.One2many("outsourcing.location", "community_id", string="Locations")
    location_count = fields.Integer(string="Number of locations", compute="_compute_location_count")
    equipment_ids = fields.One2many(
        "maintenance.equipment",
        "outsourcing_community_id",
    )
    equipment_count = fields.Integer(string="Number of equipment", compute="_compute_equipment_count")

    _code_uniq = models.Constraint(
        "UNIQUE (company_id, code)", "Another community of the company has this code."
    )
    _household_count_positive = models.Constraint(
        "CHECK (household_count >= 0)", "The number of households cannot be negative."
    )

    @api.depends("manager_id", "supervisor_ids", "area_id.chain_manager_ids")
    def _compute_member_ids(self):
        for community in self:
            community.member_ids = (
                community.manager_id | community.supervisor_ids | community.area_id.chain_manager_ids
            )

    @api.depends("location_ids")
    def _compute_location_count(self):
        self._compute_count("location_count", "outsourcing.location", "community_id")

    @api.depends("equipment_ids")
    def _compute_equipment_count(self):
        self._compute_count("equipment_count", "maintenance.equipment", "outsourcing_community_id")

    @api.constrains("representative_ids")
    def _check_representatives(self):
        for community in self.sudo():  # kinds of contacts only
            firms = community.representative_ids.filtered("is_company")
            if firms:
                raise ValidationError(
                    self.env._("%s is a firm: owners are represented by people.", firms[0].display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        communities = super().create([self._normalise_code(vals) for vals in vals_list])
        communities._create_analytic_accounts()
        return communities

    def write(self, vals):
        result = super().write(self._normalise_code(vals))
        if set(vals) & set(ANALYTIC_FIELDS):
            self._sync_analytic_accounts()
        return result

    def _get_managers(self):
        """Return the manager of this community, then those up the tree of areas, nearest first."""
        community = self.sudo()  # names of managers only
        return community.manager_id | community.area_id._get_managers()

    def action_view_locations(self):
        """Open the locations of this community."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_location_action"
        )
        return action | {
            "domain": [("community_id", "=", self.id)],
            "context": {"default_community_id": self.id},
        }

    def action_view_equipment(self):
        """Open the equipment of this community."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_equipment_action"
        )
        return action | {
            "domain": [("outsourcing_community_id", "=", self.id)],
            "context": {"default_outsourcing_community_id": self.id},
        }

    def _compute_count(self, count_field, model, link_field):
        """Set ``count_field`` to the number of records of ``model`` that the user sees in each community."""
        counts = dict(self.env[model]._read_group([(link_field, "in", self.ids)], [link_field], ["__count"]))
        for community in self:
            community[count_field] = counts.get(community._origin, 0)

    @api.model
    def _normalise_code(self, vals):
        # an empty code is no code: two communities without one do not collide
        if "code" in vals:
            return {**vals, "code": (vals["code"] or "").strip() or False}
        return vals

    def _prepare_analytic_account_vals(self):
        """Return the values of the analytic account of ``self``."""
        self.ensure_one()
        return {
            "name": self.name,
            "code": self.code,
            "plan_id": self.env.ref("property_outsourcing.analytic_plan_community").id,
            "company_id": self.company_id.id,
        }

    def _create_analytic_accounts(self):
        communities = self.filtered(lambda community: not community.analytic_account_id)
        # create has checked who may create a community; analytic accounts have a group of their own
        accounts = (
            self.env["account.analytic.account"]
            .sudo()
            .create([community._prepare_analytic_account_vals() for community in communities])
        )
        for community, account in zip(communities, accounts, strict=True):
            community.sudo().analytic_account_id = account  # as above

    def _sync_analytic_accounts(self):
        # who may change the community was checked by write
        for community in self.sudo().with_context(active_test=False):
            account = community.analytic_account_id
            vals = {
                name: community[name].id if name == "company_id" else community[name]
                for name in ANALYTIC_FIELDS
                if account and account[name] != community[name]
            }
            if vals:
                account.write(vals)
