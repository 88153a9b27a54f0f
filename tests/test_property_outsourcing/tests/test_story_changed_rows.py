from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon

from .common import StoryCommon, on


@tagged("post_install", "-at_install")
class TestChangedRowsStory(AmendmentCommon, StoryCommon):
    """Works of 200,000.00: tiles are cut from 640 to 600 m2, a row is moved, another one capped.

    60,000 / 80,000 / 60,000 become 60,000 / 70,000 / 60,000, later the second row ends at 45,000.00 accepted.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        items = [
            Command.create({"code": "1", "name": "Bedding", "price_unit": 62.5, "quantity": 640}),
            Command.create({"code": "2", "name": "Tiling", "price_unit": 250.0, "quantity": 640}),
        ]
        with on("2026-03-01"):
            cls.works = cls._create_works_draft(item_ids=items)
            cls._activate(cls.works)
        cls.start, cls.tiling, cls.completion = cls.works.milestone_ids.sorted("sequence")
        cls.tiles = cls.works.item_ids.filtered(lambda item: item.code == "2")

    def _lower(self, **vals):
        """Return the changes by which 40 m2 of tiles less are laid, a month later."""
        return (
            {"kind": "item_change", "item_id": self.tiles.id, "quantity": 600.0, "price_unit": 250.0},
            {"kind": "row_delta", "milestone_id": self.tiling.id, "amount": -10000.0},
            {"kind": "row_date", "milestone_id": self.tiling.id, "date": date(2026, 6, 30)},
        )

    def test_items_amount_and_day_change_together(self):
        with on("2026-04-01"):
            amendment = self._approve_amendment(self.works, *self._lower(), date_effective=date(2026, 4, 1))
            self.assertEqual((amendment.amount_before, amendment.amount_after), (200000.0, 190000.0))
            self._sign_amendment(amendment)
        self._assert_in_step(self.works, 190000.0)
        self.assertEqual((self.tiling.amount, self.tiling.date_due), (70000.0, date(2026, 6, 30)))
        self.assertEqual((self.tiles.quantity, self.tiles.amount), (600.0, 150000.0))
        self.assertEqual(sum(self.works.item_ids.mapped("amount")), 190000.0)
        amount = amendment.line_ids.filtered(lambda line: line.kind == "row_delta")
        self.assertEqual((amount.old_value, amount.new_value), ("$80,000.00", "$70,000.00"))

    def test_a_capped_row_is_paid_as_far_as_it_was_accepted(self):
        with on("2026-05-04"):
            self._accept_row(self.tiling, 45000.0, date(2026, 5, 4), self.community)
        with on("2026-05-10"):
            cap = {"kind": "row_cap", "milestone_id": self.tiling.id}
            self._amend(self.works, cap, date_effective=date(2026, 5, 10))
        self._assert_in_step(self.works, 165000.0)
        self.assertEqual((self.tiling.amount, self.tiling.amount_to_settle), (45000.0, 45000.0))
        with on("2026-05-12"):
            settlement = self._settle_and_pay(self.tiling)
        # retention of works: 3 %
        self.assertEqual((settlement.amount_payable, settlement.payment_state), (43650.0, "paid"))
        with on("2026-05-13"), self.assertRaisesRegex(UserError, "45,000.00"):
            self._accept_row(self.tiling, 45000.01, date(2026, 5, 13), self.community)

    def test_a_row_accepted_while_the_signature_is_waited_for_stops_it_with_a_sentence(self):
        with on("2026-04-01"):
            amendment = self._approve_amendment(self.works, *self._lower(), date_effective=date(2026, 4, 1))
        with on("2026-04-08"):
            self._accept_row(self.tiling, 75000.0, date(2026, 4, 8), self.community)
            refused = r"\$75,000.00 is already accepted; the row cannot be lowered to \$70,000.00"
            with self.assertRaisesRegex(UserError, refused), self.env.cr.savepoint():
                self._sign_amendment(amendment)
        self.env.invalidate_all()
        self._assert_in_step(self.works, 200000.0)
        self.assertEqual((self.tiles.quantity, amendment.state), (640.0, "to_sign"))
        self._go_back(amendment)

    def _go_back(self, amendment):
        """The author takes it back, lowers by less, and it is approved and signed again."""
        with on("2026-04-09"):
            manager = amendment.with_user(self.user_manager)
            manager.return_note = "Only 5,000.00 are left of it"
            manager.action_return()
            author = amendment.with_user(self.user_supervisor)
            author.line_ids.filtered(lambda line: line.kind == "row_delta").amount = -5000.0
            author.line_ids.filtered(lambda line: line.kind == "row_date").unlink()
            author.action_submit()
            manager.action_approve()
            self._sign_amendment(amendment)
        self._assert_in_step(self.works, 195000.0)
        self.assertEqual((self.tiling.amount, self.tiling.amount_accepted), (75000.0, 75000.0))

    def test_a_row_accepted_below_its_new_amount_is_carried(self):
        with on("2026-04-01"):
            amendment = self._approve_amendment(
                self.works, *self._lower()[:2], date_effective=date(2026, 4, 1)
            )
        with on("2026-04-08"):
            self._accept_row(self.tiling, 30000.0, date(2026, 4, 8), self.community)
            self._sign_amendment(amendment)
        self._assert_in_step(self.works, 190000.0)
        self.assertEqual((self.tiling.amount, self.tiling.amount_accepted), (70000.0, 30000.0))

    def test_two_amendments_of_one_row_do_not_overtake_each_other(self):
        with on("2026-04-01"):
            first = self._approve_amendment(self.works, *self._lower(), date_effective=date(2026, 4, 1))
            raised = {"kind": "row_amount", "milestone_id": self.tiling.id, "amount": 90000.0}
            second = self._draft_amendment(self.works, raised, date_effective=date(2026, 4, 1))
            with self.assertRaisesRegex(UserError, "is still open and changes the same"):
                second.with_user(self.user_supervisor).action_submit()
            self._sign_amendment(first)
            second.with_user(self.user_supervisor).action_submit()
            second.with_user(self.user_manager).action_approve()
            self._sign_amendment(second)
        self._assert_in_step(self.works, 210000.0)
        self.assertEqual(second.line_ids.old_value, "$70,000.00")
