from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from ..models.bond.bond_return import EVENT_BOND, EVENT_DECISION
from .tender_common import TenderCommon


class BidBondCommon(TenderCommon):
    """Tenders whose lot asks for a bid bond of 1,000."""

    @classmethod
    def _create_bonded(cls, **vals):
        lots = [cls._prepare_lot("Lot 1", 90000.0, bid_bond=1000.0)]
        return cls._create_tender(lot_ids=lots, bond_note="Account 1", **vals)

    @classmethod
    def _give_bond(cls, bid, **vals):
        today = fields.Date.today()
        vals = {"bond_kind": "cash", "bond_amount": 1000.0, "date_given": today, **vals}
        bid._portal_give_bond(vals, ("slip.pdf", make_pdf()))

    @classmethod
    def _submit_bid(cls, tender, firm, price=7000.0, lot=None):
        bid = cls._draft_bid(tender, firm, price, lot)
        cls._give_bond(bid)
        bid.action_submit()
        cls.env.flush_all()
        cls.env.invalidate_all()
        return bid

    @classmethod
    def _create_bonded_and_opened(cls):
        tender = cls._publish(cls._create_bonded())
        cls._submit_bids(tender)
        return cls._open(tender)

    def _step(self, bonds, code, reason):
        bonds._take_reasoned_step(code, reason)


@tagged("post_install", "-at_install")
class TestBidBond(BidBondCommon):
    """Bidders deposit a bond: it is given with the bid, checked after the opening, returned or kept."""

    def test_a_bond_above_two_percent_of_the_estimate_is_not_published(self):
        tender = self._create_bonded()
        tender.lot_ids.bid_bond = 1800.01
        tender.bond_note = False
        with self.assertRaises(UserError) as caught:
            tender.action_publish()
        self.assertIn("the bid bond is above $1,800.00, 2 percent of the estimate", str(caught.exception))
        self.assertIn("Write where bidders pay the bid bond", str(caught.exception))

    def test_a_bid_is_not_handed_in_without_its_bond(self):
        bid = self._draft_bid(self._publish(self._create_bonded()), self.contractor)
        with self.assertRaisesRegex(UserError, r"The bid bond of \$1,000.00 is missing"):
            bid.action_submit()
        self._give_bond(bid)
        bid.action_submit()
        self.assertEqual(bid.sudo()._get_bond().bond_state, "expected")

    def test_all_that_is_wrong_with_a_bond_is_said_at_once(self):
        bid = self._draft_bid(self._publish(self._create_bonded()), self.contractor)
        with self.assertRaises(UserError) as caught:
            vals = {"bond_kind": "guarantee", "bond_amount": 999.99, "date_given": False}
            bid._portal_give_bond(vals, None)
        for sentence in (
            "The bid bond is $1,000.00 at least",
            "Enter when the bid bond was paid",
            "Enter the number of the guarantee",
            "valid as long as the bid",
            "Add the scan",
        ):
            self.assertIn(sentence, str(caught.exception))

    def test_a_bond_is_given_by_its_firm_alone_and_until_the_deadline_only(self):
        tender = self._publish(self._create_bonded())
        bid = self._draft_bid(tender, self.contractor)
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            self._give_bond(bid.with_user(self.portal_competitor))
        with self._after_deadline(tender), self.assertRaisesRegex(UserError, "The deadline was"):
            self._give_bond(bid)

    def test_nobody_in_the_house_reads_a_bond_before_the_opening(self):
        tender = self._publish(self._create_bonded())
        self._submit_bids(tender)
        for user in (self.user_manager, self.user_finance, self.env.ref("base.user_admin")):
            bonds = self.env["outsourcing.bid.bond"].with_user(user)
            self.assertFalse(bonds.search_count([("tender_id", "=", tender.id)]))
            self.assertFalse(tender.with_user(user).bond_ids)
        self._open(tender)
        self.assertEqual(len(tender.with_user(self.user_finance).bond_ids), 3)

    def test_a_bid_without_bond_does_not_count_at_the_opening(self):
        tender = self._publish(self._create_bonded())
        bids = self._submit_bids(tender).sudo()
        bids[2]._get_bond()._gated().lot_id = self._create_bonded().lot_ids  # of another tender
        self._open(tender)
        self.assertEqual(tender.state, "failed")
        self.assertEqual(set(bids.mapped("state")), {"submitted"})

    def test_the_evaluation_waits_for_the_check_of_the_bonds(self):
        tender = self._create_bonded_and_opened()
        with self.assertRaisesRegex(UserError, "The bid bonds of these firms are not checked yet: "):
            tender.action_evaluate()
        tender.with_user(self.user_finance).bond_ids.action_receive()
        tender.action_evaluate()
        self.assertEqual(tender.state, "evaluating")

    def test_a_bond_that_did_not_arrive_excludes_the_bid_and_too_few_fail_the_lot(self):
        tender = self._create_bonded_and_opened()
        bonds = tender.with_user(self.user_finance).bond_ids
        self._step(bonds[0], "miss", "Not on the account")
        bonds[1:].action_receive()
        lost = self._get_bid(tender, bonds[0].contractor_id)
        self.assertEqual(lost.disqualify_reason, "The bid bond was not received: Not on the account")
        tender.action_evaluate()
        self.assertEqual(tender.lot_ids.fail_reason, "Fewer than 3 bids with a bid bond.")
        self.assertEqual(tender.state, "failed")

    def test_bonds_are_checked_by_finance_and_forfeited_by_a_manager(self):
        bonds = self._create_bonded_and_opened().bond_ids
        with self.assertRefused("You are not the person", AccessError):
            bonds.with_user(self.user_supervisor).action_receive()
        bonds.with_user(self.user_finance).action_receive()
        with self.assertRefused("You are not the person", AccessError):
            self._step(bonds[0].with_user(self.user_finance), "forfeit", "Withdrew")
        self._step(bonds[0], "forfeit", "Withdrew")
        self.assertEqual(bonds[0].bond_state, "forfeited")
        with self.assertRaisesRegex(UserError, "cannot become Returned"):
            bonds[0].action_return()

    def test_no_client_writes_a_bond(self):
        bonds = self._create_bonded_and_opened().bond_ids
        with self.assertRaises(AccessError):  # core's own
            bonds[0].write({"bond_date_received": fields.Date.today()})


@tagged("post_install", "-at_install")
class TestBidBondReturn(BidBondCommon):
    """Bonds go back within the days of the way of award, and somebody is reminded."""

    def _create_awarded(self):
        tender = self._create_bonded_and_opened()
        tender.bond_ids.action_receive()
        tender = self._award(tender)
        self.env.flush_all()  # the days count from the award
        return tender

    def test_the_losers_get_their_bonds_back_within_five_days_of_the_award(self):
        tender = self._create_awarded()
        winner = tender.lot_ids.contractor_id
        for bond in tender.bond_ids:
            due = False if bond.contractor_id == winner else fields.Date.today() + timedelta(days=5)
            self.assertEqual(bond.date_return_due, due)

    def test_a_failed_tender_gives_the_bonds_of_sealed_bids_back(self):
        tender = self._publish(self._create_bonded())
        self._submit_bid(tender, self.contractor)
        self._open(tender)
        bond = tender.with_user(self.user_finance).bond_ids
        self.assertTrue(bond.date_return_due)
        bond.action_receive()
        bond.action_return()
        self.assertEqual(bond.bond_state, "returned")

    def test_the_job_reminds_once_and_the_return_closes_the_reminder(self):
        tender = self._create_awarded()
        bonds = self.env["outsourcing.bid.bond"]
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            bonds._cron_return_bonds()
            bonds._cron_return_bonds()
        kind = self.env.ref(EVENT_BOND)
        reminders = tender.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(len(reminders), 1)
        self.assertEqual(reminders.date_deadline, fields.Date.today() + timedelta(days=5))
        tender.bond_ids.filtered("date_return_due").action_return()
        self.assertFalse(reminders.exists())

    def test_where_a_tender_failed_somebody_is_reminded_of_bonds_nobody_checked(self):
        tender = self._publish(self._create_bonded())
        self._submit_bid(tender, self.contractor)
        self._open(tender)
        bond = tender.with_user(self.user_finance).bond_ids
        with freeze_time(bond.date_return_due):
            self.env["outsourcing.bid.bond"]._cron_return_bonds()
        kind = self.env.ref(EVENT_BOND)
        reminder = tender.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(reminder.summary, "Return the bid bonds of Steady Elevators")
        bond.action_receive()
        self.assertTrue(reminder.exists())
        bond.action_return()
        self.assertFalse(reminder.exists())

    def test_who_follows_the_winner_has_its_bond_kept_until_its_contract_runs(self):
        tender = self._create_awarded()
        lot = tender.lot_ids
        lot.awarded_bid_id._take_reasoned_step("refused", "Too cheap")
        self.assertFalse(lot.sudo().awarded_bid_id._get_bond().date_return_due)

    def test_the_winners_bond_goes_back_when_its_contract_runs(self):
        tender = self._create_awarded()
        lot = tender.lot_ids.sudo()
        tender.sudo()._gated().date_publicity_end = False
        lot.with_user(self.user_manager).action_draft_contract()
        bond = lot.awarded_bid_id._get_bond()
        self.assertFalse(bond.date_return_due)
        lot.contract_id._gated().state = "active"
        self.assertEqual(bond.date_return_due, fields.Date.today() + timedelta(days=5))

    def test_a_winner_that_does_not_sign_puts_its_bond_up_for_decision(self):
        tender = self._create_awarded()
        tender.lot_ids.awarded_bid_id._take_reasoned_step("refused", "Too cheap")
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.env["outsourcing.bid.bond"]._cron_return_bonds()  # of the others: a reminder of its own
        asked = tender.activity_ids.grouped("activity_type_id")
        decision, reminder = (asked[self.env.ref(event)] for event in (EVENT_DECISION, EVENT_BOND))
        self.assertEqual(decision.summary, "The winner does not sign: is its bid bond forfeited or returned?")
        self.assertTrue(reminder)
        kept = tender.bond_ids.filtered("awaits_decision")
        kept._take_reasoned_step("forfeit", "Did not sign")
        self.assertFalse(decision.exists())
        self.assertTrue(reminder.exists())
