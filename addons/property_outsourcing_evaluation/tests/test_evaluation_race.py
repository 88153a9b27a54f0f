from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


@tagged("post_install", "-at_install")
class TestEvaluationRace(TransactionCase):
    """Two real sessions evaluate a quarter: each contractor is evaluated once, and nobody is alarmed."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_work(api.Environment(cr, SUPERUSER_ID, QUIET))
        self.addCleanup(self._remove)

    def _create_work(self, env):
        self.quarter = env["outsourcing.evaluation"]._get_last_quarter(env.company)
        community = env["outsourcing.community"].create({"name": "Two runs"})
        firm = env["res.partner"].create({"name": "Two runs"})
        contract = open_gate(env["outsourcing.contract"]).create(
            {
                "title": "Two runs",
                "service_type_id": env.ref("property_outsourcing.service_type_elevator").id,
                "contractor_id": firm.id,
                "community_id": community.id,
                "company_id": env.company.id,
                "currency_id": env.company.currency_id.id,
                "date_start": self.quarter,
                "date_end": fields.Date.add(self.quarter, months=12),
                "rule_ids": [Command.clear()],
                "state": "active",
            }
        )
        fact = {"fact_type": "order_limited", "source": contract, "contract": contract, "date": self.quarter}
        facts = env["outsourcing.fact"]._record([{**fact, "key": f"runs:{n}"} for n in range(3)])
        self.firm_id, self.company_id = firm.id, env.company.id
        self.created = [facts, contract, community, community.analytic_account_id, firm]

    def _remove(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM mail_activity WHERE res_model = 'outsourcing.evaluation' AND res_id IN ("
                "SELECT id FROM outsourcing_evaluation WHERE contractor_id = %s)",
                [self.firm_id],
            )
            cr.execute("DELETE FROM outsourcing_evaluation WHERE contractor_id = %s", [self.firm_id])
            for records in self.created:
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _open_session(self):
        """Return the firm on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1 FROM res_partner LIMIT 1")
        return api.Environment(cr, SUPERUSER_ID, QUIET)["res.partner"].browse(self.firm_id)

    def _run(self, firm):
        company = firm.env["res.company"].browse(self.company_id)
        firm._run_in_batches("_draw_up_outsourcing_evaluations", company, self.quarter)

    @mute_logger("odoo.sql_db")
    def test_two_runs_at_once_evaluate_a_contractor_once(self):
        first, second, third = self._open_session(), self._open_session(), self._open_session()
        self._run(first)
        self._run(third)  # finds the firm locked and leaves it
        self.assertFalse(third.outsourcing_evaluation_count)
        first.env.cr.commit()
        self._run(second)  # cannot see what the first one has drawn up
        second.env.cr.commit()
        after = self._open_session()
        self.assertEqual(len(after.outsourcing_evaluation_ids), 1)
        self.assertFalse(after.activity_ids, "nothing has failed")
