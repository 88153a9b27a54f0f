from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .amendment_common import SIGNATURE, AmendmentCommon

STATES = ("draft", "to_approve", "to_sign", "signed", "active", "cancelled")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentWorkflow(AmendmentCommon):
    """Who may do what, and what is refused with one sentence and nothing half saved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works_contract()
        cls.new_row = {"kind": "row_new", "name": "Extra", "amount": 500.0}

    # ---- numbers and people -----------------------------------------------------------------------------

    def test_amendments_are_numbered_per_contract_with_their_approval(self):
        refused = self._submit_amendment(self.contract, self.new_row)
        refused.with_user(self.user_manager).action_cancel()
        first = self._approve_amendment(self.contract, self.new_row)
        second = self._approve_amendment(self.contract, self.new_row)
        self.assertEqual(
            (refused.name, first.name, second.name),
            (False, f"{self.contract.name}-S01", f"{self.contract.name}-S02"),
        )
        other = self._approve_amendment(self._create_works_contract(), self.new_row)
        self.assertEqual(other.number, 1)

    def test_number_and_author_are_not_sent_by_a_client(self):
        forged = self._draft_amendment(
            self.contract, self.new_row, name="X", number=77, user_id=self.user_manager.id
        )
        self.assertEqual((forged.name, forged.number, forged.user_id), (False, 0, self.user_supervisor))

    def test_returned_amendment_keeps_its_number_and_is_not_deleted(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        amendment.with_user(self.user_manager).return_note = "Once more"
        amendment.with_user(self.user_manager).action_return()
        with self.assertRaisesRegex(UserError, "has its number already: cancel it"):
            amendment.with_user(self.user_supervisor).unlink()
        amendment.with_user(self.user_supervisor).action_submit()
        amendment.with_user(self.user_manager).action_approve()
        self.assertEqual(amendment.number, 1)

    def test_who_draws_up_does_not_approve(self):
        amendment = self._draft_amendment(self.contract, self.new_row, user=self.user_manager)
        amendment.with_user(self.user_manager2).action_submit()
        for user in (self.user_manager, self.user_manager2):
            with self.assertRaisesRegex(UserError, "another person"):
                amendment.with_user(user).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            amendment.with_user(self.user_supervisor2).action_approve()
        self.assertEqual(amendment.state, "to_approve")

    def test_contractor_neither_approves_nor_submits(self):
        amendment = self._submit_amendment(self.contract, self.new_row)
        for step in ("action_approve", "action_submit", "action_return", "action_cancel", "action_activate"):
            with self.assertRaises(AccessError, msg=step):  # core's own
                getattr(amendment.with_user(self.portal_contractor), step)()
        amendment.with_user(self.user_manager).action_approve()
        for step in ("action_approve", "action_return", "action_cancel"):
            with self.assertRefused("You are not the person who may take this step.", AccessError, msg=step):
                getattr(amendment.with_user(self.portal_contractor), step)()
        with self.assertRaisesRegex(UserError, "not signed"):
            amendment.with_user(self.portal_contractor).action_activate()

    def test_large_change_needs_two_managers(self):
        self.company.outsourcing_amendment_second_amount = 400.0
        amendment = self._submit_amendment(self.contract, self.new_row)
        amendment.with_user(self.user_manager).action_approve()
        self.assertEqual((amendment.state, amendment.first_approved_by_id), ("to_approve", self.user_manager))
        with self.assertRaisesRegex(UserError, "another person"):
            amendment.with_user(self.user_manager).action_approve()
        amendment.with_user(self.user_manager2).action_approve()
        self.assertEqual((amendment.state, amendment.approved_by_id), ("to_sign", self.user_manager2))

    def test_limit_of_a_second_manager_is_in_the_company_currency(self):
        self.company.outsourcing_amendment_second_amount = 400.0
        amendment = self._draft_amendment(self.contract, self.new_row)
        self.assertTrue(amendment.needs_second_approval)
        self._price_foreign(amendment, 2.0)
        self.assertFalse(amendment.needs_second_approval, "500 of the contract are 250 of the company")

    def test_form_opens_before_the_contract_is_chosen(self):
        for model in ("outsourcing.contract.amendment", "outsourcing.variation"):
            form = Form(self.env[model].with_user(self.user_supervisor))
            self.assertFalse(form.needs_second_approval, model)

    def test_every_transition_outside_the_table_is_refused(self):
        amendment = self._draft_amendment(self.contract, self.new_row)
        table = amendment._get_transitions()
        for state in STATES:
            amendment._gated().write({"state": state})
            for target in STATES:
                if state not in table.get(target, ()):
                    with self.assertRefused("and cannot become", msg=f"{state} -> {target}"):
                        amendment.with_user(self.user_manager2)._transition_to(target)

    # ---- consent ----------------------------------------------------------------------------------------

    def test_takes_effect_with_the_contractors_signature_and_exactly_once(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        self.assertEqual(self.contract.amount_total, 200000.0)
        self._sign_amendment(amendment)
        self.assertEqual((amendment.state, amendment.signer_name), ("active", "Chen Foreman"))
        self.assertEqual(amendment.signed_by_id, self.portal_contractor)
        self._assert_in_step(self.contract, 200500.0)
        for user, step in (
            (self.portal_contractor, lambda a: a._portal_sign(SIGNATURE, "Again")),
            (self.user_manager2, lambda a: a.action_activate()),
            (self.user_manager2, lambda a: a._transition_to("active")),
        ):
            with self.assertRaises(UserError):  # each for a reason of its own
                step(amendment.with_user(user))
        self._assert_in_step(self.contract, 200500.0)

    def test_only_the_contractor_signs(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        for user in (self.portal_competitor, self.portal_representative, self.user_manager2):
            with self.assertRaises(AccessError, msg=user.name):  # core's own or ours
                amendment.with_user(user)._portal_sign(SIGNATURE, "Forger")
        for signature, name in ((False, "Chen"), (SIGNATURE, " "), (b"bm8=", "Chen")):
            with self.assertRaises(UserError):  # each for a reason of its own
                amendment.with_user(self.portal_contractor)._portal_sign(signature, name)
        self.assertFalse(amendment.date_signed)

    def test_signed_on_paper_needs_the_scan_and_a_person_of_the_firm(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        staff = amendment.with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "scan"):
            staff._record_paper(self.performer, [])
        with self.assertRaisesRegex(UserError, "not one of the people"):
            staff._record_paper(self.representative, [self._scan()])
        staff._record_paper(self.performer, [self._scan()])
        self.assertEqual((amendment.state, amendment.is_paper), ("active", True))
        self.assertEqual(amendment.evidence_ids.mapped("is_paper"), [True])
        self.assertEqual(amendment.evidence_ids.contract_id, self.contract)

    def test_the_other_sides_paper_is_entered_by_another_person_and_signed_by_a_named_one(self):
        self.contract._gated().contractor_manager_id = self.performer
        clerk = self._create_contact("Clerk", self.contractor)
        amendment = self._approve_amendment(self.contract, self.new_row)
        self.assertFalse(amendment.with_user(self.user_manager).may_enter_signature)
        with self.assertRaisesRegex(UserError, "Zhang Manager has already acted as Approved by"):
            amendment.with_user(self.user_manager)._record_paper(self.performer, [self._scan()])
        staff = amendment.with_user(self.user_supervisor)
        with self.assertRaisesRegex(
            UserError, "Steady Elevators is not one of the people of Steady Elevators"
        ):
            staff._record_paper(self.contractor, [self._scan()])
        for sign in (
            lambda: staff._record_paper(clerk, [self._scan()]),
            lambda: amendment.with_user(self.portal_contractor)._portal_sign(SIGNATURE, "Clerk"),
        ):
            with self.assertRaisesRegex(
                UserError, "Clerk may not sign .* Named in the contract: Chen Foreman"
            ):
                sign()
        self.assertFalse(amendment.date_signed)

    def test_contractor_declines_with_a_reason_and_the_author_is_asked(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        portal = amendment.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "Write what you do not agree with"):
            portal._portal_decline("")
        portal._portal_decline("Scaffold is not in it")
        self.assertEqual((amendment.state, amendment.return_note), ("draft", "Scaffold is not in it"))
        kind = self.env.ref("property_outsourcing.activity_type_signature_declined")
        asked = amendment.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(asked.user_id, self.user_supervisor)
        with self.assertRaises(AccessError):  # core's own
            portal._portal_decline("Again")

    def test_signed_before_its_day_it_takes_effect_on_it(self):
        amendment = self._approve_amendment(self.contract, self.new_row, date_effective=date(2026, 6, 20))
        self._sign_amendment(amendment)
        self.assertEqual(amendment.state, "signed")
        with self.assertRaisesRegex(UserError, "takes effect on 2026-06-20"):
            amendment.with_user(self.user_manager).action_activate()
        self._assert_in_step(self.contract, 200000.0)
        with freeze_time("2026-06-20"):
            amendment._process_due()
        self.assertEqual(amendment.state, "active")
        self._assert_in_step(self.contract, 200500.0)

    def test_what_stands_in_the_way_on_the_day_becomes_an_activity(self):
        row = self.contract.milestone_ids[0]
        line = {"kind": "row_amount", "milestone_id": row.id, "amount": 10.0}
        amendment = self._approve_amendment(self.contract, line, date_effective=date(2026, 6, 20))
        self._sign_amendment(amendment)
        self._accept_row(row, 20.0, date(2026, 6, 12), self.community)
        with freeze_time("2026-06-20"):
            for _night in range(2):
                self.env["outsourcing.contract.amendment"]._cron_amendments()
        self.assertEqual((amendment.state, len(amendment.activity_ids)), ("signed", 1))
        self.assertIn("accepted", amendment.activity_ids.note)
        self._assert_in_step(self.contract, 200000.0)

    def test_missing_signature_is_told_once(self):
        amendment = self._approve_amendment(self.contract, self.new_row)
        amendments = self.env["outsourcing.contract.amendment"]
        due = amendment.date_sign_due
        self.assertFalse(amendments._get_unsigned(due) & amendment)
        late = amendments._get_unsigned(due + timedelta(days=1)) & amendment
        late._process_unsigned()
        self.assertEqual(amendment.activity_ids.user_id, self.user_manager)
        self.assertFalse(amendments._get_unsigned(due + timedelta(days=1)) & amendment)
        self.assertEqual(amendment.state, "to_sign")

    # ---- overlap and bad input --------------------------------------------------------------------------

    def test_overlapping_amendment_is_refused(self):
        row = self.contract.milestone_ids[1]
        first = self._submit_amendment(
            self.contract, {"kind": "row_amount", "milestone_id": row.id, "amount": 90000.0}
        )
        second = self._draft_amendment(self.contract, {"kind": "row_cap", "milestone_id": row.id})
        sentence = f"{first.display_name} is still open and changes the same: .*{row.name}.* Finish or"
        with self.assertRaisesRegex(UserError, sentence):
            second.with_user(self.user_supervisor).action_submit()
        self.assertEqual(second.state, "draft")
        first.with_user(self.user_manager).action_cancel()
        second.with_user(self.user_supervisor).action_submit()

    def test_amendments_of_different_rows_and_fields_do_not_overlap(self):
        row, other = self.contract.milestone_ids[:2]
        first = self._submit_amendment(
            self.contract, {"kind": "row_amount", "milestone_id": row.id, "amount": 61000.0}
        )
        second = self._submit_amendment(
            self.contract, {"kind": "row_amount", "milestone_id": other.id, "amount": 79000.0}
        )
        for amendment in second, first:
            amendment.with_user(self.user_manager).action_approve()
            self._sign_amendment(amendment)
        self._assert_in_step(self.contract, 200000.0)

    def test_end_date_overlaps_with_a_fee_of_the_same_periods(self):
        contract = self._create_active_contract()
        self._submit_amendment(contract, {"kind": "end_date", "date": date(2026, 9, 15)})
        fee = {"kind": "period_fee", "amount": 1.0, "date": date(2026, 9, 1)}
        with self.assertRaisesRegex(UserError, "still open and changes the same"):
            self._submit_amendment(contract, fee)
        end = {"kind": "end_date", "date": date(2027, 1, 31)}
        with self.assertRaisesRegex(UserError, "End of the contract"):
            self._submit_amendment(contract, end)

    def test_what_was_signed_is_what_happens(self):
        contract = self._create_active_contract()
        line = {
            "kind": "community_add",
            "community_id": self.other_community.id,
            "amount": 3000.0,
            "date": date(2026, 10, 1),
        }
        first = self._approve_amendment(contract, line)
        self._amend(contract, {"kind": "end_date", "date": date(2027, 1, 31)})
        with (
            self.assertRaisesRegex(UserError, "has changed since its figures were drawn up"),
            self.env.cr.savepoint(),
        ):
            self._sign_amendment(first)
        self.env.invalidate_all()
        self.assertEqual((first.state, first.date_signed), ("to_sign", False))
        first.with_user(self.user_manager).return_note = "Longer term"
        first.with_user(self.user_manager).action_return()
        first.with_user(self.user_supervisor).action_submit()
        first.with_user(self.user_manager).action_approve()
        self._sign_amendment(first)
        self._assert_in_step(contract, 13 * 12000.0 + 4 * 3000.0)

    def test_the_same_thing_twice_in_one_amendment_is_refused(self):
        row = self.contract.milestone_ids[1]
        amendment = self._draft_amendment(
            self.contract,
            {"kind": "row_amount", "milestone_id": row.id, "amount": 1.0},
            {"kind": "row_delta", "milestone_id": row.id, "amount": 1.0},
        )
        with self.assertRaisesRegex(UserError, "changed twice in this amendment"):
            amendment.with_user(self.user_supervisor).action_submit()

    def test_contract_that_is_not_running_takes_no_amendment(self):
        draft = self._create_works_draft()
        with self.assertRaisesRegex(ValidationError, "only a running or suspended contract is amended"):
            self._draft_amendment(draft, self.new_row)

    def test_contractor_reads_that_an_amendment_ended_with_its_contract(self):
        shown = self._approve_amendment(self.contract, self.new_row)
        never_shown = self._submit_amendment(
            self.contract, {"kind": "row_new", "name": "Pump", "amount": 9.0}
        )
        self.contract.with_user(self.user_manager).action_suspend()
        self.contract.with_user(self.user_manager).end_reason = "Firm gave up"
        self.contract.with_user(self.user_manager).action_terminate()
        self.assertEqual((shown.state, never_shown.state), ("cancelled", "cancelled"))
        own = shown.with_user(self.portal_contractor)
        self.assertEqual(own.search([("contract_id", "=", self.contract.id)]), own)
        with self.assertRaisesRegex(UserError, "is Cancelled and does not wait for a signature"):
            self._sign_amendment(shown)

    def test_suspended_contract_is_amended(self):
        self.contract.with_user(self.user_manager).action_suspend()
        self._amend(self.contract, self.new_row)
        self._assert_in_step(self.contract, 200500.0)

    def test_bad_input_is_refused_with_a_sentence(self):
        other = self._create_works_contract()
        cases = (
            ({"kind": "row_new", "name": "No amount"}, "Amount is missing"),
            ({"kind": "row_new", "name": "Minus", "amount": -5.0}, "cannot be negative"),
            ({"kind": "row_cap", "milestone_id": other.milestone_ids[0].id}, "belongs to another contract"),
            ({"kind": "end_date"}, "Date is missing"),
            ({"kind": "end_date", "date": date(2025, 1, 1)}, "cannot end before it starts"),
            ({"kind": "manager", "partner_id": self.representative.id}, "not one of the people"),
            (
                {"kind": "community_add", "community_id": self.community.id, "date": date(2027, 1, 1)},
                "within the term",
            ),
            (
                {"kind": "rule_change", "rule_id": self.contract.rule_ids[0].id,
                 "rule_basis": "percent_contract", "rule_rate": 120.0},
                "between 0 and 100 percent",
            ),
        )  # fmt: skip
        for line, sentence in cases:
            amendment = self._draft_amendment(self.contract, line)
            with self.assertRaisesRegex(UserError, sentence):
                amendment.with_user(self.user_supervisor).action_submit()
            self.assertEqual(amendment.state, "draft")
        for day in (date(2025, 12, 31), date(2027, 1, 1)):
            with self.assertRaisesRegex(ValidationError, "within the term of the contract"):
                self._draft_amendment(self.contract, self.new_row, date_effective=day)
        empty = self._draft_amendment(self.contract)
        with self.assertRaisesRegex(UserError, "changes nothing yet"):
            empty.with_user(self.user_supervisor).action_submit()

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_state_and_stamps_are_not_written_by_a_client(self):
        amendment = self._approve_amendment(self.contract, self.new_row).with_user(self.user_manager)
        for vals in (
            {"state": "active"},
            {"date_signed": fields.Datetime.now()},
            {"signer_name": "Chen", "signature": SIGNATURE},
            {"approved_by_id": self.user_manager2.id},
            {"amount_after": 1.0},
            {"amount_delta": 1.0},
            {"title": "Other"},
            {"line_ids": [Command.create({"kind": "row_new", "name": "More", "amount": 1.0})]},
        ):
            with self.assertRaises(UserError, msg=str(vals)):  # each for a reason of its own
                amendment.write(vals)
        for record in (amendment.line_ids, amendment.effect_ids):
            with self.assertRaises(UserError):  # core's own or ours
                record.write({"sequence": 99} if record == amendment.effect_ids else {"amount": 1e9})
        with self.assertRefused("its lines can no longer be changed"):
            amendment.effect_ids.sudo().with_context(_force_unlink=True).unlink()
        with self.assertRefused("and can no longer be deleted."):
            amendment.with_context(_force_unlink=True).unlink()

    def test_nothing_is_planted_at_creation(self):
        amendments = self.env["outsourcing.contract.amendment"].with_user(self.user_supervisor)
        base = {"title": "T", "contract_id": self.contract.id, "date_effective": date(2026, 6, 10)}
        for planted in (
            {"state": "to_sign"},
            {"date_signed": fields.Datetime.now()},
            {"approved_by_id": self.user_manager.id},
            {"signer_name": "Chen"},
        ):
            with self.assertRaises(UserError, msg=str(planted)):  # each for a reason of its own
                amendments.create({**base, **planted})
            with self.assertRaises(UserError, msg=str(planted)):  # each for a reason of its own
                amendments.with_context(**{f"default_{k}": v for k, v in planted.items()}).create(base)

    def test_contract_terms_still_change_by_amendment_only(self):
        self._amend(self.contract, self.new_row)
        manager = self.contract.with_user(self.user_manager)
        with self.assertRefused("can no longer be changed."):
            manager.amount_total = 1.0
        with self.assertRefused("its lines can no longer be changed."):
            manager.milestone_ids[0].active = False
        with self.assertRefused("A line of a contract's order follows the contract"):
            manager.purchase_order_id.order_line[0].product_qty = 1.0

    def test_portal_reads_its_own_from_the_signature_on(self):
        amendment = self._submit_amendment(self.contract, self.new_row)
        amendments = self.env["outsourcing.contract.amendment"]
        lines = self.env["outsourcing.contract.amendment.line"]
        self.assertFalse(amendments.with_user(self.portal_contractor).search([]) & amendment)
        amendment.with_user(self.user_manager).action_approve()
        self.assertTrue(amendments.with_user(self.portal_contractor).search([]) & amendment)
        with self.assertRaises(AccessError):  # the page reads them for the contractor
            lines.with_user(self.portal_contractor).search([])
        for user in (self.portal_competitor, self.portal_representative, self.user_outsider):
            self.assertFalse(amendments.with_user(user).search([]) & amendment)
            with self.assertRaises(AccessError):  # core's own
                amendment.with_user(user).read(["title"])
        with self.assertRaises(AccessError):  # core's own
            amendment.with_user(self.portal_contractor).write({"title": "Mine"})

    def test_form_opens_and_adds_a_change(self):
        draft = self.env["outsourcing.contract.amendment"].with_user(self.user_supervisor)
        with Form(draft.with_context(default_contract_id=self.contract.id)) as form:
            form.title = "One more row"
            form.date_effective = "2026-06-10"
            with form.line_ids.new() as line:
                line.kind = "row_new"
                line.name = "Extra"
                line.amount = 12.5
        self.assertEqual(form.record.amount_delta, 12.5)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentCost(AmendmentCommon):
    """Activating costs the same number of queries for one payment row and for thirty."""

    def _count_activation(self, months):
        contract = self._create_active_contract(
            date_start=date(2026, 7, 1), date_end=date(2026, 7, 1) + relativedelta(months=months, days=-1)
        )
        amendment = self._approve_amendment(
            contract,
            {"kind": "period_fee", "amount": 13000.0, "date": date(2026, 7, 1)},
            date_effective=date(2026, 7, 1),
        )
        amendment._gated().write({"date_signed": fields.Datetime.now(), "state": "signed"})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with freeze_time("2026-07-01"):
            amendment.with_user(self.user_manager2).action_activate()
            self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self._assert_in_step(contract, 13000.0 * months)
        return count

    def test_activation_costs_the_same_for_one_row_and_for_thirty(self):
        self._count_activation(1)
        few, many = self._count_activation(1), self._count_activation(30)
        self.assertLessEqual(many, few + 3)

    def _count_extension(self, months):
        contract = self._create_active_contract()
        amendment = self._approve_amendment(
            contract, {"kind": "end_date", "date": fields.Date.add(date(2026, 12, 31), months=months)}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._sign_amendment(amendment)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_extension_costs_the_same_for_one_period_and_for_thirty(self):
        self._count_extension(1)
        few, many = self._count_extension(1), self._count_extension(30)
        self.assertLessEqual(many, few + 3)

    def test_list_costs_the_same_for_one_and_for_thirty(self):
        contract = self._create_works_contract()
        self._draft_amendment(contract, {"kind": "row_new", "name": "A", "amount": 1.0})
        view = (
            self.env["outsourcing.contract.amendment"]
            .with_user(self.user_supervisor)
            .get_view(view_type="list")
        )
        names = list(view["models"]["outsourcing.contract.amendment"])
        specification = {name: {} for name in names}

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["outsourcing.contract.amendment"].with_user(self.user_supervisor).web_search_read(
                [("contract_id", "=", contract.id)], specification
            )
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for _n in range(29):
            self._draft_amendment(contract, {"kind": "row_new", "name": "A", "amount": 1.0})
        count()
        self.assertLessEqual(count(), few)
