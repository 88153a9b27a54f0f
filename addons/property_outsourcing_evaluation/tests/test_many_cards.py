from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .card_common import CardFactory


@tagged("post_install", "-at_install")
class TestManyCards(DocumentsCommon, CardFactory, OutsourcingCommon):
    """Cards of thirty firms are proposed, followed and asked about for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        contracts = [cls._create_contract(**cls._create_parties(n)) for n in range(cls.MANY + 2)]
        cls.contracts = cls._union(contracts)
        cls.contracts._gated().write({"state": "active"})
        for contract in contracts:
            cls._fail(3, contract=contract)
        cls.firms = cls.contracts.contractor_id

    def test_cards_are_proposed_and_end_for_the_price_of_one(self):
        self._take_steps(self.firms, Step("res.partner._propose_outsourcing_cards"))
        cards = self.env["outsourcing.card"].search([("contractor_id", "in", self.firms.ids)])
        self.assertEqual(len(cards), len(self.firms))
        past = fields.Date.subtract(fields.Date.today(), days=1)
        cards._gated().write({"state": "issued", "date_until": past, "date_issued": fields.Datetime.now()})
        self._take_steps(cards, Step("outsourcing.card._process_due"))
        self.assertEqual(set(cards.mapped("state")), {"closed"})

    def test_cards_of_many_firms_are_asked_about_for_the_price_of_one(self):
        cards = self.env["outsourcing.card"]._propose(self.firms)
        cards._gated().write({"state": "issued", "date_until": fields.Date.today()})
        counts = self._count_step(
            self.firms, lambda part: [firm._get_contractor_blockers("award") for firm in part]
        )
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
        names = ["outsourcing_card_color", "outsourcing_card_count"]
        counts = self._count_step(self.firms, lambda part: part.read(names), self.user_manager)
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
        counts = self._count_step(self.contracts, lambda part: part.read(["card_alert"]), self.user_manager)
        self.assertLessEqual(counts[2], counts[1] + self.ROUNDS)
