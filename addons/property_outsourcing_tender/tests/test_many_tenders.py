from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestManyTenders(DocumentsCommon, TenderCommon):
    """What is done to thirty tenders takes the queries of one."""

    def _create_tenders(self):
        tenders = self._union([self._create_tender() for _number in range(self.MANY + 2)])
        tenders.date_opening = False
        return tenders

    def test_tenders_are_published_and_their_opening_is_asked_for_for_the_price_of_one(self):
        tenders = self._create_tenders()
        self._take_steps(tenders, Step("outsourcing.tender.action_publish", self.user_manager))
        past = fields.Datetime.now() - timedelta(hours=1)
        tenders._gated().write({"date_deadline": past, "date_opening": past})
        self._take_steps(
            tenders,
            Step("outsourcing.tender._ask_for_opening"),
            Step("outsourcing.tender.action_print_minutes", self.user_manager),
            Step("outsourcing.tender.action_print_comparison", self.user_manager),
        )
        self.assertEqual(len(tenders.activity_ids), len(tenders))

    def test_tenders_are_given_up_for_the_price_of_one(self):
        tenders = self._create_tenders()
        self._take_steps(
            tenders,
            Step("outsourcing.tender.action_cancel", self.user_manager),
            Step("outsourcing.tender._cancel", self.user_manager, ("No money",)),
        )
        tenders._gated().write({"state": "published"})
        self._take_steps(
            tenders,
            Step("outsourcing.tender.action_fail", self.user_manager),
            Step("outsourcing.tender._fail", self.user_manager, ("Nobody came",)),
        )
        self.assertEqual(set(tenders.mapped("state")), {"failed"})

    def test_bonds_are_received_and_returned_for_the_price_of_one(self):
        tenders = self._create_tenders()
        today = fields.Date.today()
        vals = {"bond_kind": "cash", "bond_amount": 100.0, "date_given": today}
        vals |= {"contractor_id": self.contractor.id, "date_return_due": today}
        bonds = self.env["outsourcing.bid.bond"]._gated()
        bonds = bonds.create([{**vals, "lot_id": lot.id} for lot in tenders.lot_ids])
        tenders._gated().write({"state": "opened"})
        self._take_steps(
            bonds.with_user(self.user_manager),
            Step("outsourcing.bid.bond.action_receive", self.user_finance),
            Step("outsourcing.bid.bond._remind_of_return"),
            Step("outsourcing.bid.bond.action_return", self.user_finance),
        )
        self.assertEqual(set(bonds.mapped("state")), {"returned"})
