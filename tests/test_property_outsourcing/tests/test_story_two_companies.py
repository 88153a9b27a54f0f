from odoo.tests import tagged

from .common import on
from .money_story_common import MoneyStoryCommon


@tagged("post_install", "-at_install")
class TestTwoCompaniesStory(MoneyStoryCommon):
    """Harbour Property blacklists the firm on 10 November; we owe it 12,000.00 for October."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Harbour Property")["company"]
        manager = cls._create_internal_user("gao_manager", "Gao Manager", "manager")
        manager.write({"company_ids": [(6, 0, cls.other.ids)], "company_id": cls.other.id})
        with on("2026-10-01"):
            cls.contract = cls._open_service()
        cls.october = cls.contract.milestone_ids[0]
        with on("2026-11-10"):
            firm = cls.contractor.with_user(manager).with_company(cls.other)
            firm._set_outsourcing_state("blacklisted", "Forged certificates")
        cls.env.invalidate_all()

    def test_by_default_we_are_warned_and_go_on(self):
        with on("2026-11-11"):
            self.assertRegex(self.contract.contractor_warning, "Forged certificates.*Harbour Property")
            order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door"})
            self.assertIn("Forged certificates", order.outsourcing_contractor_warning)
            settlement = self._pay_month(self.october)
        self.assertEqual((settlement.amount_paid, settlement.payment_state), (12000.0, "paid"))
        self.assertFalse(settlement.payout_blockers)

    def test_where_it_binds_us_nothing_is_settled_or_paid(self):
        with on("2026-11-11"):
            self._hand_in_report(self.october)
            self._score_month(self.october).with_user(self.portal_contractor)._portal_confirm_score()
            bill = self._post_bill(self._settle(self.october))
            self.company.outsourcing_foreign_sanction = "bind"
            self.env.invalidate_all()
            with self._refused("is Blacklisted: Forged certificates\n.*manager other than the payer"):
                self._pay(bill)
            with self._refused("is Blacklisted: Forged certificates"):
                self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door"})
        self.assertEqual(self.contract.amount_paid, 0.0)
