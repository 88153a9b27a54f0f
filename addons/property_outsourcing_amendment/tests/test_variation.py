from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .amendment_common import SIGNATURE, AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestVariation(AmendmentCommon):
    """Site variations and design changes: the same day, signed by both sides, taken up once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls._create_works_draft()
        cls.item = cls._add_item(draft, uom_id=cls.env.ref("uom.product_uom_square_meter").id)
        cls.contract = cls._activate(draft)
        cls.tiles = {"item_id": cls.item.id, "quantity": 36.0}

    # ---- prices -----------------------------------------------------------------------------------------

    def test_quantities_are_priced_from_the_items_of_the_contract(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertEqual((variation.line_ids.price_unit, variation.amount_total), (180.0, 6480.0))
        self.item._gated().write({"price_unit": 999.0})
        self.assertEqual(variation.amount_total, 6480.0)

    def test_numbers_are_drawn_with_the_approval(self):
        refused = self._submit_variation(self.contract, self.tiles)
        refused.with_user(self.user_manager).answer = "Part of the contract"
        refused.with_user(self.user_manager).action_reject()
        approved = self._approve_variation(self.contract, self.tiles, kind="design")
        self.assertEqual((refused.name, approved.name), (False, f"{self.contract.name}-D01"))
        self.assertEqual(refused.display_name, "Hollow tiles")

    def test_contractor_does_not_set_the_price_of_an_item(self):
        variation = self._draft_variation(self.contract, {**self.tiles, "price_unit": 500.0})
        self.assertEqual(variation.line_ids.price_unit, 180.0)
        with self.assertRaises(AccessError):  # core's own
            variation.line_ids.with_user(self.portal_contractor).write({"price_unit": 500.0})
        with self.assertRaisesRegex(ValidationError, "costs 180.00 by contract"):
            variation.line_ids.with_user(self.user_supervisor).write({"price_unit": 500.0})

    def test_item_of_another_contract_is_refused(self):
        other = self._add_item(self._create_works_draft())
        with self.assertRaisesRegex(ValidationError, "another contract"):
            self._draft_variation(self.contract, {"item_id": other.id, "quantity": 1.0})

    def test_new_price_needs_a_managers_agreement(self):
        line = {"name": "Crane", "price_unit": 1500.0, "quantity": 2.0}
        variation = self._submit_variation(self.contract, line)
        variation.with_user(self.user_supervisor).action_check()
        with self.assertRaisesRegex(UserError, "agree to the new prices"):
            variation.with_user(self.user_manager).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            variation.with_user(self.user_supervisor2).action_agree_new_prices()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            variation.with_user(self.portal_contractor).action_agree_new_prices()
        variation.with_user(self.user_manager).action_agree_new_prices()
        variation.with_user(self.user_manager).action_approve()
        self.assertEqual((variation.state, variation.amount_total), ("approved", 3000.0))

    def test_omitted_work_counts_negative(self):
        variation = self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": -10.0})
        self.assertEqual(variation.amount_total, -1800.0)

    # ---- who --------------------------------------------------------------------------------------------

    def test_three_persons_of_two_sides(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertEqual(
            (variation.signer_name, variation.submitted_by_id), ("Chen Foreman", self.portal_contractor)
        )
        for step in ("action_check", "action_approve", "action_reject", "action_return", "action_allow_late"):
            with self.assertRefused("You are not the person who may take this step.", AccessError, msg=step):
                getattr(variation.with_user(self.portal_contractor), step)()
        with self.assertRaisesRegex(UserError, "checks the quantities first"):
            variation.with_user(self.user_manager).action_approve()
        variation.with_user(self.user_manager).action_check()
        with self.assertRaisesRegex(UserError, "another person"):
            variation.with_user(self.user_manager).action_approve()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            variation.with_user(self.user_supervisor).action_approve()
        variation.with_user(self.user_manager2).action_approve()
        self.assertEqual(
            (variation.checked_by_id, variation.approved_by_id), (self.user_manager, self.user_manager2)
        )

    def test_large_variation_needs_two_managers(self):
        self.company.outsourcing_variation_second_amount = 6000.0
        variation = self._submit_variation(self.contract, self.tiles)
        variation.with_user(self.user_supervisor).action_check()
        variation.with_user(self.user_manager).action_approve()
        self.assertEqual(variation.state, "checked")
        with self.assertRaisesRegex(UserError, "another person"):
            variation.with_user(self.user_manager).action_approve()
        variation.with_user(self.user_manager2).action_approve()
        self.assertEqual(variation.state, "approved")

    def test_limit_of_a_second_manager_is_in_the_company_currency(self):
        self.company.outsourcing_variation_second_amount = 6000.0
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertTrue(variation.needs_second_approval)
        self._price_foreign(variation, 2.0)
        self.assertFalse(variation.needs_second_approval)

    def test_refusal_and_return_need_an_opinion(self):
        variation = self._submit_variation(self.contract, self.tiles)
        for step in ("action_reject", "action_return"):
            with self.assertRaisesRegex(UserError, "opinion"):
                getattr(variation.with_user(self.user_manager), step)()
        variation.with_user(self.user_manager).answer = "Already in item 3"
        variation.with_user(self.user_manager).action_return()
        self.assertEqual((variation.state, variation.signature), ("draft", False))
        variation.with_user(self.portal_contractor)._portal_submit(SIGNATURE, "Chen Foreman")
        variation.with_user(self.user_manager).action_reject()
        self.assertEqual(variation.state, "rejected")

    def test_recorded_from_paper_with_the_scan_and_checked_by_another(self):
        variation = self._draft_paper()
        staff = variation.with_user(self.user_supervisor)
        with self.assertRaisesRegex(UserError, "scan"):
            staff._record_paper(self.performer, [])
        with self.assertRaisesRegex(UserError, "not one of the people"):
            staff._record_paper(self.representative, [self._scan()])
        staff._add_evidence([self._photo()], phase="before")
        staff._record_paper(self.performer, [self._scan()])
        self.assertEqual((variation.state, variation.is_paper), ("submitted", True))
        self.assertEqual(variation.signer_name, "Chen Foreman")
        with self.assertRaisesRegex(UserError, "another person"):
            staff.action_check()

    def _draft_paper(self):
        variations = self.env["outsourcing.variation"].with_user(self.user_supervisor)
        vals = {
            "title": "Paper", "contract_id": self.contract.id, "reason": "Found",
            "line_ids": [Command.create(self.tiles)],
        }  # fmt: skip
        return variations.create(vals).with_env(self.env)

    # ---- complete and in time ---------------------------------------------------------------------------

    def test_incomplete_record_is_refused_by_name(self):
        cases = (
            ({"photo": False}, "photo"),
            ({"reason": " "}, "what was found"),
            ({"kind": "design", "photo": False}, "changed drawing"),
        )
        for vals, sentence in cases:
            with self.assertRaisesRegex(UserError, sentence):
                self._submit_variation(self.contract, self.tiles, **vals)
        with self.assertRaisesRegex(UserError, "enter the quantities"):
            self._submit_variation(self.contract)

    def test_late_record_is_flagged_and_too_late_refused_without_a_managers_reason(self):
        self.assertFalse(self._submit_variation(self.contract, self.tiles).is_late)
        self.assertTrue(self._submit_variation(self.contract, self.tiles, date=date(2026, 6, 7)).is_late)
        late = self._draft_variation(self.contract, self.tiles, date=date(2026, 6, 6))
        contractor = late.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "4 days ago, at most 3"):
            contractor._portal_submit(SIGNATURE, "Chen")
        with self.assertRaisesRegex(UserError, "reason"):
            late.with_user(self.user_manager).action_allow_late()
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            late.with_user(self.user_supervisor).action_allow_late()
        late.with_user(self.user_manager).late_reason = "Typhoon, site closed"
        late.with_user(self.user_manager).action_allow_late()
        contractor._portal_submit(SIGNATURE, "Chen")
        self.assertEqual((late.state, late.is_late), ("submitted", True))
        with self.assertRaisesRegex(ValidationError, "not come yet"):
            self._draft_variation(self.contract, self.tiles, date=date(2026, 6, 11))

    def test_whose_turn_it_is_is_an_activity_until_the_step_is_taken(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertIn(variation.activity_ids.user_id, self.community.supervisor_ids)
        self.assertEqual(variation.activity_ids.date_deadline, variation.date_answer_due)
        variation.with_user(self.user_supervisor).action_check()
        asked = variation.activity_ids.user_id
        self.assertEqual(len(asked), 1)
        self.assertTrue(asked.has_group("property_outsourcing.group_outsourcing_manager"))
        variation.with_user(self.user_manager).action_approve()
        self.assertFalse(variation.activity_ids)

    def test_contractor_asks_for_a_late_record_and_what_is_allowed_is_that_day(self):
        late = self._draft_variation(self.contract, self.tiles, date=date(2026, 6, 6))
        contractor = late.with_user(self.portal_contractor)
        contractor._portal_save({"reason": "Found on tapping"})
        self.assertFalse(late.activity_ids)
        contractor._portal_save({"late_reason": "Typhoon, site closed"})
        contractor._portal_save({"late_reason": "Typhoon, site closed"})
        self.assertEqual(late.activity_ids.user_id, self.contract.manager_id)
        self.assertEqual(len(late.activity_ids), 1)
        late.with_user(self.user_manager2).action_allow_late()
        self.assertFalse(late.activity_ids)
        contractor._portal_save({"date": date(2026, 6, 1)})
        self.assertFalse(late.late_allowed_by_id)
        with self.assertRaisesRegex(UserError, "9 days ago, at most 3"):
            contractor._portal_submit(SIGNATURE, "Chen")

    def test_works_only_and_running_only(self):
        service = self._create_active_contract()
        with self.assertRaisesRegex(ValidationError, "Only a works contract"):
            self._draft_variation(service)
        self.contract._gated().write({"state": "completed"})
        with self.assertRaisesRegex(ValidationError, "only a running or suspended"):
            self._draft_variation(self.contract)

    # ---- silence ----------------------------------------------------------------------------------------

    def test_silence_is_escalated_and_does_not_count_as_accepted(self):
        variation = self._submit_variation(self.contract, self.tiles)
        self.assertEqual(variation.date_answer_due, date(2026, 6, 17))
        variations = self.env["outsourcing.variation"]
        self.assertFalse(variations._get_unanswered(date(2026, 6, 17)) & variation)
        late = variations._get_unanswered(date(2026, 6, 18)) & variation
        late._process_unanswered()
        self.assertEqual((variation.state, variation.is_deemed), ("submitted", False))
        self.assertEqual(variation.activity_ids.user_id, self.user_manager)
        self.assertFalse(variations._get_unanswered(date(2026, 6, 18)) & variation)

    def test_silence_counts_as_accepted_where_the_company_has_set_so(self):
        self.company.outsourcing_variation_silence = "deemed"
        variation = self._submit_variation(self.contract, self.tiles)
        new_price = self._submit_variation(self.contract, {"name": "X", "price_unit": 5.0, "quantity": 1.0})
        (variation | new_price)._process_unanswered()
        self.assertEqual((variation.state, variation.is_deemed), ("approved", True))
        self.assertFalse(variation.approved_by_id)
        self.assertEqual(new_price.state, "submitted")

    def test_schedule_costs_the_same_for_one_and_for_thirty(self):
        def run(count):
            variations = self.env["outsourcing.variation"].union(
                *(self._submit_variation(self.contract, self.tiles) for _n in range(count))
            )
            self.company.outsourcing_variation_silence = "deemed"
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            variations._as_system()._transition_to("approved")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        run(1)
        few, many = run(1), run(30)
        self.assertLessEqual(many, few + 3)

    # ---- taken up ---------------------------------------------------------------------------------------

    def test_approved_variations_become_one_new_payment_row(self):
        first = self._approve_variation(self.contract, self.tiles)
        second = self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": 0.5})
        amendment = self._gather(first | second, name="Variations 1 and 2")
        self.assertEqual((amendment.amount_delta, amendment.variation_ids), (6570.0, first | second))
        self.assertEqual((first | second).mapped("state"), ["amended", "amended"])
        self.assertEqual(first.amendment_line_id, amendment.line_ids)
        amendment.with_user(self.user_manager2).action_submit()
        amendment.with_user(self.user_manager3).action_approve()
        self._sign_amendment(amendment)
        self._assert_in_step(self.contract, 206570.0)
        self.assertIn("Variations 1 and 2", self.contract.milestone_ids.mapped("name"))

    def test_negative_variations_go_to_a_chosen_row(self):
        variation = self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": -10.0})
        with self.assertRaisesRegex(UserError, "choose the payment row"):
            self._gather(variation)
        self.assertEqual(variation.state, "approved")
        row = self.contract.milestone_ids[2]
        amendment = self._gather(variation, milestone=row)
        amendment.with_user(self.user_manager2).action_submit()
        amendment.with_user(self.user_manager3).action_approve()
        self._sign_amendment(amendment)
        self.assertEqual(row.amount, 58200.0)
        self._assert_in_step(self.contract, 198200.0)

    def test_a_variation_goes_into_one_amendment_only(self):
        variation = self._approve_variation(self.contract, self.tiles)
        amendment = self._gather(variation)
        with self.assertRaisesRegex(UserError, "only approved variations"):
            self._gather(variation)
        with self.assertRefused("can no longer be changed."):
            variation.with_user(self.user_manager2).write({"amendment_id": False})
        amendment.with_user(self.user_manager2).action_cancel()
        self.assertEqual((variation.state, variation.amendment_id.id), ("approved", False))
        again = self._gather(variation)
        again.with_user(self.user_manager2).unlink()
        self.assertEqual(variation.state, "approved")

    def test_amendment_is_worth_what_its_variations_add_up_to(self):
        variation = self._approve_variation(self.contract, self.tiles)
        amendment = self._gather(variation).with_user(self.user_manager2)
        amendment.line_ids.amount = 9999.0
        with self.assertRaisesRegex(UserError, "add up to 6,480.00"):
            amendment.action_submit()
        amendment.line_ids.unlink()
        self.assertEqual((variation.state, variation.amendment_id.id), ("approved", False))

    def test_only_approved_variations_of_one_contract(self):
        approved = self._approve_variation(self.contract, self.tiles)
        submitted = self._submit_variation(self.contract, self.tiles)
        with self.assertRaisesRegex(UserError, "only approved"):
            self._gather(approved | submitted)
        other = self._approve_variation(
            self._create_works_contract(), {"name": "X", "price_unit": 5.0, "quantity": 1.0}
        )
        with self.assertRaisesRegex(UserError, "one contract only"):
            self._gather(approved | other)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            approved.with_user(self.user_supervisor).action_create_amendment()

    def test_dialogue_creates_the_amendment(self):
        variation = self._approve_variation(self.contract, self.tiles).with_user(self.user_manager2)
        action = variation.action_create_amendment()
        with Form(
            self.env[action["res_model"]].with_user(self.user_manager2).with_context(**action["context"])
        ) as form:
            form.title = "Taken up"
        result = form.record.action_create()
        amendment = self.env["outsourcing.contract.amendment"].browse(result["res_id"])
        self.assertEqual(amendment.line_ids.mapped("name"), ["Taken up"])
        self.assertEqual(self.contract.variation_count, 1)

    @property
    def user_manager3(self):
        users = self.env["res.users"].search([("login", "=", "third_manager")])
        return users or self._create_internal_user("third_manager", "Third Manager", "manager")

    def _gather(self, variations, **kwargs):
        return (
            variations.with_user(self.user_manager2)
            ._create_amendment("Taken up", **kwargs)
            .with_env(self.env)
        )

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_state_and_stamps_are_not_written_by_a_client(self):
        variation = self._submit_variation(self.contract, self.tiles)
        manager = variation.with_user(self.user_manager)
        for vals in (
            {"state": "approved"},
            {"signature": SIGNATURE},
            {"signer_name": "Forged"},
            {"checked_by_id": self.user_supervisor.id},
            {"is_late": False},
            {"amount_total": 1e6},
            {"title": "Other"},
            {"line_ids": [Command.create({**self.tiles})]},
            {"new_price_agreed_by_id": self.user_manager2.id},
        ):
            with self.assertRaises(UserError, msg=str(vals)):  # each for a reason of its own
                manager.write(vals)
        with self.assertRefused("its lines can no longer be changed."):
            manager.line_ids.write({"quantity": 1e6})
        with self.assertRaises(AccessError):  # core's own
            variation.with_user(self.portal_contractor).write({"state": "approved"})
        with self.assertRefused("has evidence and is no longer deleted; cancel it instead."):
            manager.with_context(_force_unlink=True).unlink()
        variations = self.env["outsourcing.variation"].with_user(self.user_supervisor)
        base = {"title": "T", "contract_id": self.contract.id}
        for planted in (
            {"state": "approved"},
            {"approved_by_id": self.user_manager.id},
            {"signer_name": "X"},
        ):
            with self.assertRaises(UserError):  # each for a reason of its own
                variations.create({**base, **planted})
            with self.assertRaises(UserError):  # each for a reason of its own
                variations.with_context(**{f"default_{k}": v for k, v in planted.items()}).create(base)

    def test_photos_stay_after_submission(self):
        variation = self._submit_variation(self.contract, self.tiles)
        photo = variation.evidence_ids
        self.assertTrue(photo.sealed)
        for user in (self.user_manager, self.portal_contractor):
            with self.assertRaises(UserError):  # core's own
                photo.with_user(user).unlink()
            with self.assertRaises(UserError):  # core's own
                photo.attachment_id.with_user(user).with_context(_force_unlink=True).unlink()
            with self.assertRefused("no longer takes photos or files."):
                variation.with_user(user)._add_evidence([self._photo()])

    def test_who_sees_what(self):
        draft = self._draft_variation(self.contract, self.tiles)
        variations = self.env["outsourcing.variation"]
        colleague = self._create_portal_user("13800000099", "Colleague", self.contractor)
        self.assertTrue(variations.with_user(self.portal_contractor).search([]) & draft)
        self.assertFalse(variations.with_user(colleague).search([]) & draft)
        with self.assertRaises(AccessError):  # core's own
            draft.with_user(colleague)._portal_save({"title": "Mine"})
        draft.with_user(self.portal_contractor)._portal_submit(SIGNATURE, "Chen")
        self.assertTrue(variations.with_user(colleague).search([]) & draft)
        for user in (self.portal_competitor, self.portal_representative, self.user_outsider):
            self.assertFalse(variations.with_user(user).search([]) & draft)
            with self.assertRaises(AccessError):  # core's own
                draft.with_user(user)._portal_submit(SIGNATURE, "X")
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            draft.with_user(self.portal_contractor)._portal_save({"title": "Late"})

    def test_competitor_begins_nothing_under_a_foreign_contract(self):
        variations = self.env["outsourcing.variation"].with_user(self.portal_competitor)
        with self.assertRaises(AccessError):  # core's own
            variations._portal_create(self.contract.with_user(self.portal_competitor), {"title": "X"})

    def test_prints_show_both_sides(self):
        variation = self._approve_variation(self.contract, self.tiles)
        reports = self.env["ir.actions.report"]
        html = reports._render_qweb_html("property_outsourcing_amendment.report_variation", variation.ids)[
            0
        ].decode()
        for text in ("Hollow tiles", "6,480.00", "Chen Foreman", self.user_manager.name, variation.name):
            self.assertIn(text, html)
        amendment = self._gather(variation)
        html = reports._render_qweb_html(
            "property_outsourcing_amendment.report_contract_amendment", amendment.ids
        )[0].decode()
        for text in (self.contractor.name, self.company.name, "206,480.00", variation.name, amendment.title):
            self.assertIn(text, html)

    def test_unanswered_schedule_is_the_installed_one(self):
        variation = self._submit_variation(self.contract, self.tiles)
        variation._gated().write({"date_answer_due": fields.Date.today() - timedelta(days=1)})
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_amendment.cron_unanswered_variations").method_direct_trigger()
            self.env.ref("property_outsourcing_amendment.cron_amendments").method_direct_trigger()
        self.assertTrue(variation.date_escalated)

    def test_an_approved_variation_tells_how_far_it_moves_the_price_of_the_contract(self):
        """6,480.00 on a contract of 200,000.00: 3.24 %, weighed by the price."""
        variation = self._approve_variation(self.contract, self.tiles)
        fact = self.contract.fact_ids.filtered(lambda fact: fact.fact_type == "price_deviation")
        self.assertEqual((fact.res_id, fact.value, fact.weight), (variation.id, 3.24, 200000.0))
        self.assertNotIn("price_deviation", dict(fact._get_trigger_selection()))

    def test_many_variations_cost_as_much_as_one(self):
        contracts = self._create_active_contracts(32, self._create_works_draft)
        lines = [{"name": "Crane", "price_unit": 100.0, "quantity": 1.0}]
        variations = [self._draft_variation(contract, *lines) for contract in contracts]
        variations = self.env["outsourcing.variation"].union(*variations)
        counts = []
        for group in (variations[:1], variations[1:2], variations[2:]):  # the first one warms up
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            group._record_price_deviation()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
