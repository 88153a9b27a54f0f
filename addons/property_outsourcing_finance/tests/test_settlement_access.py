from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementAccess(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_service(months=2)
        cls.settlement = cls._settle(cls.contract.milestone_ids[0])
        cls.settlement.internal_note = "between us"

    def _sees(self, user):
        domain = [("contract_id", "=", self.contract.id)]
        lines = self.env["outsourcing.settlement.line"].with_user(user)
        settlements = self.env["outsourcing.settlement"].with_user(user).search(domain)
        if user.share:
            with self.assertRaises(AccessError):  # the settlement's page reads them for the contractor
                lines.search(domain)
        else:
            self.assertEqual(bool(lines.search(domain)), bool(settlements))
        return bool(settlements)

    def test_members_manager_and_finance_see_it(self):
        for user in (
            self.user_supervisor,
            self.user_supervisor2,
            self.user_manager2,
            self.user_finance,
            self.user_admin,
        ):
            self.assertTrue(self._sees(user), user.name)
        self.assertFalse(self._sees(self.user_outsider))

    def test_outsider_settles_nothing(self):
        milestone = self.contract.milestone_ids[1].with_user(self.user_outsider)
        with self.assertRaises(AccessError):  # core's own
            milestone.action_create_settlements()
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.settlement"].with_user(self.user_outsider).create(
                {"contract_id": self.contract.id, "milestone_ids": milestone.ids}
            )
        with self.assertRaises(AccessError):  # core's own
            self.settlement.with_user(self.user_outsider).action_submit()

    def test_contractor_reads_its_own_once_submitted(self):
        self.assertFalse(self._sees(self.portal_contractor))
        self.settlement.with_user(self.user_supervisor).action_submit()
        self.assertTrue(self._sees(self.portal_contractor))
        own = self.settlement.with_user(self.portal_contractor)
        self.assertEqual(own.amount_payable, 12000.0)
        self.assertEqual(own.access_url, f"/my/outsourcing/settlements/{own.id}")
        for name in ("internal_note", "return_reason", "bill_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):  # core's own
                own.read([name])
        for name in ("account_id", "analytic_distribution", "purchase_line_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):  # core's own
                own.line_ids.read([name])
        self.assertNotIn("internal_note", own.fields_get())

    def test_competitor_third_party_and_representative_see_nothing(self):
        self.settlement.with_user(self.user_supervisor).action_submit()
        for user in (self.portal_competitor, self.portal_third_party, self.portal_representative):
            self.assertFalse(self._sees(user), user.name)
            with self.assertRaises(AccessError):  # core's own
                self.settlement.with_user(user).read(["name"])

    def test_portal_changes_nothing(self):
        self.settlement.with_user(self.user_supervisor).action_submit()
        own = self.settlement.with_user(self.portal_contractor)
        for method in (
            "action_check",
            "action_approve",
            "action_create_bill",
            "action_generate_lines",
            "action_release_bill",
            "unlink",
        ):
            with self.subTest(method=method), self.assertRaises(Exception) as caught:
                getattr(own, method)()
            self.assertNotIsInstance(caught.exception, AssertionError)
        with self.assertRaises(AccessError):  # core's own
            own.write({"note": "pay me"})
        self.assertEqual(self.settlement.state, "submitted")

    def test_another_company_sees_nothing(self):
        other = self.setup_other_company()["company"]
        finance = self._create_internal_user("other_finance", "Other Finance", "finance")
        finance.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self._sees(finance))

    def test_purchase_user_of_another_community_does_not_read_the_bill(self):
        bill = self._bill(self.settlement)
        self.user_outsider.group_ids |= self.env.ref("purchase.group_purchase_user")
        Move = self.env["account.move"].with_user(self.user_outsider)
        self.assertFalse(Move.search([("id", "=", bill.id)]))
        self.user_supervisor.group_ids |= self.env.ref("purchase.group_purchase_user")
        self.assertTrue(Move.with_user(self.user_supervisor).search([("id", "=", bill.id)]))
