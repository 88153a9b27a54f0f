from functools import partial
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo import Command
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.workflow.gate import open_gate
from .race_common import RaceCommon


@tagged("post_install", "-at_install")
class TestAdjustmentRace(RaceCommon):
    """Two real sessions confirm penalties of two clauses under one cap of 1,000.00 in the same second."""

    def _create_documents(self, env):
        clause = {"basis": "fixed", "amount": 600.0}
        contract = self._create_contract(
            env,
            "service_type_facade",
            amount_total=100000.0,
            penalty_cap=1000.0,
            rule_ids=[Command.create({"name": name, **clause}) for name in "AB"],
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
        self.created = [proposals, rules, *self.created]

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
