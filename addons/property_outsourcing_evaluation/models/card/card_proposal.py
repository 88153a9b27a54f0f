import logging
from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES

from .card_workflow import PROPOSED
from .outsourcing_card import MANAGER

_logger = logging.getLogger(__name__)


class Streak(NamedTuple):
    """Failures in a row of one firm under one contract (or none), by one rule."""

    rule_id: int
    company_id: int
    contractor_id: int
    contract_id: int | None
    fact_ids: list

    def get_key(self, color):
        """Return what is proposed once of these failures, whoever runs it and how often."""
        return f"{self.rule_id}:{self.company_id}:{self.contract_id or 'firm'}:{color}:{self.fact_ids[0]}"


class OutsourcingCard(models.Model):
    """Rules find failures in a row and propose cards; nobody is punished by a schedule."""

    _inherit = "outsourcing.card"

    @api.model
    def _search_streaks(self, firms=None):
        """Return the rows of failures that have come to a card which is not proposed yet.

        A failure a red card rests on, issued or not, is dealt with: the next row begins after it.

        :param firms: ``res.partner``; None: all of them
        :return: dict key -> (:class:`Streak`, color), one query for all
        """
        for model in ("outsourcing.fact", "outsourcing.contract", self._name):
            self.env[model].flush_model()
        rules = self.env["outsourcing.card.rule"].sudo().search([("failed_type", "!=", False)])  # terms
        rules.flush_model()
        rows = self.env.execute_query(self._get_streak_query(rules, firms)) if rules else ()
        found = {}
        for row in rows:
            streak = Streak(*row)
            if color := rules.browse(streak.rule_id)._pick_color(len(streak.fact_ids)):
                found[streak.get_key(color)] = (streak, color)
        cards = self.sudo()  # what is proposed already, of whatever company
        known = set(cards.search([("streak_key", "in", list(found))]).mapped("streak_key"))
        return {key: streak for key, streak in found.items() if key not in known}

    @api.model
    def _get_streak_query(self, rules, firms):
        """What the contracts have failed in since they last passed: no more is read of a long history."""
        wanted = SQL("f.contractor_id = ANY(%s)", list(firms.ids)) if firms is not None else SQL("TRUE")
        return SQL(
            """
            SELECT f.rule_id, f.company_id, f.contractor_id, f.contract_id,
                   ARRAY_AGG(f.id ORDER BY f.date, f.id)
              FROM (%(of_contracts)s UNION ALL %(of_firms)s) f
             WHERE f.company_id IS NOT NULL AND %(wanted)s
               AND NOT EXISTS (
                   SELECT FROM outsourcing_card_fact_rel rel
                     JOIN outsourcing_card card ON card.id = rel.card_id
                    WHERE rel.fact_id = f.id AND card.rule_id = f.rule_id AND card.color = 'red')
             GROUP BY f.rule_id, f.company_id, f.contractor_id, f.contract_id
            """,
            of_contracts=self._get_contract_failures_query(rules),
            of_firms=self._get_firm_failures_query(rules),
            wanted=wanted,
        )

    @api.model
    def _get_contract_failures_query(self, rules):
        """Failures of running contracts since they passed last, by day and id, whoever worked there then."""
        return SQL(
            """
            SELECT r.id AS rule_id, f.*
              FROM outsourcing_card_rule r
              JOIN outsourcing_contract c ON c.state IN %(running)s
              LEFT JOIN LATERAL (
                   SELECT p.date, p.id FROM outsourcing_fact p
                    WHERE p.contract_id = c.id AND p.fact_type = r.passed_type AND p.active
                    ORDER BY p.date DESC, p.id DESC LIMIT 1) passed ON TRUE
             CROSS JOIN LATERAL (
                   SELECT f.id, f.date, f.company_id, f.contractor_id, f.contract_id
                     FROM outsourcing_fact f
                    WHERE f.contract_id = c.id AND f.fact_type = r.failed_type AND f.active
                      AND f.date > %(today)s - MAKE_INTERVAL(months => r.window_months)
                      AND f.date >= COALESCE(passed.date, '-infinity')
                      AND (passed.id IS NULL OR (f.date, f.id) > (passed.date, passed.id))
                   OFFSET 0) f  -- by the index of each contract: all facts would be read instead
             WHERE r.id = ANY(%(rules)s)
            """,
            today=trade_today(self),
            rules=list(rules.ids),
            running=RUNNING_STATES,
        )

    @api.model
    def _get_firm_failures_query(self, rules):
        """Failures told of a firm without a contract, since it passed last in the same company."""
        return SQL(
            """
            SELECT r.id AS rule_id, f.id, f.date, f.company_id, f.contractor_id, f.contract_id
              FROM outsourcing_card_rule r
              JOIN outsourcing_fact f
                ON f.contract_id IS NULL AND f.fact_type = r.failed_type AND f.active
               AND f.date > %(today)s - MAKE_INTERVAL(months => r.window_months)
             WHERE r.id = ANY(%(rules)s)
               AND NOT EXISTS (
                   SELECT FROM outsourcing_fact p
                    WHERE p.contract_id IS NULL AND p.fact_type = r.passed_type AND p.active
                      AND p.contractor_id = f.contractor_id AND p.company_id = f.company_id
                      AND (p.date, p.id) > (f.date, f.id))
            """,
            today=trade_today(self),
            rules=list(rules.ids),
        )

    @api.model
    def _propose(self, firms):
        """Propose the cards the failures of ``firms`` have come to; set-based.

        :return: the new cards, in sudo
        """
        streaks = self._search_streaks(firms)
        vals_list = [
            {
                "streak_key": key,
                "rule_id": streak.rule_id,
                "company_id": streak.company_id,
                "color": color,
                "contractor_id": streak.contractor_id,
                "contract_id": streak.contract_id,
                "fact_ids": streak.fact_ids,
            }
            for key, (streak, color) in streaks.items()
        ]
        try:
            with self.env.cr.savepoint():
                cards = self._gated().create(vals_list)
                cards.flush_recordset()
        except UniqueViolation:  # another run is proposing them; what is left comes with the next one
            _logger.info("Cards are being proposed by another run")
            return self.sudo().browse()  # nothing
        cards = cards.with_env(self.sudo().env)
        cards._withdraw_milder()
        asked = {"summary": self.env._("Decide on the proposed card")}
        deciders = cards._map_responsible_users(group=MANAGER)
        cards._schedule_events(PROPOSED, {card: {**asked, "users": deciders[card]} for card in cards})
        return cards

    def _withdraw_milder(self):
        """Drop yellow cards that are still proposed where a red one is now proposed for more of the same."""
        red = self.filtered(lambda card: card.color == "red")
        yellow = self.search(
            [
                ("state", "=", "proposed"),
                ("color", "=", "yellow"),
                ("fact_ids", "in", red.fact_ids.ids),
                ("rule_id", "in", red.rule_id.ids),
            ]
        )
        if yellow:
            yellow._as_system()._end("dropped", self.env._("A red card is proposed instead."))


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _propose_outsourcing_cards(self):
        """Propose the cards the failures of the firms ``self`` have come to; called in batches."""
        self.env["outsourcing.card"]._propose(self)
