from odoo.fields import Command
from odoo.tests import Form, tagged

from .tender_common import TENDER, TenderCommon


@tagged("post_install", "-at_install")
class TestTenderWay(TenderCommon):
    """Amount and source of funds say which way of award is due."""

    def _find(self, amount, fund=None):
        thresholds = self.env["outsourcing.tender.threshold"].search([])
        return thresholds._find_way(
            self.company, "service", fund or self.env["outsourcing.fund.source"], amount
        )

    def test_the_highest_threshold_reached_decides(self):
        ways = [self._find(amount).kind for amount in (5000, 10000, 250000, 1000000, 5000000)]
        self.assertEqual(ways, ["direct", "quotes", "consultation", "invited", "public"])

    def test_a_fund_of_its_own_thresholds_precedes_the_general_ones(self):
        fund = self.env.ref("property_outsourcing.fund_source_maintenance_fund")
        self.assertEqual(self._find(5000, fund).kind, "quotes")
        self.assertEqual(self._find(600000, fund).kind, "public")

    def test_the_form_follows_the_estimate_and_fills_terms(self):
        with Form(self.env["outsourcing.tender"].with_user(self.user_manager)) as form:
            form.service_type_id = self.service_elevator
            form.community_ids.add(self.community)
            with form.lot_ids.edit(0) as lot:
                lot.estimate = 250000
            self.assertEqual(form.way_id, self.env.ref(f"{TENDER}.way_consultation"))
        tender = form.record
        self.assertEqual(tender.title, "Sunshine Garden Elevator maintenance")
        self.assertEqual(len(tender.sla_ids), len(self.service_elevator.sla_ids))
        self.assertEqual(len(tender.rule_ids), len(self.service_elevator.rule_ids))
        self.assertEqual(tender.weight_total, 100)

    def test_a_lighter_way_than_due_needs_a_reason_and_another_manager(self):
        tender = self._create_tender("quotes", lot_ids=[self._prepare_lot("Lot 1", 900000.0)])
        self.assertTrue(tender.needs_reason and tender.needs_approval)
        with self.assertRefused("write why another way is taken"):
            tender.action_publish()

    def test_a_panel_of_even_number_is_refused(self):
        with self.assertRefused("a panel has an odd number of members, three at least"):
            self.env.ref(f"{TENDER}.way_invited").with_user(self.user_admin).panel_size = 4

    def test_a_seal_chosen_by_hand_stays_until_another_way_is_chosen(self):
        tender = self._create_tender(seal_mode="encrypted")
        tender.lot_ids.estimate = 95000.0
        tender.lot_ids = [self._prepare_lot("Lot 2", 20000.0)]
        self.env.flush_all()
        self.assertEqual(tender.seal_mode, "encrypted")
        tender.way_id = self.env.ref("property_outsourcing_tender.way_invited")
        self.assertEqual(tender.seal_mode, "access")

    def test_firms_of_the_service_that_may_bid_are_proposed_until_there_are_enough(self):
        tender = self._create_tender(invited_ids=[Command.set(self.third_firm.ids)])
        self._archive_licence(self.competitor)
        self._create_contractor("Steady Cleaners", services=self.env["outsourcing.service.type"])
        tender.action_propose_firms()
        self.assertEqual(tender.invited_ids, self.third_firm | self.contractor)
        with self.assertRefused("No other qualified firm of the service"):
            tender.action_propose_firms()

    def test_thirty_firms_are_looked_at_in_the_queries_of_three(self):
        tender = self._create_tender(invited_ids=[Command.clear()])
        self._create_firms_without_licence(range(3))
        few = self._count_queries(tender)
        self._create_firms_without_licence(range(3, 30))
        self.assertLessEqual(self._count_queries(tender), few)

    def _create_firms_without_licence(self, numbers):
        for number in numbers:
            firm = self._create_contractor(f"A firm {number:02}", services=self.service_elevator)
            self._create_required_documents(firm)
            self._archive_licence(firm)

    def _count_queries(self, tender):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(tender._find_firms_to_invite(3), self.third_firm | self.contractor | self.competitor)
        return self.env.cr.sql_log_count - before
