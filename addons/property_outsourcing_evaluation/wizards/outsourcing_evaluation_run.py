from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import date_utils

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingEvaluationRun(models.TransientModel):
    """Which quarter is evaluated now."""

    _name = "outsourcing.evaluation.run"
    _description = "Evaluate a Quarter"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    date = fields.Date(
        "A Day of the Quarter",
        required=True,
        default=lambda self: self.env["outsourcing.evaluation"]._get_last_quarter(self.env.company),
    )
    date_from = fields.Date("First Day", compute="_compute_quarter")
    date_to = fields.Date("Last Day", compute="_compute_quarter")
    service_type_ids = fields.Many2many(
        "outsourcing.service.type", string="Service Types", help="Empty: all with a scorecard."
    )

    @api.depends("date")
    def _compute_quarter(self):
        for run in self:
            run.date_from = run.date and date_utils.start_of(run.date, "quarter")
            run.date_to = run.date and date_utils.end_of(run.date, "quarter")

    def action_run(self):
        """Draw up the evaluations of the quarter that are missing, and open them."""
        self.ensure_one()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("A manager evaluates a quarter."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your companies."))
        if self.date_to >= trade_today(self.company_id):
            raise UserError(self.env._("The quarter ends on %s and is evaluated afterwards.", self.date_to))
        evaluations = self.env["outsourcing.evaluation"]
        firms = evaluations._get_firms_to_evaluate(self.company_id, self.date_from, self.service_type_ids)
        found = evaluations._search_quarter(self.company_id, self.date_from)
        if not firms and not found:
            raise UserError(
                self.env._("Nothing a scorecard counts was recorded in this quarter: nobody is evaluated.")
            )
        firms._run_in_batches(
            "_draw_up_outsourcing_evaluations", self.company_id, self.date_from, self.service_type_ids
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_evaluation_action"
        )
        domain = [("date_from", "=", self.date_from), ("company_id", "=", self.company_id.id)]
        return {**action, "domain": domain, "context": {}}
