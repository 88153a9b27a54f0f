from dateutil.relativedelta import relativedelta
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, models
from odoo.tools import SQL, date_utils

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

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
        missing = self._map_missing(company, date_from, services)
        return self.env["res.partner"].union(*(firm for firm, _service in missing))

    @api.model
    def _search_quarter(self, company, date_from):
        """Return the evaluations (in sudo) of the quarter that starts on ``date_from``."""
        # sudo: who is evaluated already, whoever runs it
        return self.sudo().search([("company_id", "=", company.id), ("date_from", "=", date_from)])

    @api.model
    def _map_missing(self, company, date_from, services=None, firms=None):
        """Return who has worked and is not evaluated yet in the quarter.

        The facts of whoever is evaluated are not looked at, and of the others one of each kind.

        :return: dict (contractor, service type) -> the scorecard that counts its facts
        """
        cards = self._map_scorecards(services)
        pairs = [(service.id, code) for service, card in cards.items() for code in card._get_fact_types()]
        if not pairs:
            return {}
        self.env["outsourcing.fact"].flush_model()
        self.flush_model(["company_id", "contractor_id", "service_type_id", "date_from"])
        rows = self.env.execute_query(self._get_missing_query(company, date_from, pairs, firms))
        firms, services = self.env["res.partner"], self.env["outsourcing.service.type"]
        return {
            (firms.browse(firm), services.browse(service)): cards[services.browse(service)]
            for firm, service in rows
        }

    @api.model
    def _map_scorecards(self, services=None):
        """Return a dict: service type -> its scorecard of today, where it has one."""
        found = services or self.env["outsourcing.service.type"].with_context(active_test=False).search([])
        cards = self.env["outsourcing.scorecard"]._map_services(found)
        return {service: card for service, card in cards.items() if card}

    @api.model
    def _get_missing_query(self, company, date_from, pairs, firms):
        services, codes = map(list, zip(*pairs, strict=True))
        return SQL(
            """
            SELECT DISTINCT worked.contractor_id, c.service_type_id
              FROM outsourcing_contract c
              JOIN unnest(%(services)s::int[], %(codes)s::text[]) AS counted(service, code)
                ON counted.service = c.service_type_id
              JOIN LATERAL (
                   SELECT f.contractor_id FROM outsourcing_fact f
                    WHERE f.contract_id = c.id AND f.fact_type = counted.code AND f.active
                      AND f.date BETWEEN %(first)s AND %(last)s AND f.company_id = %(company)s
                    LIMIT 1) worked ON TRUE
             WHERE c.company_id = %(company)s %(firms)s
               AND NOT EXISTS (
                   SELECT FROM outsourcing_evaluation e
                    WHERE e.company_id = %(company)s AND e.contractor_id = c.contractor_id
                      AND e.service_type_id = c.service_type_id AND e.date_from = %(first)s)
             ORDER BY worked.contractor_id, c.service_type_id
            """,
            services=services,
            codes=codes,
            first=date_from,
            last=date_utils.end_of(date_from, "quarter"),
            company=company.id,
            firms=SQL() if firms is None else SQL("AND c.contractor_id = ANY(%s)", firms.ids),
        )

    @api.model
    def _draw_up(self, company, date_from, firms, services=None):
        """Create and count the drafts of ``firms`` that are missing in the quarter; set-based.

        :return: the new evaluations, in sudo
        """
        missing = self._map_missing(company, date_from, services, firms)
        self.env["outsourcing.scorecard"].union(*missing.values())._check_weights()
        evaluations = self._create_drafts(company, date_from, missing)
        # sudo: the schedule, or a manager who was checked, evaluates all contractors
        evaluations = evaluations.with_env(self.sudo().env)
        if evaluations:
            evaluations._count_new()
            evaluations._ask_for_points()
        return evaluations

    @api.model
    def _create_drafts(self, company, date_from, missing):
        """Return an empty draft for each (contractor, service type) -> scorecard of ``missing``."""
        date_to = date_utils.end_of(date_from, "quarter")
        # sudo: until which fact is counted, whoever reads it
        extents = self.sudo()._map_extents([(company, *party, date_from) for party in missing])
        vals_list = [
            {
                **extents[company, firm, service, date_from],
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
        try:
            with self.env.cr.savepoint():
                return self._gated().with_context(**QUIET).create(vals_list)
        except UniqueViolation as error:
            # another run, which this one cannot see yet, has drawn them up in the meantime
            raise SerializationFailure(str(error)) from error

    @api.model
    def _cron_draw_up(self):
        """Draw up the evaluations of the last quarter, for every company and contractor that has none."""
        for company in self.env["res.company"].sudo().search([]):  # a schedule: which there are
            date_from = self._get_last_quarter(company)
            firms = self._get_firms_to_evaluate(company, date_from)
            if not firms._run_in_batches("_draw_up_outsourcing_evaluations", company, date_from):
                return
