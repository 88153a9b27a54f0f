from datetime import date

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .award_workflow import MANAGER, PROPOSED


class OutsourcingAward(models.Model):
    """Who is eligible: every rated quarter of the year with the best grade, no card, enough work."""

    _inherit = "outsourcing.award"

    @api.model
    def _map_eligible(self, company, year, firms=None):
        """Return who may be a gold partner of the ``year`` and is not proposed yet, one query for all.

        Every evaluation of the year is final; the graded ones all have the best grade and come from the
        company's least number of quarters; no card was issued or in force in the year, lifted ones aside.

        :return: dict contractor id -> (ids of its graded evaluations, mean score, number of quarters)
        """
        self.env["outsourcing.evaluation"].flush_model()
        self.env["outsourcing.card"].flush_model()
        self.flush_model()
        wanted = SQL("AND e.contractor_id = ANY(%s)", list(firms.ids)) if firms is not None else SQL()
        best = self.env["outsourcing.grade"]._get_grades()[:1]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.contractor_id, ARRAY_AGG(e.id ORDER BY e.id) FILTER (WHERE e.is_graded),
                       ROUND(AVG(e.score) FILTER (WHERE e.is_graded)::numeric, 2)::float,
                       COUNT(DISTINCT e.date_from) FILTER (WHERE e.is_graded)
                  FROM outsourcing_evaluation e
                 WHERE e.company_id = %(company)s AND e.date_from BETWEEN %(first)s AND %(last)s %(wanted)s
                   AND NOT EXISTS (
                       SELECT FROM outsourcing_award a
                        WHERE a.company_id = e.company_id AND a.contractor_id = e.contractor_id
                          AND a.year = %(year)s)
                   AND NOT EXISTS (
                       SELECT FROM outsourcing_card c
                        WHERE c.company_id = e.company_id AND c.contractor_id = e.contractor_id
                          AND (c.state IN ('issued', 'appealed')
                               OR c.state = 'closed' AND c.date_issued <= %(last)s
                                  AND c.date_ended >= %(first)s))
                 GROUP BY e.contractor_id
                HAVING BOOL_AND(e.state = 'final')
                   AND BOOL_AND(NOT e.is_graded OR e.grade_id = %(best)s)
                   AND COUNT(DISTINCT e.date_from) FILTER (WHERE e.is_graded) >= %(least)s
                """,
                company=company.id,
                first=date(int(year), 1, 1),
                last=date(int(year), 12, 31),
                year=str(year),
                wanted=wanted,
                best=best.id,
                least=company._get_outsourcing_setting("outsourcing_gold_min_quarters"),
            )
        )
        return {firm_id: tuple(found) for firm_id, *found in rows}

    @api.model
    def _propose(self, company, year, firms):
        """Propose the eligible among ``firms``; set-based.

        :return: the new awards, in sudo
        """
        eligible = self._map_eligible(company, year, firms)
        awards = self._gated().create(
            [
                {
                    "company_id": company.id,
                    "contractor_id": firm_id,
                    "year": str(year),
                    "evaluation_ids": evaluation_ids,
                    "score": score,
                    "quarter_count": quarters,
                }
                for firm_id, (evaluation_ids, score, quarters) in eligible.items()
            ]
        )
        # sudo: the schedule, or a manager who was checked, proposes all contractors
        awards = awards.with_env(self.sudo().env)
        deciders = awards._map_responsible_users(group=MANAGER)
        summary = self.env._("Decide on the gold partner")
        awards._schedule_events(
            PROPOSED, {award: {"summary": summary, "users": deciders[award]} for award in awards}
        )
        return awards

    @api.model
    def _cron_propose(self):
        """Propose the gold partners of the last year, as soon as all quarters of a contractor are final."""
        for company in self.env["res.company"].sudo().search([]):  # a schedule: which there are
            year = trade_today(company).year - 1
            firms = self.env["res.partner"].browse(self._map_eligible(company, year))
            if not firms._run_in_batches("_propose_outsourcing_awards", company, year):
                return


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _propose_outsourcing_awards(self, company, year):
        """Propose the eligible among ``self`` as gold partners of the ``year``; called in batches."""
        self.env["outsourcing.award"].with_company(company)._propose(company, year, self)
