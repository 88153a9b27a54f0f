from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.tests.race_common import RaceCommon


@tagged("post_install", "-at_install")
class TestEvaluationRace(RaceCommon):
    """Two real sessions evaluate a quarter: each contractor is evaluated once, and nobody is alarmed."""

    def _create_documents(self, env):
        self.quarter = env["outsourcing.evaluation"]._get_last_quarter(env.company)
        contract = self._create_contract(
            env,
            "service_type_elevator",
            date_start=self.quarter,
            date_end=fields.Date.add(self.quarter, months=12),
            rule_ids=[Command.clear()],
        )
        fact = {"fact_type": "order_limited", "source": contract, "contract": contract, "date": self.quarter}
        facts = env["outsourcing.fact"]._record([{**fact, "key": f"runs:{n}"} for n in range(3)])
        self.firm_id, self.company_id = contract.contractor_id.id, env.company.id
        self.created.insert(0, facts)

    def _remove_dependents(self, cr):
        cr.execute(
            "DELETE FROM mail_activity WHERE res_model = 'outsourcing.evaluation' AND res_id IN ("
            "SELECT id FROM outsourcing_evaluation WHERE contractor_id = %s)",
            [self.firm_id],
        )
        cr.execute("DELETE FROM outsourcing_evaluation WHERE contractor_id = %s", [self.firm_id])

    def _open_session(self):
        """Return the firm on a connection of its own whose view of the data begins now."""
        return super()._open_session()["res.partner"].browse(self.firm_id)

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
