from psycopg2.errors import SerializationFailure

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


@tagged("post_install", "-at_install")
class TestPublishingRace(RaceCommon):
    """Two managers publish in the same second: the judge's to-do stays on none of what is published."""

    def _create_documents(self, env):
        self.judge = env.ref("base.user_admin").id
        quarter = env["outsourcing.evaluation"]._get_last_quarter(env.company)
        contracts = [
            self._create_contract(
                env,
                "service_type_elevator",
                date_start=quarter,
                manager_id=self.judge,
                rule_ids=[Command.clear()],
            )
            for _number in range(2)
        ]
        row = {"fact_type": "order_limited", "date": quarter}
        rows = [
            {**row, "source": contract, "contract": contract, "key": f"publishes:{contract.id}:{number}"}
            for contract in contracts
            for number in range(3)
        ]
        self.created.insert(0, env["outsourcing.fact"]._record(rows))
        firms = env["res.partner"].union(*(contract.contractor_id for contract in contracts))
        drafts = env["outsourcing.evaluation"]._draw_up(env.company, quarter, firms)
        left_out = {"status": "not_rated", "note": "Not seen"}
        drafts.line_ids.filtered(lambda line: line.status == "open")._gated().write(left_out)
        self.ids = drafts.sorted("id").ids  # the to-do stands on the first

    def _remove_dependents(self, cr):
        rows = [tuple(self.ids)]
        cr.execute("DELETE FROM mail_message WHERE model = 'outsourcing.evaluation' AND res_id IN %s", rows)
        cr.execute(
            "DELETE FROM mail_activity WHERE res_model = 'outsourcing.evaluation' AND res_id IN %s", rows
        )
        cr.execute("DELETE FROM outsourcing_evaluation WHERE id IN %s", rows)

    def _publish(self, session, number):
        """Publish a draft of both as whoever was checked does, in a session whose view has begun before."""
        draft = session["outsourcing.evaluation"].browse(self.ids[number])
        draft._as_system()._transition_to("preview")
        session.cr.flush()

    def _assert_nobody_is_asked(self):
        env = self._open_session()
        drafts = env["outsourcing.evaluation"].browse(self.ids)
        self.assertEqual(set(drafts.mapped("state")), {"preview"})
        self.assertFalse(drafts.activity_ids.filtered(lambda row: row.user_id.id == self.judge))

    @mute_logger("odoo.sql_db")
    def test_who_passes_the_to_do_on_sees_what_was_published_meanwhile(self):
        first, second = self._open_session(), self._open_session()
        self._publish(second, 1)
        second.cr.commit()
        with self.assertRaises(SerializationFailure):  # the server tries anew
            self._publish(first, 0)
        first.cr.rollback()
        self._publish(first, 0)
        first.cr.commit()
        self._assert_nobody_is_asked()

    @mute_logger("odoo.sql_db")
    def test_who_publishes_sees_the_to_do_that_came_meanwhile(self):
        first, second = self._open_session(), self._open_session()
        self._publish(first, 0)
        first.cr.commit()
        with self.assertRaises(SerializationFailure):  # the server tries anew
            self._publish(second, 1)
        second.cr.rollback()
        self._publish(second, 1)
        second.cr.commit()
        self._assert_nobody_is_asked()
