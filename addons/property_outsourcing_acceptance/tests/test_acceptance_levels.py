from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SIGNATURE, AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceLevels(AcceptanceCommon):
    """Which levels work is accepted at, and who signs each."""

    def test_first_milestone_of_the_facade_is_accepted_at_three_levels_with_witness(self):
        acceptance = self._start()
        self.assertEqual(
            acceptance.current_stage_ids.mapped("level"),
            ["self_check", "property_check", "third_party_check", "witness"],
        )
        self._sign(acceptance, self.portal_contractor)
        self.assertEqual(acceptance.state, "property_check")
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self.assertEqual(acceptance.state, "third_party_check")
        self._sign(acceptance, self.portal_representative)
        self.assertEqual(
            acceptance.state, "third_party_check", "The witness does not stand for the third party"
        )
        self._sign(acceptance, self.portal_third_party)
        self.assertEqual(acceptance.state, "accepted")
        self.assertEqual(self.row1.amount_accepted, 60000.0)
        self.assertEqual(self.row1.purchase_line_id.qty_received, 60000.0)
        self.assertEqual(self.row1.accepted_res_id, acceptance.id)
        signers = acceptance.stage_ids.signer_id
        self.assertEqual(len(signers), 4, "Four people signed")
        facts = self.works.fact_ids.filtered(lambda fact: fact.fact_type == "level_passed")
        self.assertEqual(len(facts), 4)
        self.assertTrue(self.row1.sudo().project_milestone_id.is_reached)

    def test_levels_follow_from_kind_nature_and_the_row(self):
        ordinary = self._start(self.row2)
        self.assertEqual(ordinary.current_stage_ids.mapped("level"), ["self_check", "property_check"])
        self.row3._gated().nature = "fund_paid"
        fund = self._start(self.row3)
        self.assertTrue(fund.requires_third_party and fund.requires_witness)

    def test_works_paid_from_the_maintenance_fund_are_witnessed_at_three_levels(self):
        draft = self._create_works_draft()
        self.assertEqual(set(draft.milestone_ids.mapped("nature")), {"ordinary"})
        draft.milestone_ids[1].nature = "structural"
        draft.fund_source_id = self.env.ref("property_outsourcing.fund_source_maintenance_fund")
        self.assertEqual(draft.milestone_ids.mapped("nature"), ["fund_paid", "structural", "fund_paid"])
        templates = self.env["outsourcing.acceptance.template"]
        chosen = templates._choose("works", draft.milestone_ids[0].nature, 60000.0)
        self.assertTrue(chosen.has_third_party_check and chosen.requires_witness)

    def test_a_level_is_signed_by_the_party_it_names_only(self):
        acceptance = self._start()
        for user in (self.portal_competitor, self.user_finance, self.user_outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own or ours
                self._sign(acceptance, user)
        for user in (self.portal_third_party, self.user_supervisor, self.portal_representative):
            with (
                self.subTest(user=user.name),
                self.assertRaisesRegex(UserError, "does not wait for your signature"),
            ):
                self._sign(acceptance, user)
        self.assertFalse(any(acceptance.stage_ids.mapped("result")))

    def test_a_level_is_not_signed_by_odoobot(self):
        acceptance = self._start()
        with self.assertRefused("You are not one of the parties that sign", AccessError):
            acceptance.with_user(SUPERUSER_ID)._portal_sign("pass", signature=SIGNATURE, signer_name="Bot")

    def test_a_second_signature_says_who_signed_before(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        with self.assertRaisesRegex(UserError, "already signed"):
            self._sign(acceptance, self.portal_contractor)

    def test_one_person_does_not_sign_two_levels(self):
        self.community.representative_ids |= self.portal_third_party.partner_id
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self._sign(acceptance, self.portal_third_party)
        with self.assertRaisesRegex(UserError, "another person must sign"):
            self._sign(acceptance, self.portal_third_party)
        self.assertEqual(acceptance.state, "third_party_check")

    def test_a_portal_signature_needs_picture_and_name(self):
        acceptance = self._start()
        with self.assertRaisesRegex(UserError, "sign and write your name"):
            self._sign(acceptance, self.portal_contractor, signature=None)
        with self.assertRaisesRegex(UserError, "not a picture"):
            self._sign(acceptance, self.portal_contractor, signature="TVqQAAMAAAAEAAAA")
        with self.assertRaisesRegex(UserError, "passed or failed"):
            self._sign(acceptance, self.portal_contractor, "deemed")
        with self.assertRaisesRegex(UserError, "Write what is wrong"):
            self._sign(acceptance, self.portal_contractor, "fail", comment=" ")

    def test_witness_and_third_party_state_no_amount(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        with self.assertRefused(
            "The amount is between the contractor and the property company; you sign", AccessError
        ):
            self._sign(acceptance, self.portal_representative, accepted_amount=1.0)

    def test_third_party_is_named_by_a_manager_and_is_no_party(self):
        self.row1.with_user(self.user_manager).action_start_acceptance()
        acceptance = self.row1.acceptance_ids
        with self.assertRefused("The third-party body is named by a manager.", AccessError):
            acceptance.with_user(self.user_supervisor).third_party_id = self.third_party
        for party in (self.contractor, self.company.partner_id):
            with self.assertRefused("is a party of the contract and cannot be the third-party body."):
                acceptance.with_user(self.user_manager).third_party_id = party
        acceptance.with_user(self.user_supervisor).action_submit()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        with self.assertRaisesRegex(UserError, "third-party body"):
            self._sign(acceptance, self.user_supervisor)

    def test_paper_counts_only_with_the_scan_and_a_person_of_the_party(self):
        acceptance = self._start().with_user(self.user_supervisor)
        scan = [("sheet.png", self.pixel)]
        with self.assertRaisesRegex(UserError, "Attach the scan"):
            acceptance._record_paper("self_check", self.performer, "pass", [])
        with self.assertRaisesRegex(UserError, "does not belong to the party"):
            acceptance._record_paper("self_check", self.user_supervisor.partner_id, "pass", scan)
        with self.assertRaisesRegex(UserError, "does not wait"):
            acceptance._record_paper("third_party_check", self.third_party, "pass", scan)
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            acceptance.with_user(self.portal_contractor)._record_paper(
                "self_check", self.performer, "pass", scan
            )
        acceptance._record_paper("self_check", self.performer, "pass", scan)
        stage = acceptance.current_stage_ids[0]
        self.assertEqual(acceptance.state, "property_check")
        self.assertEqual((stage.signer_id, stage.signed_by_id), (self.performer, self.user_supervisor))
        self.assertTrue(stage.is_paper and stage.scan_ids.is_paper)

    def test_whoever_enters_the_self_check_does_not_sign_the_property_check(self):
        acceptance = self._start(self.row2)
        own = acceptance.with_user(self.user_supervisor)
        own._record_paper("self_check", self.performer, "pass", [("sheet.png", self.pixel)])
        self._pass_lines(acceptance)
        with self.assertRaisesRegex(UserError, "has already acted here"):
            self._sign(acceptance, self.user_supervisor)
        self.assertEqual(acceptance.state, "property_check")
        self._sign(acceptance, self.user_manager)
        self.assertEqual(acceptance.state, "accepted")

    def test_whoever_signed_the_property_check_enters_no_sheet_of_another_party(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        sheet = ("third_party_check", self.portal_third_party.partner_id, "pass", [("s.png", self.pixel)])
        with self.assertRaisesRegex(UserError, "has already acted here"):
            acceptance.with_user(self.user_supervisor)._record_paper(*sheet)
        acceptance.with_user(self.user_manager)._record_paper(*sheet)
        self.assertEqual(acceptance.current_stage_ids[2].result, "pass")

    def test_the_sign_dialogue_signs_and_takes_over_paper(self):
        acceptance = self._start(self.row2)
        wizard = self.env["outsourcing.sign"].with_user(self.user_supervisor)
        paper = wizard.create(
            {
                "acceptance_id": acceptance.id,
                "signer_id": self.performer.id,
                "file_ids": [(0, 0, {"name": "scan.png", "content": SIGNATURE})],
            }
        )
        self.assertTrue(paper.is_paper)
        self.assertIn(self.performer, paper.possible_signer_ids)
        paper.action_sign()
        self._pass_lines(acceptance)
        own = wizard.with_user(self.user_manager).create({"acceptance_id": acceptance.id, "amount": 70000.0})
        self.assertEqual((own.level, own.is_paper), ("property_check", False))
        own.action_sign()
        self.assertEqual((acceptance.state, acceptance.amount_accepted), ("accepted", 70000.0))

    def test_contractor_applies_for_acceptance_in_the_portal(self):
        row = self.row2.with_user(self.portal_contractor)
        acceptance = (
            self.env["outsourcing.acceptance"].with_user(self.portal_contractor)._portal_request(row, 40000.0)
        )
        self.assertEqual((acceptance.state, acceptance.sudo().amount_claimed), ("self_check", 40000.0))
        line = acceptance.line_ids[0]
        acceptance._portal_save_lines({line.id: {"result": "fail", "note": "Permit missing"}})
        with self.assertRaisesRegex(UserError, "Main items fail"):
            self._sign(acceptance, self.portal_contractor)
        with self.assertRefused("answer with pass, fail or not applicable."):
            acceptance._portal_save_lines({line.id: {"result": "maybe"}})
        with self.assertRaises(AccessError):  # core's own
            acceptance.with_user(self.portal_competitor)._portal_save_lines({line.id: {"result": "pass"}})

    def test_a_missing_witness_waits_or_is_recorded_as_the_company_says(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self._sign(acceptance, self.portal_third_party)
        self.assertTrue(acceptance.witness_deadline, "The representatives were invited")
        acceptance._gated().witness_deadline = "2026-01-01"
        late = acceptance._get_witness_no_shows(acceptance.date_submitted.date())
        self.assertEqual(late, acceptance)
        late._process_witness_no_shows()
        self.assertEqual(acceptance.state, "third_party_check")
        self.assertTrue(acceptance.date_witness_no_show)
        self.company.outsourcing_witness_no_show = "proceed"
        late._process_witness_no_shows()
        self.assertEqual(acceptance.state, "accepted")
        self.assertEqual(acceptance.current_stage_ids[-1].result, "absent")
