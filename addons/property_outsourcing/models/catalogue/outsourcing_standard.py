from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..workflow.trade_time import trade_today

KINDS = [
    ("law", "Law"),
    ("regulation", "Regulation"),
    ("national", "National standard"),
    ("industry", "Industry standard"),
    ("local", "Local standard or guide"),
    ("company", "Company standard"),
]


class OutsourcingStandard(models.Model):
    """A regulation or standard of the library, with the clauses that contracts and checklists cite."""

    _name = "outsourcing.standard"
    _description = "Regulation or Standard"
    _inherit = ["outsourcing.in.use.mixin", "outsourcing.file.owner.mixin", "mail.thread"]
    _order = "kind, number, id"
    _rec_names_search = ["number", "name"]

    number = fields.Char(required=True, tracking=True, help="E.g. GB 50210-2018 or 建质〔2017〕138号.")
    name = fields.Char("Title", required=True, translate=True, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="national", index=True, tracking=True)
    issuing_body = fields.Char(translate=True)
    date_from = fields.Date("In Force from", tracking=True, help="Empty when the day is not known.")
    date_to = fields.Date("In Force until", tracking=True, help="Empty while no end is known.")
    superseded_by_id = fields.Many2one(
        "outsourcing.standard", index="btree_not_null", ondelete="restrict", tracking=True
    )
    supersedes_ids = fields.One2many("outsourcing.standard", "superseded_by_id")
    state = fields.Selection(
        [("future", "Not yet in force"), ("in_force", "In force"), ("superseded", "Superseded")],
        compute="_compute_state",
        search="_search_state",
    )
    url = fields.Char("Link")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, bypass_search_access=True)
    note = fields.Text("Remarks", translate=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for every company. A company standard names its own.",
    )
    active = fields.Boolean(default=True)
    clause_ids = fields.One2many("outsourcing.standard.clause", "standard_id", "Clauses", copy=True)
    clause_count = fields.Integer(compute="_compute_clause_count", string="Number of Clauses")
    service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        string="Service Types",
        compute="_compute_service_type_ids",
        search="_search_service_type_ids",
    )

    _number_uniq = models.UniqueIndex(
        "(number, COALESCE(company_id, 0))", "Another standard of the library has this number."
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A standard cannot end before it comes into force.",
    )

    @api.depends("date_from", "date_to", "superseded_by_id.date_from")
    def _compute_state(self):
        today = trade_today(self)
        for standard in self:
            if standard._is_in_force(today):
                standard.state = "in_force"
            else:
                future = standard.date_from and standard.date_from > today
                standard.state = "future" if future else "superseded"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = trade_today(self)
        future = Domain("date_from", ">", today)
        in_force = self._get_in_force_domain(today)
        domains = {"future": future, "in_force": in_force, "superseded": ~future & ~in_force}
        return Domain.OR([domains[state] for state in value if state in domains])

    @api.model
    def _get_in_force_domain(self, date, prefix=""):
        """Return the domain of the standards in force on ``date``; ``prefix`` leads there from elsewhere."""
        started = Domain(f"{prefix}date_from", "=", False) | Domain(f"{prefix}date_from", "<=", date)
        not_ended = Domain(f"{prefix}date_to", "=", False) | Domain(f"{prefix}date_to", ">=", date)
        not_replaced = Domain(f"{prefix}superseded_by_id", "=", False) | Domain(
            f"{prefix}superseded_by_id.date_from", ">", date
        )
        return started & not_ended & not_replaced

    def _is_in_force(self, date):
        """Return whether the standard is in force on ``date``."""
        self.ensure_one()
        if self.date_from and self.date_from > date or self.date_to and self.date_to < date:
            return False
        successor = self.superseded_by_id
        return not successor or bool(successor.date_from and successor.date_from > date)

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": Domain.FALSE}  # kept up by the library

    def _compute_clause_count(self):
        counts = dict(
            self.env["outsourcing.standard.clause"]._read_group(
                [("standard_id", "in", self.ids)], ["standard_id"], ["__count"]
            )
        )
        for standard in self:
            standard.clause_count = counts.get(standard._origin, 0)

    @api.depends("clause_ids.service_type_ids")
    def _compute_service_type_ids(self):
        for standard in self:
            standard.service_type_ids = standard.clause_ids.service_type_ids

    def _search_service_type_ids(self, operator, value):
        return [("clause_ids.service_type_ids", operator, value)]

    @api.depends("number", "name")
    def _compute_display_name(self):
        for standard in self:
            standard.display_name = " ".join(part for part in (standard.number, standard.name) if part)

    @api.constrains("superseded_by_id")
    def _check_superseded_by_id(self):
        if self._has_cycle("superseded_by_id"):
            raise ValidationError(self.env._("A standard cannot be superseded by itself."))

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for standard, vals in zip(self, vals_list, strict=True):
            if "number" not in (default or {}):
                vals["number"] = self.env._("%s (copy)", standard.number)
        return vals_list

    def action_view_clauses(self):
        """Open the clauses of the standard."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_standard_clause_action"
        )
        return {
            **action,
            "domain": [("standard_id", "=", self.id)],
            "context": {"default_standard_id": self.id},
        }
