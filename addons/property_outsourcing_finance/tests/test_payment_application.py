from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .common import SettlementCommon


class ApplicationCommon(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_service(months=2)
        cls.rows = cls.contract.milestone_ids[:2]
        cls.applications = cls.env["outsourcing.payment.application"].with_user(cls.portal_contractor)

    def _apply(self, amounts=None, user=None, contract=None):
        amounts = amounts if amounts is not None else {self.rows[0].id: 12000.0}
        user = user or self.portal_contractor
        contract = (contract or self.contract).with_user(user)
        return self.applications.with_user(user)._portal_apply(contract, amounts).with_env(self.env)


@tagged("post_install", "-at_install")
class TestPaymentApplication(ApplicationCommon):
    """请款: the contractor asks for what is accepted, once and not more; the property company answers."""

    def test_an_application_becomes_a_settlement(self):
        application = self._apply({row.id: 11000.0 for row in self.rows})
        self.assertEqual((application.amount_total, application.amount_accepted), (22000.0, 24000.0))
        self.assertTrue(application.activity_ids)
        application.with_user(self.user_supervisor).action_settle()
        self.assertEqual(application.state, "settled")
        self.assertEqual(application.settlement_id.milestone_ids, self.rows)
        self.assertFalse(application.activity_ids)

    def test_rows_settled_from_the_list_answer_the_application_as_well(self):
        application = self._apply()
        settlement = self._settle(self.rows)
        self.assertEqual((application.state, application.settlement_id), ("settled", settlement))

    def test_an_application_waits_until_each_of_its_rows_is_settled(self):
        application = self._apply({row.id: 12000.0 for row in self.rows})
        self._settle(self.rows[0])
        self.assertEqual((application.state, bool(application.activity_ids)), ("submitted", True))
        application.with_user(self.user_supervisor).action_settle()
        self.assertEqual(application.state, "settled")
        self.assertEqual(application.settlement_id.milestone_ids, self.rows[1])

    def test_more_than_accepted_nothing_and_foreign_rows_are_refused_at_once(self):
        with self.assertRefused("only $12,000.00 is accepted and not yet settled."):
            self._apply({self.rows[0].id: 12000.01})
        with self.assertRefused("enter an amount above zero."):
            self._apply({row.id: -1.0 for row in self.rows})
        with self.assertRefused("nothing of it is accepted and not yet settled."):
            self._apply({self.contract.milestone_ids[3].id: 1.0})
        with self.assertRefused("Choose rows of this contract only."):
            self._apply({self._create_service().milestone_ids[0].id: 1.0})
        with self.assertRefused("Choose at least one row"):
            self._apply({})

    def test_a_row_is_applied_for_once(self):
        application = self._apply()
        with self.assertRefused("its payment was applied for already."):
            self._apply()
        application.with_user(self.portal_contractor)._portal_withdraw()
        self._apply()

    @mute_logger("odoo.sql_db")
    def test_two_who_apply_at_once_make_one(self):
        application = self._apply()
        with self.assertRaises(UniqueViolation) as caught, self.cr.savepoint():
            application._gated().line_ids.copy()
        self.assertIn("outsourcing_payment_application_line_open_uniq", str(caught.exception))

    def test_another_firm_and_the_office_apply_for_nothing(self):
        stranger = self._create_portal_user("13800000099", "Else", self.competitor)
        with self.assertRaises(AccessError):  # core's own
            self._apply(user=stranger)
        with self.assertRaisesRegex(AccessError, "Only the contractor of this document"):
            self._apply(user=self.user_supervisor)
        application = self._apply()
        for user in (stranger, self.user_supervisor):
            with self.assertRaises(AccessError):  # core's own
                application.with_user(user)._portal_withdraw()
        self.assertFalse(application.with_user(stranger).has_access("read"))

    def test_a_client_changes_no_application(self):
        application = self._apply().with_user(self.user_finance)
        with self.assertRaises(AccessError):  # core's own
            application.write({"amount_total": 1.0})
        with self.assertRaises(AccessError):  # core's own
            application.create({"contract_id": self.contract.id})

    def test_a_refusal_says_why_and_frees_the_rows(self):
        application = self._apply()
        application.with_user(self.user_manager)._take_reasoned_step("refuse", "The report is missing")
        self.assertEqual((application.state, application.answer), ("refused", "The report is missing"))
        self._apply()

    def test_our_lateness_is_counted_and_passed_on(self):
        application = self._apply()
        application._gated().write({"date": trade_today(application) - timedelta(days=20)})
        self.applications.sudo()._cron_unanswered_applications()
        self.assertTrue(application.is_passed_on)
        self.assertIn(self.user_manager, application.activity_ids.user_id)
        self.assertGreater(application._get_days_late(), 10)


@tagged("post_install", "-at_install")
class TestManyApplications(DocumentsCommon, ApplicationCommon):
    def _create_many(self):
        drafts = [self._create_contract(**self._create_parties(n)) for n in range(self.MANY + 2)]
        for draft in drafts:
            self._create_required_documents(contract=draft)
        applications = self.env["outsourcing.payment.application"]
        for contract in self._activate(self._union(drafts), documents=False):
            self._accept(contract.milestone_ids[0])
            firm = self._create_portal_user(f"139{contract.id:08}", "Person", contract.contractor_id)
            applications |= self._apply({contract.milestone_ids[0].id: 1.0}, firm, contract)
        return applications

    def _hand_in_fapiao(self, settlements):
        fapiao = open_gate(self.env["outsourcing.fapiao"]).create(
            [
                {
                    "settlement_id": settlement.id,
                    "number": f"243120000000{settlement.id:08}",
                    "date": settlement.date,
                    "amount": 1.0,
                }
                for settlement in settlements
            ]
        )
        for one in fapiao:
            file = {"name": "fapiao.pdf", "raw": b"%PDF-1.4", "res_model": one._name, "res_id": one.id}
            one.attachment_ids = self.env["ir.attachment"].create(file)
        return fapiao.with_env(self.env)

    def test_thirty_applications_and_their_fapiao_are_answered_for_the_price_of_one(self):
        applications = self._create_many()
        self._take_steps(
            applications,
            Step("outsourcing.payment.application._process_unanswered"),
            Step("outsourcing.payment.application.action_refuse", self.user_manager),
            Step("outsourcing.payment.application._refuse", self.user_manager, ("Not now",)),
        )
        applications._gated().write({"state": "submitted"})
        settling = Step("outsourcing.payment.application.action_settle", self.user_supervisor)
        self._take_steps(applications, settling)
        fapiao = self._hand_in_fapiao(self._approve(applications.settlement_id))
        self._take_steps(fapiao, Step("outsourcing.fapiao.action_verify", self.user_finance))
