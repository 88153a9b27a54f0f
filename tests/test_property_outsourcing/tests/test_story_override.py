from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import StoryCommon, on

DIALOGUE = "property_outsourcing.outsourcing_dispatch_override_view_form_dialog"


@tagged("post_install", "-at_install")
class TestOverrideStory(StoryCommon):
    """The insurance ends on 20 October; a manager lets work out until the 24th; the new policy ends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with on("2026-10-01"):
            cls.contract = cls._open_service()
        insurance = cls.env["outsourcing.document"].search(
            [("partner_id", "=", cls.contractor.id), ("type_id.min_insured_amount", ">", 0)]
        )
        cls.insurance = insurance[:1]
        cls.env.cr.execute(
            "UPDATE outsourcing_document SET date_end = '2026-10-20' WHERE id IN %s", [tuple(insurance.ids)]
        )
        cls.env.invalidate_all()

    def _dispatch(self):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Doors stuck"})
        return order.with_env(self.env)

    def _assert_blocked(self):
        self.contract.invalidate_recordset()
        with self.assertRaisesRegex(UserError, self.insurance.type_id.name), self.env.cr.savepoint():
            self._dispatch()
        blockers = self.contract.with_user(self.user_supervisor).dispatch_blockers
        self.assertIn(self.insurance.type_id.name, blockers)

    def _override(self, until):
        contract = self.contract.with_user(self.user_manager)
        context = contract.action_override_dispatch()["context"]
        overrides = self.env["outsourcing.dispatch.override"].with_user(self.user_manager)
        with Form(overrides.with_context(**context), DIALOGUE) as form:
            form.reason, form.date_until = "The insurer confirms the policy by letter", until
        return form.record

    def test_from_the_last_day_of_the_policy_to_the_new_one(self):
        with self._day("2026-10-20"):
            self.assertTrue(self._dispatch())
        with self._day("2026-10-21"):
            self._assert_blocked()
            override = self._override(date(2026, 10, 24))
            self.assertIn(self.insurance.type_id.name, override.blockers)
            self._work(self._dispatch())
        with self._day("2026-10-24"):
            self.assertTrue(self._dispatch())
        with self._day("2026-10-25"):
            self.assertFalse(override.is_valid)
            self._assert_blocked()
            self._renew_policy()
            self.assertTrue(self._dispatch())
        self.assertEqual(self.contract.override_ids, override)

    def _work(self, order):
        """The contractor is not stopped half-way: what was dispatched is done."""
        order.with_user(self.portal_contractor)._portal_report("completed", self.performer)
        self.assertTrue(order.outsourcing_date_completed)

    def _renew_policy(self):
        for document in self.env["outsourcing.document"].search(
            [("partner_id", "=", self.contractor.id), ("date_end", "=", "2026-10-20")]
        ):
            self._create_document(
                document.type_id, document.partner_id, person_id=document.person_id.id,
                date_start=date(2026, 10, 25), date_end=date(2027, 10, 24), number="NEW",
                contract=document.contract_id,
            )  # fmt: skip

    def test_a_revoked_override_blocks_at_once_and_is_told(self):
        with self._day("2026-10-21"):
            override = self._override(date(2026, 10, 24))
            self.assertTrue(self._dispatch())
            override.with_user(self.user_manager2).action_revoke()
            self._assert_blocked()
        said = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn("2026-10-24", said)

    def test_no_override_reaches_further_than_the_company_allows(self):
        longest = self.company.outsourcing_override_max_days
        with self._day("2026-10-21"), self.assertRaisesRegex(UserError, "lasts from today until"):
            self._override(date.fromordinal(date(2026, 10, 21).toordinal() + longest + 1))
