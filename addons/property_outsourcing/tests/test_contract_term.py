from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractTerm(OutsourcingCommon):
    """The end of the term is announced, dispatch stops after it, a renewal is linked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)

    def _create_ending(self, days, **vals):
        end = self.today + timedelta(days=days)
        return self._create_active_contract(date_start=end - timedelta(days=364), date_end=end, **vals)

    def _watch(self, contract):
        domain = [("id", "=", contract.id)]
        if contract.is_lapsed:
            contract.search(domain)._process_lapsed()
        else:
            contract.search(domain)._process_expiring()

    def test_expiring_follows_the_setting_of_the_company(self):
        contract = self._create_ending(40)
        self.assertTrue(contract.is_expiring)
        self.assertIn(contract, contract.search([("is_expiring", "=", True)]))
        self.company.outsourcing_expiry_days = 30
        contract.invalidate_recordset()
        self.assertFalse(contract.is_expiring)
        self.assertNotIn(contract, contract.search([("is_expiring", "=", True)]))

    def test_end_is_announced_once(self):
        contract = self._create_ending(40)
        with self.enter_registry_test_mode():
            for _day in range(2):
                self.env.ref("property_outsourcing.cron_watch_contract_terms").method_direct_trigger()
        kind = self.env.ref("property_outsourcing.activity_type_contract_expiry")
        activity = contract.activity_ids.filtered(lambda a: a.activity_type_id == kind)
        self.assertEqual((len(activity), activity.user_id), (1, self.user_manager))
        self.assertEqual(contract.date_expiry_announced, self.today)

    def test_lapsed_contract_takes_no_orders(self):
        contract = self._create_ending(-1)
        self.assertTrue(contract.is_lapsed)
        with self.assertRaisesRegex(UserError, "ended on"):
            contract.with_user(self.user_supervisor)._dispatch_order({"name": "Too late"})
        last = self._create_ending(0)
        self.assertTrue(last.with_user(self.user_supervisor)._dispatch_order({"name": "Last day"}))

    def test_lapsed_contract_is_flagged_or_completed_as_set(self):
        contract = self._create_ending(-1)
        self._watch(contract)
        self.assertEqual((contract.state, bool(contract.activity_ids)), ("active", True))
        self.company.outsourcing_lapse_action = "complete"
        other = self._create_ending(-1)
        self._watch(other)
        self.assertEqual(other.state, "completed")

    def test_completion_that_is_vetoed_is_left_to_the_manager(self):
        def refuse(contracts):
            raise UserError("Open defects")  # pylint: disable=translation-required

        self.company.outsourcing_lapse_action = "complete"
        contract = self._create_ending(-1)
        self.patch(type(contract), "_check_transition", lambda contracts, target: refuse(contracts))
        self._watch(contract)
        self.assertEqual(contract.state, "active")
        self.assertIn("Open defects", contract.activity_ids.filtered("note").mapped("note")[0])

    def test_suspension_that_ran_out_is_announced(self):
        contract = self._create_ending(100)
        start = self.today - timedelta(days=9)
        contract.with_user(self.user_manager)._suspend(
            "Site closed", date_start=start, date_until=self.today - timedelta(days=2)
        )
        for _day in range(2):
            contract._process_overdue_suspensions()
        kind = self.env.ref("property_outsourcing.activity_type_contract_suspension")
        self.assertEqual(len(contract.activity_ids.filtered(lambda a: a.activity_type_id == kind)), 1)

    # ---- renewal ----------------------------------------------------------------------------------------

    def test_renewal_is_a_linked_draft_with_the_next_term_and_all_terms(self):
        contract = self._create_active_contract()
        action = contract.with_user(self.user_manager).action_renew()
        wizard = Form(
            self.env[action["res_model"]].with_user(self.user_manager).with_context(**action["context"])
        ).save()
        self.assertEqual((wizard.date_start, wizard.date_end), (date(2027, 1, 1), date(2027, 12, 31)))
        self.assertIn("safety", "".join(wizard.document_type_ids.mapped("name")).lower())
        renewal = contract.browse(wizard.action_confirm()["res_id"])
        self.assertEqual((renewal.state, renewal.previous_id, contract.next_id), ("draft", contract, renewal))
        self.assertEqual(renewal.milestone_ids[0].date_start, date(2027, 1, 1))
        self.assertEqual(renewal.amount_total, 144000.0)
        for name in ("rule_ids", "sla_ids", "standard_ids", "duty_ids"):
            self.assertEqual(len(renewal[name]), len(contract[name]), name)
        self.assertFalse(renewal.approved_by_id or renewal.date_contractor_signed)
        with self.assertRaisesRegex(UserError, "already been renewed"):
            contract.with_user(self.user_manager).action_renew()

    def test_renewal_of_works_moves_the_milestones(self):
        contract = self._create_works_contract()
        renewal = contract.with_user(self.user_manager)._renew(date(2027, 1, 1), date(2027, 12, 31))
        self.assertEqual(renewal.milestone_ids[0].date_due, date(2027, 3, 31))
        self.assertEqual(sum(renewal.milestone_ids.mapped("amount")), 200000.0)

    def test_bad_renewals_are_refused(self):
        contract = self._create_active_contract()
        with self.assertRaisesRegex(UserError, "next term"):
            contract.with_user(self.user_manager)._renew(date(2026, 12, 31), date(2027, 12, 31))
        for user in (self.portal_contractor, self.user_finance, self.user_outsider):
            with self.assertRaises(AccessError):  # core's own or ours
                contract.with_user(user).action_renew()
        draft = self._create_contract()
        with self.assertRefused("and cannot be renewed."):
            draft.with_user(self.user_manager).action_renew()

    def test_recommendation_is_a_hook(self):
        contract = self._create_active_contract()
        self.assertEqual(contract._get_renewal_recommendation(), {"advice": False, "reasons": []})
        advice = {"advice": "end", "reasons": ["Red card"]}
        self.patch(type(contract), "_get_renewal_recommendation", lambda contract: advice)
        wizard = self.env["outsourcing.contract.renew"].create({"contract_id": contract.id})
        self.assertEqual((wizard.advice, wizard.advice_reasons), ("end", "Red card"))

    def test_next_term_of_odd_lengths(self):
        contract = self._create_contract()
        for start, end, expected in (
            (date(2026, 1, 1), date(2026, 12, 31), (date(2027, 1, 1), date(2027, 12, 31))),
            (date(2026, 3, 15), date(2026, 9, 14), (date(2026, 9, 15), date(2027, 3, 14))),
            (date(2026, 1, 1), date(2026, 1, 10), (date(2026, 1, 11), date(2026, 1, 20))),
        ):
            contract.write({"date_start": start, "date_end": end})
            self.assertEqual(contract._get_next_term(), expected)
