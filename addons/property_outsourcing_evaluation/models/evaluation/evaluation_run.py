from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import date_utils

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .evaluation_workflow import JUDGE

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


class OutsourcingEvaluation(models.Model):
    """The run of a quarter: a draft for every contractor and service with something to judge by."""

    _inherit = "outsourcing.evaluation"

    @api.model
    def _get_last_quarter(self, company):
        """Return the first day of the last quarter that has ended for ``company``."""
        return date_utils.start_of(trade_today(company), "quarter") - relativedelta(months=3)

    @api.model
    def _get_firms_to_evaluate(self, company, date_from, services=None):
        """Return the contractors that have worked in the quarter and are not evaluated yet in a service."""
        wanted = self._map_work(company, date_from, services)
        known = self._search_quarter(company, date_from).mapped(
            lambda e: (e.contractor_id, e.service_type_id)
        )
        return self.env["res.partner"].browse(
            {firm.id for firm, service in wanted if (firm, service) not in known}
        )

    @api.model
    def _search_quarter(self, company, date_from, firms=None):
        domain = [("company_id", "=", company.id), ("date_from", "=", date_from)]
        if firms is not None:
            domain.append(("contractor_id", "in", firms.ids))
        return self.sudo().search(domain)  # who is evaluated already, whoever runs it

    @api.model
    def _map_work(self, company, date_from, services=None, firms=None):
        """Return who has worked: dict (contractor, service type) -> the scorecard that counts its facts."""
        domain = [
            ("company_id", "=", company.id),
            ("contract_id", "!=", False),
            ("date", ">=", date_from),
            ("date", "<=", date_utils.end_of(date_from, "quarter")),
        ]
        if firms is not None:
            domain.append(("contractor_id", "in", firms.ids))
        if services:
            domain.append(("contract_id.service_type_id", "in", services.ids))
        # sudo: the schedule, or a manager who was checked, evaluates all contractors
        rows = (
            self.env["outsourcing.fact"]
            .sudo()
            ._read_group(domain, ["contractor_id", "contract_id", "fact_type"])
        )
        cards = self.env["outsourcing.scorecard"]._map_services(
            self.env["outsourcing.service.type"].union(
                *(contract.service_type_id for _f, contract, _t in rows)
            )
        )
        counted = {card: set(card._get_fact_types()) for card in cards.values()}
        work = {}
        for firm, contract, fact_type in rows:
            service = contract.service_type_id
            if fact_type in counted[cards[service]]:
                work[firm, service] = cards[service]
        return work

    @api.model
    def _draw_up(self, company, date_from, firms, services=None):
        """Create and count the drafts of ``firms`` that are missing in the quarter; set-based.

        :return: the new evaluations, in sudo
        """
        work = self._map_work(company, date_from, services, firms)
        self.env["outsourcing.scorecard"].union(*work.values())._check_weights()
        there = self._search_quarter(company, date_from, firms)
        known = {(evaluation.contractor_id, evaluation.service_type_id) for evaluation in there}
        missing = {key: card for key, card in work.items() if key not in known}
        evaluations = self._create_drafts(company, date_from, missing)
        evaluations._create_criteria()
        # sudo: the schedule, or a manager who was checked, evaluates all contractors
        evaluations = evaluations.with_env(self.sudo().env)
        if evaluations:
            evaluations._count()
            evaluations._ask_for_points()
        return evaluations

    @api.model
    def _create_drafts(self, company, date_from, missing):
        """Return an empty draft for each (contractor, service type) -> scorecard of ``missing``."""
        date_to = date_utils.end_of(date_from, "quarter")
        vals_list = [
            {
                "company_id": company.id,
                "contractor_id": firm.id,
                "service_type_id": service.id,
                "scorecard_id": card.id,
                "min_rated_weight": card.min_rated_weight,
                "date_from": date_from,
                "date_to": date_to,
            }
            for (firm, service), card in missing.items()
        ]
        return self._gated().with_context(**QUIET).create(vals_list)

    def _create_criteria(self):
        """Copy the criteria of the scorecards as they read today, in every language."""
        vals_list = [
            {**criterion._prepare_line_vals(), "evaluation_id": evaluation.id}
            for evaluation in self
            for criterion in evaluation.scorecard_id.criterion_ids
        ]
        lines = self.env["outsourcing.evaluation.line"]._gated().create(vals_list)
        if lines:
            lines._copy_wording()

    def _ask_for_points(self):
        asked = {
            evaluation: {"summary": self.env._("Judge the quarter and publish the preview")}
            for evaluation in self
        }
        self._schedule_events(JUDGE, asked)

    @api.model
    def _cron_draw_up(self):
        """Draw up the evaluations of the last quarter, for every company and contractor that has none."""
        for company in self.env["res.company"].sudo().search([]):  # a schedule: which there are
            date_from = self._get_last_quarter(company)
            firms = self._get_firms_to_evaluate(company, date_from)
            if not firms._run_in_batches("_draw_up_outsourcing_evaluations", company, date_from):
                return
