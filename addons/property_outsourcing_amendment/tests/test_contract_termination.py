from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestContractTermination(AmendmentCommon):
    """An early end lists everything open and decides on each: nothing that was built is forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls._create_works_draft()
        cls.item = cls._add_item(draft, uom_id=cls.env.ref("uom.product_uom_square_meter").id)
        cls.contract = cls._activate(draft)
        cls.reason = cls.env.ref("property_outsourcing.termination_reason_visits")
        cls._accept_row(cls.contract.milestone_ids[0], 60000.0, date(2026, 6, 1), cls.community)

    def _vary(self, quantity=36.0):
        """Return an approved variation: 36 square metres at 180.00 are 6,480.00."""
        return self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": quantity})

    def _amend_variation(self, variation, state="to_sign", **vals):
        amendment = variation.with_user(self.user_manager)._create_amendment("Extra", name="Extra tiles")
        amendment.sudo().write({"date_effective": date(2026, 6, 10), **vals})
        amendment.action_submit()
        amendment.with_user(self.user_manager2).action_approve()
        if state == "signed":
            self._sign_amendment(amendment.with_env(self.env))
        return amendment.with_env(self.env)

    def _terminate(self, **vals):
        self.contract.with_user(self.user_manager2)._terminate(self.reason, "Gave up", **vals)

    def test_variation_of_an_unsigned_amendment_is_owed_and_payable(self):
        variation = self._vary()
        amendment = self._amend_variation(variation)
        self._terminate()
        self.assertEqual((amendment.state, variation.state), ("cancelled", "approved"))
        row = variation.milestone_id
        self.assertEqual((row.amount, row.amount_accepted, row.amount_to_bill), (6480.0, 6480.0, 6480.0))
        self.assertEqual(row.accepted_res_id, variation.id)
        self.assertEqual(self.contract.amount_accepted, 66480.0)
        self.assertEqual(sum(self.contract.purchase_order_id.order_line.mapped("product_qty")), 66480.0)
        self.assertEqual(self.contract._prepare_settlement_lines(row)[0]["quantity"], 6480.0)

    def test_what_is_signed_and_due_takes_effect_first(self):
        amendment = self._amend_variation(self._vary(), "signed", date_effective=date(2026, 6, 12))
        with freeze_time("2026-06-12"):
            self._terminate()
        self.assertEqual(amendment.state, "active")
        self.assertFalse(amendment.variation_ids.milestone_id)
        self.assertEqual((self.contract.state, self.contract.amount_total), ("terminated", 206480.0))

    def test_dialog_lists_all_and_takes_the_decisions(self):
        variation = self._vary()
        amendment = self._amend_variation(variation)
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Tap the wall"})
        action = self.contract.with_user(self.user_manager2).action_open_termination()
        dialog = self.env[action["res_model"]].with_user(self.user_manager2)
        form = Form(dialog.with_context(**action["context"]))
        form.reason_id, form.explanation = self.reason, "Gave up"
        listed = [form.line_ids.edit(index) for index in range(len(form.line_ids))]
        names = {line.name: index for index, line in enumerate(listed)}
        self.assertEqual(set(names), {amendment.display_name, variation.display_name, order.display_name})
        with form.line_ids.edit(names[variation.display_name]) as line:
            self.assertEqual((line.amount, line.decision, line.allowed), (6480.0, "owe", "owe,drop"))
            line.decision = "drop"
        with form.line_ids.edit(names[order.display_name]) as line:
            line.decision = "keep"
        form.save().action_confirm()
        self.assertEqual((variation.state, variation.milestone_id.id), ("rejected", False))
        self.assertIn("Gave up", variation.answer)
        self.assertNotEqual(order.state, "1_canceled")
        notes = " ".join(self.contract.message_ids.mapped("body"))
        self.assertIn(f"{variation.display_name}: Is not paid", notes)
        self.assertIn(f"{amendment.display_name}: Cancel", notes)

    def test_decision_that_is_not_possible_is_refused(self):
        variation = self._vary(-5.0)
        key = ("outsourcing.variation", variation.id)
        with self.assertRaisesRegex(UserError, "Hollow tiles: this decision is not possible"):
            self._terminate(decisions={key: "owe"})
        self.assertEqual((self.contract.state, variation.state), ("active", "approved"))

    def test_unanswered_variation_is_answered_first(self):
        variation = self._submit_variation(self.contract, {"item_id": self.item.id, "quantity": 1.0})
        with self.assertRaisesRegex(UserError, "Hollow tiles is Submitted: finish it or drop it first"):
            self._terminate()
        variation.with_user(self.user_manager).answer = "Part of the contract"
        variation.with_user(self.user_manager).action_reject()
        self._terminate()
        self.assertEqual(self.contract.state, "terminated")

    def test_the_button_without_dialog_forgets_nothing_either(self):
        variation = self._vary()
        self.contract.with_user(self.user_manager2).end_reason = "Gave up"
        self.contract.with_user(self.user_manager2).action_terminate()
        self.assertEqual(variation.milestone_id.amount_accepted, 6480.0)

    def test_completion_waits_for_amendments_and_variations(self):
        variation = self._vary()
        with self.assertRaisesRegex(UserError, "Hollow tiles is Approved: finish it or drop it first"):
            self.contract.with_user(self.user_manager).action_complete()
        amendment = self._amend_variation(variation)
        with self.assertRaisesRegex(UserError, "Extra is Waits for the contractor: finish it"):
            self.contract.with_user(self.user_manager).action_complete()
        self.assertEqual(amendment.state, "to_sign")

    def test_several_contracts_are_searched_as_one(self):
        contracts = self.contract
        for _index in range(2):
            contract = self._create_works_contract()
            contract.with_user(self.user_supervisor)._dispatch_order({"name": "Tap the wall"})
            contracts |= contract
        self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Tap the wall"})
        counts = []
        for chosen in (self.contract, contracts):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.assertEqual(len(chosen.sudo()._get_open_points()), len(chosen))
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
