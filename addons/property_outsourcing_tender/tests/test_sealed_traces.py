import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .sealed_common import BID, TEXT, SealedCommon


@tagged("post_install", "-at_install")
class TestSealedTraces(SealedCommon):
    """Neither what is deleted nor what is counted nor a changed row tells of a bid."""

    def test_a_firm_that_bids_cannot_be_told_by_deleting_it(self):
        ways = (
            lambda firm: None,
            lambda firm: firm.sudo().child_ids.user_ids.write({"active": False}),
        )
        firms = (self.third_firm, self.competitor)
        before = [self._delete(firm, prepare) for firm in firms for prepare in ways]
        self._submit_public(self.third_firm)
        self.assertEqual([self._delete(firm, prepare) for firm in firms for prepare in ways], before)

    def _submit_public(self, firm):
        bid = self._draft_bid(self.tender, firm, 7000.0)
        given = {"bond_kind": "cash", "bond_amount": 1000.0, "date_given": self.today}
        bid._portal_give_bond(given, ("slip.pdf", make_pdf()))
        bid.action_submit()
        self.env.flush_all()
        return bid

    def _delete(self, firm, prepare):
        """Return what an administrator is told who deletes ``firm``, its name taken out."""
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False) as savepoint:
            try:
                prepare(firm)
                (firm | firm.child_ids).with_user(self.boss).unlink()
                told = "deleted"
            except Exception as error:  # noqa: BLE001 - whatever it says
                told = f"{type(error).__name__} {error.args[0]}"
            savepoint.rollback()
            self.env.invalidate_all()
        for name in (firm.name, *firm.child_ids.mapped("name")):
            told = told.replace(name, "N")
        return re.sub(r"\d+", "1", told)

    def test_handing_in_leaves_its_traces_in_the_sealed_rows_alone(self):
        """Followers, activities, messages, mail, bus, counters, dates: no row of another table changes."""
        bid = (
            self.env[BID]
            .with_user(self.portal_contractor)
            ._portal_begin(self.tender.lot_ids.with_user(self.portal_contractor))
        )
        self.env.flush_all()
        before = self._hash_tables()
        items = self.tender.lot_ids.item_ids.ids
        letter = ("letter", "letter.pdf", make_pdf())
        bid._portal_save({"plan": TEXT, "validity_days": 90}, dict.fromkeys(items, 6000.0), [letter])
        bid.action_submit()
        self.env.flush_all()
        changed = {table for table, mark in self._hash_tables().items() if before.get(table) != mark}
        self.assertLessEqual(
            changed, {"outsourcing_bid", "outsourcing_bid_line", "outsourcing_bid_file", "ir_attachment"}
        )
        self.assertIn("outsourcing_bid", changed)

    def _hash_tables(self):
        """Return a dict: table -> hash of all its rows."""
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        marks = {}
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(  # pylint: disable=sql-injection
                f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
            )
            [marks[table]] = self.env.cr.fetchone()
        return marks

    def test_the_number_of_ones_own_bid_counts_nobody(self):
        steps = set()
        for _number in range(12):
            first = (
                self.env[BID]
                .with_user(self.portal_third)
                ._portal_begin(self.tender.lot_ids.with_user(self.portal_third))
            )
            number = first.id
            first._portal_discard()
            steps.add(number)
        numbers = sorted(steps)
        gaps = {after - before for before, after in zip(numbers, numbers[1:], strict=False)}
        self.assertGreater(len(gaps), 3)
