from functools import partial
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import ValidationError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate


@tagged("post_install", "-at_install")
class TestRepairsCeiling(TransactionCase):
    """Two real sessions, each with its own connection, call off the rest of one framework at once."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_framework(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._remove_framework)

    def _create_framework(self, env):
        """Commit a framework of at most 1,000.00 with two work orders, and nothing else of the suite."""
        community = env["outsourcing.community"].create({"name": "Two sessions"})
        contractor = env["res.partner"].create({"name": "Two sessions"})
        contract = open_gate(env["outsourcing.contract"]).create(
            {
                "title": "Two sessions",
                "service_type_id": env.ref("property_outsourcing.service_type_repairs").id,
                "contractor_id": contractor.id,
                "community_id": community.id,
                "company_id": env.company.id,
                "currency_id": env.company.currency_id.id,
                "amount_total": 1000.0,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                "item_ids": [Command.create({"name": "Lock", "price_unit": 100.0})],
                "state": "active",
            }
        )
        place = {"outsourcing_contract_id": contract.id, "outsourcing_community_id": community.id}
        with patch.object(type(contract), "_check_may_dispatch"):  # the firm has no documents
            tasks = open_gate(env["project.task"]).create([{"name": name, **place} for name in "AB"])
        self.contract_id, self.item_id, self.task_ids = contract.id, contract.item_ids.id, tasks.ids
        account = community.analytic_account_id
        self.created = [tasks, contract.item_ids, contract, community, account, contractor]

    def _remove_framework(self):
        with self.registry.cursor() as cr:
            for table in ("outsourcing_order_line", "outsourcing_fact"):
                name = SQL.identifier(table)
                cr.execute(SQL("DELETE FROM %s WHERE contract_id = %s", name, self.contract_id))
            for records in self.created:
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _open_session(self):
        """Return an environment on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1")
        return api.Environment(cr, SUPERUSER_ID, {})

    def _call_off(self, env, index, quantity):
        line = {"task_id": self.task_ids[index], "item_id": self.item_id, "quantity_planned": quantity}
        env["outsourcing.order.line"].create(line)
        env.flush_all()

    def _get_called_off(self):
        env = self._open_session()
        lines = env["outsourcing.order.line"].search([("contract_id", "=", self.contract_id)])
        contract = env["outsourcing.contract"].browse(self.contract_id)
        self.assertEqual(contract.amount_called_off, sum(lines.mapped("amount_planned")))
        return contract.amount_called_off

    @mute_logger("odoo.sql_db")
    def test_the_second_session_waits_for_the_first(self):
        first, second = self._open_session(), self._open_session()
        self._call_off(first, 0, 6)
        second.cr.execute("SET LOCAL lock_timeout = '300ms'")
        with self.assertRaises(LockNotAvailable):
            self._call_off(second, 1, 6)
        second.cr.rollback()
        first.cr.commit()
        self.assertEqual(self._get_called_off(), 600.0)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_second_session_is_run_again_and_refused(self):
        first, second = self._open_session(), self._open_session()
        self._call_off(first, 0, 6)
        first.cr.commit()
        with (
            patch("odoo.service.model.random.uniform", return_value=0.0),
            self.assertRaisesRegex(ValidationError, "1,200.00 would be called off"),
        ):
            retrying(partial(self._call_off, second, 1, 6), second)
        second.cr.rollback()
        self.assertEqual(self._get_called_off(), 600.0)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_second_session_gets_what_is_left(self):
        first, second = self._open_session(), self._open_session()
        self._call_off(first, 0, 6)
        first.cr.commit()
        with patch("odoo.service.model.random.uniform", return_value=0.0):
            retrying(partial(self._call_off, second, 1, 4), second)
        self.assertEqual(self._get_called_off(), 1000.0)
