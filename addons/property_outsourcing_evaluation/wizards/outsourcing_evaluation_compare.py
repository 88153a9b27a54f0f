from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from ..models.evaluation.evaluation_comparison import MOST


class OutsourcingEvaluationCompare(models.TransientModel):
    """Contractors of a service, or quarters of one, side by side."""

    _name = "outsourcing.evaluation.compare"
    _description = "Compare Contractors and Quarters"

    service_type_id = fields.Many2one("outsourcing.service.type", required=True)
    contractor_ids = fields.Many2many(
        "res.partner",
        string="Contractors",
        domain="[('id', 'in', possible_contractor_ids)]",
        help="Empty: all of the service.",
    )
    date_from = fields.Date(
        "Quarter from",
        default=lambda self: self.env["outsourcing.evaluation"]._get_last_quarter(self.env.company),
    )
    date_to = fields.Date(
        "Quarter until",
        default=lambda self: self.env["outsourcing.evaluation"]._get_last_quarter(self.env.company),
    )
    possible_contractor_ids = fields.Many2many("res.partner", compute="_compute_possible_contractor_ids")
    evaluation_ids = fields.Many2many(
        "outsourcing.evaluation",
        string="Side by Side",
        compute="_compute_evaluation_ids",
        store=True,
        readonly=False,
    )
    left_out = fields.Integer(compute="_compute_comparison")
    comparison = fields.Html(compute="_compute_comparison", sanitize=False, export_string_translation=False)

    @api.depends("service_type_id")
    def _compute_possible_contractor_ids(self):
        for compare in self:
            found = self.env["outsourcing.evaluation"].search(
                [("service_type_id", "=", compare.service_type_id.id)]
            )
            compare.possible_contractor_ids = found.contractor_id

    @api.depends("service_type_id", "contractor_ids", "date_from", "date_to")
    def _compute_evaluation_ids(self):
        for compare in self:
            if compare.service_type_id:
                compare.evaluation_ids = self.env["outsourcing.evaluation"].search(compare._get_domain())

    def _get_domain(self):
        domain = [
            ("service_type_id", "=", self.service_type_id.id),
            ("company_id", "in", self.env.companies.ids),
        ]
        if self.contractor_ids:
            domain.append(("contractor_id", "in", self.contractor_ids.ids))
        if self.date_from:
            domain.append(("date_from", ">=", date_utils.start_of(self.date_from, "quarter")))
        if self.date_to:
            domain.append(("date_from", "<=", self.date_to))
        return domain

    @api.depends("evaluation_ids")
    @api.depends_context("lang")
    def _compute_comparison(self):
        for compare in self:
            # the best of the last quarter first
            chosen = compare.evaluation_ids._origin.sorted(lambda e: (e.date_from, e.score), reverse=True)
            compare.left_out = max(len(chosen) - MOST, 0)
            compare.comparison = chosen[:MOST]._render_comparison() or False

    def action_export(self):
        """Download what stands side by side as a workbook."""
        self.ensure_one()
        if not self.evaluation_ids:
            raise UserError(self.env._("Nothing is evaluated here yet: choose another service or quarter."))
        return self.evaluation_ids.action_export()
