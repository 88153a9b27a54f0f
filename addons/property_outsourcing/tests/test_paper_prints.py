from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


class PaperCase(OutsourcingCommon):
    """Papers are printed by those who hand them out."""

    def _print(self, paper, records, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.user_supervisor)
        html = report._render_qweb_html(f"property_outsourcing.{paper}_document", records.ids)[0]
        return " ".join(html.decode().split())

    def _assert_refused(self, paper, records, sentence):
        with self.assertRaisesRegex(UserError, sentence):
            self._print(paper, records)


@tagged("post_install", "-at_install")
class TestContractPapers(PaperCase):
    def test_the_approval_sheet_names_who_agreed(self):
        contract = self._create_active_contract()
        text = self._print("contract_approval", contract)
        for part in (
            "Contract approval sheet",
            contract.name,
            "Finance department",
            "Liu Manager",
            "144,000.00",
        ):
            self.assertIn(part, text)
        self.assertEqual(
            contract.with_user(self.user_supervisor).action_print_approval()["type"], "ir.actions.report"
        )

    def test_nobody_prints_by_its_number_what_he_may_not_read(self):
        contract = self._create_active_contract()
        for user in (self.user_outsider, self.portal_competitor):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own
                self._print("contract_approval", contract, user)

    def test_a_draft_has_no_approval_sheet(self):
        self._assert_refused(
            "contract_approval", self._create_contract(), "has not been handed in for approval"
        )

    def test_the_equipment_of_the_contract_is_listed_with_its_numbers(self):
        self.elevator.write(
            {
                "outsourcing_use_certificate": "TS-11-2023-7",
                "outsourcing_date_inspection": "2027-03-31",
                "outsourcing_stops": "18/18",
                "outsourcing_load": 1000,
            }
        )
        self.community.elevator_safety_officer = "Officer Wu"
        contract = self._create_contract(maintenance_mode="full")
        line = {
            "community_id": self.community.id,
            "name": "Upkeep",
            "equipment_ids": [Command.set(self.elevator.ids)],
        }
        contract.scope_ids = [Command.create(line)]
        text = self._print("contract_equipment", contract)
        for part in (
            "Elevator 3-1",
            "TS-11-2023-7",
            "2027-03-31",
            "18/18",
            "1000",
            "With all parts",
            "Officer Wu",
        ):
            self.assertIn(part, text)

    def test_without_equipment_there_is_no_list(self):
        self._assert_refused(
            "contract_equipment", self._create_contract(), "no line of its scope names equipment"
        )


@tagged("post_install", "-at_install")
class TestAdjustmentNotice(PaperCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        rule = cls.contract.rule_ids.filtered(lambda rule: rule.basis == "fixed")[0]
        figures = rule._get_figures(1.0, cls.contract.milestone_ids[:1])
        cls.adjustment = cls.env["outsourcing.adjustment"].create(
            {
                "contract_id": cls.contract.id,
                "rule_id": rule.id,
                "milestone_id": cls.contract.milestone_ids[0].id,
                "reason": "Seen at 8 in the morning",
                **figures,
            }
        )

    def test_the_notice_cites_clause_facts_and_amount(self):
        self.adjustment.with_user(self.user_manager).action_confirm()
        text = self._print("adjustment_notice", self.adjustment)
        clause = self.adjustment.rule_id.clause
        for part in (
            "Notice of a deduction",
            f"under clause {clause} of the contract",
            "Seen at 8 in the morning",
            "may appeal in writing or in the portal by",
            "To: Steady Elevators",
        ):
            self.assertIn(part, text)

    def test_a_proposal_is_not_sent_out(self):
        self._assert_refused("adjustment_notice", self.adjustment, "a manager confirms it first")


@tagged("post_install", "-at_install")
class TestContractorPapers(PaperCase):
    def test_the_admission_lists_documents_and_decisions(self):
        self.contractor.vat = "91310000MA1K35XG9T"
        self._create_document("business_license")
        text = self._print("contractor_admission", self.contractor)
        for part in (
            "Steady Elevators",
            "91310000MA1K35XG9T",
            "Business licence",
            "Admitted",
            "Finance department",
        ):
            self.assertIn(part, text)

    def test_an_admission_without_papers_says_all_that_is_missing(self):
        self._assert_refused(
            "contractor_admission",
            self.third_party,
            "cannot be printed yet: Tax ID, Outsourced services, Compliance",
        )

    def test_the_safety_agreement_prints_every_part_of_the_letter(self):
        letter = self._file_letter(self._create_contract())
        text = self._print("safety_agreement", letter)
        for _heading, part in letter._get_print_letter():
            self.assertIn(part.split()[0], text)
        self.assertIn(f"within {letter.letter_report_minutes} minutes at the latest", text)

    def test_another_document_is_no_agreement(self):
        licence = self._create_document("business_license")
        self._assert_refused("safety_agreement", licence, "it is no safety responsibility letter")


@tagged("post_install", "-at_install")
class TestOrderSheet(PaperCase):
    def test_the_order_is_printed_with_its_limits(self):
        contract = self._create_active_contract()
        order = contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door stuck"})
        text = self._print("order_sheet", order)
        for part in ("Work order", "Door stuck", "Steady Elevators", "Respond by", "What was done, material"):
            self.assertIn(part, text)

    def test_a_task_of_no_contract_is_no_work_order(self):
        task = self.env["project.task"].create({"name": "Tidy up"})
        with self.assertRaisesRegex(UserError, "belongs to no outsourcing contract"):
            task._check_paper("order_sheet")
