from functools import partial
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from ..models.workflow.gate import open_gate

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


@tagged("post_install", "-at_install")
class TestAdjustmentRace(TransactionCase):
    """Two real sessions confirm penalties of two clauses under one cap of 1,000.00 in the same second."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_proposals(api.Environment(cr, SUPERUSER_ID, QUIET))
        self.addCleanup(self._remove_proposals)

    def _create_proposals(self, env):
        community = env["outsourcing.community"].create({"name": "Two sessions"})
        contractor = env["res.partner"].create({"name": "Two sessions"})
        today = fields.Date.today()
        clause = {"basis": "fixed", "amount": 600.0}
        contract = open_gate(env["outsourcing.contract"]).create(
            {
                "title": "Two sessions",
                "service_type_id": env.ref("property_outsourcing.service_type_facade").id,
                "contractor_id": contractor.id,
                "community_id": community.id,
                "company_id": env.company.id,
                "currency_id": env.company.currency_id.id,
                "amount_total": 100000.0,
                "penalty_cap": 1000.0,
                "date_start": fields.Date.subtract(today, months=1),
                "date_end": fields.Date.add(today, months=1),
                "rule_ids": [Command.create({"name": name, **clause}) for name in "AB"],
                "state": "active",
            }
        )
        rules = contract.rule_ids
        proposals = open_gate(env["outsourcing.adjustment"]).create(
            [
                {
                    "contract_id": contract.id,
                    "rule_id": rule.id,
                    "reason": "x",
                    **rule._get_figures(1.0, None),
                }
                for rule in rules
            ]
        )
        self.contract_id, self.proposal_ids = contract.id, proposals.ids
        account = community.analytic_account_id
        self.created = [proposals, rules, contract, community, account, contractor]

    def _remove_proposals(self):
        with self.registry.cursor() as cr:
            for records in self.created:
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _open_session(self):
        """Return an environment on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1")
        return api.Environment(cr, SUPERUSER_ID, QUIET)

    def _confirm(self, env, index):
        env["outsourcing.adjustment"].browse(self.proposal_ids[index])._as_system()._transition_to(
            "confirmed"
        )
        env.flush_all()

    def _get_confirmed(self):
        contract = self._open_session()["outsourcing.contract"].browse(self.contract_id)
        confirmed = contract.adjustment_ids.filtered(lambda adjustment: adjustment.state == "confirmed")
        self.assertEqual(contract.penalty_confirmed, sum(confirmed.mapped("amount")))
        return contract.penalty_confirmed

    @mute_logger("odoo.sql_db")
    def test_the_second_clause_waits_for_the_first(self):
        first, second = self._open_session(), self._open_session()
        self._confirm(first, 0)
        second.cr.execute("SET LOCAL lock_timeout = '300ms'")
        with self.assertRaises(LockNotAvailable):
            self._confirm(second, 1)
        second.cr.rollback()
        first.cr.commit()
        self.assertEqual(self._get_confirmed(), 600.0)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_second_clause_is_run_again_and_cut_to_the_rest(self):
        first, second = self._open_session(), self._open_session()
        self._confirm(first, 0)
        first.cr.commit()
        with patch("odoo.service.model.random.uniform", return_value=0.0):
            retrying(partial(self._confirm, second, 1), second)
        second.cr.commit()
        self.assertEqual(self._get_confirmed(), 1000.0)
