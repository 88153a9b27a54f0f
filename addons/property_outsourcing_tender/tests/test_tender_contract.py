from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestTenderContract(TenderCommon):
    """From the award to the contract nothing is typed again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tender = cls._create_tender()
        cls.tender._load_presets()
        cls.tender.action_price_only()
        cls._publish(cls.tender)
        cls._submit_bids(cls.tender)
        cls._award(cls._open(cls.tender))

    def _draft(self):
        after = self.tender.date_publicity_end + timedelta(days=1)
        with freeze_time(f"{after} 12:00:00"):
            self.tender.lot_ids.action_draft_contract()
        return self.tender.lot_ids.contract_id

    def test_no_contract_while_bidders_may_object(self):
        with self.assertRefused("Bidders may object until"):
            self.tender.lot_ids.action_draft_contract()

    def test_the_contract_has_terms_prices_and_periods(self):
        contract = self._draft()
        self.assertEqual((contract.state, contract.contractor_id), ("draft", self.contractor))
        self.assertEqual(contract.amount_total, 84000.0)
        self.assertEqual(sum(contract.milestone_ids.mapped("amount")), 84000.0)
        self.assertEqual(contract.item_ids.mapped("price_unit"), [7000.0])
        for name in ("sla_ids", "rule_ids", "standard_ids"):
            with self.subTest(terms=name):
                self.assertTrue(contract[name])
                self.assertEqual(len(contract[name]), len(self.tender[name]))
        self.assertEqual(contract.date_end, self.tender.contract_date_end)

    def test_the_contract_leads_back_to_bid_and_tender(self):
        contract = self._draft().with_user(self.user_manager)
        self.assertEqual(contract.tender_bid_id, self._get_bid(self.tender, self.contractor))
        self.assertEqual(contract.action_view_tender()["res_id"], self.tender.id)
        self.assertEqual(self.tender.contract_count, 1)
        with self.assertRefused("written by the system alone"):
            contract.tender_bid_id = self._get_bid(self.tender, self.competitor)

    def test_a_lot_has_one_contract(self):
        self._draft()
        with self.assertRefused("is drafted already"):
            self._draft()

    def test_works_are_paid_by_the_scheme(self):
        lots = [self._prepare_lot("Facade", 200000.0)]
        tender = self._create_tender(
            lot_ids=lots, service_type_id=self.env.ref("property_outsourcing.service_type_facade").id
        )
        tender.reason = "Known scope"
        tender.action_request_approval()
        tender.with_user(self.user_manager2).action_publish()
        self._submit_bids(tender, (15000.0, 16000.0, 17300.0))
        self._award(self._open(tender))
        self.tender = tender
        contract = self._draft()
        self.assertEqual((contract.kind, contract.amount_total), ("works", 180000.0))
        priced = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
        self.assertEqual(sum(priced.mapped("amount")), 180000.0)
