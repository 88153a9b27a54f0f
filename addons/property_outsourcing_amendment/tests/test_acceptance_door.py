from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
class TestAcceptanceDoor(AmendmentCommon):
    """Whatever proves that work is accepted, its amount passes one door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.row = cls.contract.milestone_ids[0]
        cls.today = fields.Date.context_today(cls.contract)

    def _assert_refused(self, sentence, row=None, amount=1.0, source=None):
        row = row or self.row
        accepted = row.amount_accepted
        with self.assertRaisesRegex(UserError, sentence):
            self._accept_row(row, amount, self.today, source or row.contract_id)
        self.assertEqual(row.amount_accepted, accepted)

    def test_an_amount_lies_between_nothing_and_what_was_agreed(self):
        self._assert_refused("cannot be negative", amount=-0.01)
        self._assert_refused(r"no more than the agreed amount of \$12,000.00", amount=12000.01)

    def test_one_refused_row_leaves_all_of_them_as_they_were(self):
        rows = self.contract.milestone_ids[:2]
        results = {rows[0]: (12000.0, self.today, self.contract), rows[1]: (-1.0, self.today, self.contract)}
        with self.assertRaisesRegex(UserError, "cannot be negative"):
            rows._record_acceptances(results)
        self.assertEqual(rows.mapped("amount_accepted"), [0.0, 0.0])

    def test_nothing_is_accepted_of_a_contract_that_does_not_run(self):
        draft = self._create_works_draft()
        self._assert_refused("the contract is Draft", draft.milestone_ids[0])
        draft.with_user(self.user_manager).action_cancel()
        self._assert_refused("the contract is Cancelled", draft.milestone_ids[0])

    def test_nothing_is_accepted_of_a_row_an_amendment_dropped(self):
        works = self._create_works_contract()
        dropped, kept = works.milestone_ids[1:]
        self._amend(
            works,
            {"kind": "row_amount", "milestone_id": dropped.id, "amount": 0.0},
            {"kind": "row_delta", "milestone_id": kept.id, "amount": 80000.0},
        )
        self.assertFalse(dropped.active)
        self._assert_refused("dropped from its contract", dropped, amount=0.0)

    def test_the_contract_itself_proves_its_own_advance_only(self):
        self._assert_refused("belongs to another contract", source=self._create_active_contract())

    def test_what_was_accepted_can_be_taken_back_from_an_ended_contract_but_not_given_again(self):
        self._accept_row(self.row, 12000.0, self.today, self.contract)
        reason = self.env.ref("property_outsourcing.termination_reason_visits")
        self.contract.with_user(self.user_manager2)._terminate(reason, "Three visits missed")
        self.row._record_acceptances({self.row: (0.0, False, None)})
        stamps = (self.row.date_accepted, self.row.accepted_res_id, self.row.date_liability_end)
        self.assertEqual((self.row.amount_accepted, *stamps), (0.0, False, 0, False))
        self._assert_refused("the contract is Terminated", amount=12000.0)

    def test_advances_are_released_in_one_list(self):
        row = {"name": "Advance", "kind": "advance", "amount": 1000.0, "community_id": self.community.id}
        contract = self._create_contract()
        contract.write({"milestone_ids": [(0, 0, row), (0, 0, {**row, "name": "Second advance"})]})
        contract.amount_total = sum(contract.milestone_ids.mapped("amount"))
        self._activate(contract)
        advances = contract.milestone_ids.filtered(lambda row: row.kind == "advance")
        advances.with_user(self.user_manager).action_release_advance()
        self.assertEqual(advances.mapped("amount_accepted"), [1000.0, 1000.0])
        with self.assertRaisesRegex(UserError, "has been released already"):
            advances.with_user(self.user_manager).action_release_advance()

    # ---- cost -------------------------------------------------------------------------------------------

    def _count(self, rows):
        results = {row: (row.amount, row.date_end, row.contract_id) for row in rows}
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        rows._record_acceptances(results)
        self.env.flush_all()
        count = self.cr.sql_log_count - before
        self.assertEqual(set(rows.mapped("amount_accepted")), {12000.0})
        received = rows.purchase_line_ids.mapped("qty_received")
        self.assertEqual(received, [12000.0] * len(rows))
        return count

    def test_thirty_rows_cost_the_queries_of_one(self):
        long = {"date_start": "2024-01-01", "date_end": "2026-06-30"}
        contracts = [self._activate(self._create_contract(**long)) for _index in range(3)]
        self._count(contracts[0].milestone_ids[:1])  # fills the caches
        few = self._count(contracts[1].milestone_ids[:1])
        many = self._count(contracts[2].milestone_ids)
        self.assertLessEqual(many, few)

    def test_rows_of_thirty_contracts_cost_the_queries_of_one(self):
        contracts = self._create_active_contracts(32)
        firsts = [contract.milestone_ids[:1] for contract in contracts]
        rows = self.env["outsourcing.contract.milestone"]
        self._count(firsts[0])
        few = self._count(firsts[1])
        many = self._count(rows.union(*firsts[2:]))
        self.assertLessEqual(many, few)
