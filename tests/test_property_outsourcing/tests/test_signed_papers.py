import contextlib
from datetime import date

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon
from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsCommon

from .common import StoryCommon, on
from .test_story_works import WorksStory

# terms in force say themselves that they are not signed; a login is handed over; what is signed of a
# safety agreement is the scan that is filed
NOT_SIGNED = {
    "property_outsourcing.safety_agreement_document",
    "property_outsourcing.report_outsourcing_contract_in_force_document",
    "property_outsourcing_portal.outsourcing_invitation_sheet",
    # stickers on the wall, and what households are asked
    "property_outsourcing_portal.outsourcing_label_sheet",
    "property_outsourcing_portal.outsourcing_label_sheet_location",
    "property_outsourcing_portal.outsourcing_label_sheet_community",
    "property_outsourcing_evaluation.survey_slips_document",
    "property_outsourcing_evaluation.survey_posters_document",
    "property_outsourcing_evaluation.survey_paper_document",
    # figures of a count that nobody signs
    "property_outsourcing_evaluation.survey_summary_document",
    "property_outsourcing_complaint.outsourcing_complaint_code_sheet",
}
# notices call their parties and communities as the contract keeps them
NAMED_BY_CONTRACT = {"outsourcing.adjustment", "outsourcing.contract.suspension"}


@tagged("post_install", "-at_install")
class TestSignedPapers(StoryCommon, AmendmentCommon, RepairsCommon):
    """Every paper prints the same after firm, company, bank, people and places got other names."""

    _cover_bedding = WorksStory._cover_bedding
    _accept_at_three_levels = WorksStory._accept_at_three_levels

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["res.partner.bank"].create(
            {
                "partner_id": cls.contractor.id,
                "acc_number": "6222 0001",
                "acc_holder_name": "Steady Elevators",
            }
        )
        cls.contractor.write({"vat": "91440101MA5D8H7W2X", "city": "Guangzhou", "street": "Keyun Road 1"})

    # ---- papers -----------------------------------------------------------------------------------------

    def _sign_works(self):
        """Return the signed works contract, one variation, the amendment that takes it up, and its papers."""
        with on("2026-03-01"):
            contract = self._open_works()
            contract.with_user(self.portal_contractor)._portal_sign_contract(self.signature, "Chen Foreman")
        row = contract.milestone_ids[0]
        self._cover_bedding(row)
        acceptance = self._accept_at_three_levels(row)
        with on("2026-04-02"):
            settlement = self._settle_and_pay(row)
            variation = self._approve_variation(
                contract, {"item_id": contract.item_ids[0].id, "quantity": 2.0}
            )
            amendment = variation.with_user(self.user_supervisor2)
            amendment = variation.with_user(self.user_manager)._create_amendment("More bedding", name="Extra")
            amendment.action_submit()
            amendment.with_user(self.user_director).action_approve()
            self._sign_amendment(amendment)
        concealed = self.env["outsourcing.concealed.work"].search([("contract_id", "=", contract.id)])
        return [contract, variation, amendment.with_env(self.env), concealed, acceptance, settlement]

    def _judge_items(self, acceptance):
        for line in acceptance.line_ids:
            value = line.value_min if line.has_value_min else line.value_max
            line.write({"result": "pass", **({"value": value} if line._needs_value() else {})})

    def _sign_service(self):
        """Return the papers of one month of service: visit, log, defect, score."""
        with on("2026-10-01"):
            contract = self._open_service()
        with on("2026-10-12"):
            inspection = self._visit(contract, date(2026, 10, 12), lock_mm=5.0)
            defect = inspection.sudo().defect_ids[:1]
            defect.with_user(self.user_supervisor).action_assign()
            log = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
            vals = {"content": "Greased", "performer_ids": self.performer.ids, "weather": "sunny"}
            log = log._portal_create(contract.with_user(self.portal_contractor), vals, self._photos())
            log._portal_submit()
            log.with_user(self.user_supervisor).action_review()
        with on("2026-11-02"):
            row = contract.milestone_ids[0]
            self._hand_in_report(row)
            sheet = self._score_month(row)
            sheet.with_user(self.portal_contractor)._portal_confirm_score()
        return [paper.with_env(self.env) for paper in (inspection, defect, log, sheet)]

    def _get_reports(self):
        """Return the reports of the suite: model -> reports."""
        reports = self.env["ir.actions.report"].search([("model", "=like", "outsourcing.%")])
        return reports.filtered(lambda report: report.report_name not in NOT_SIGNED).grouped("model")

    def _print(self, papers):
        self.env.flush_all()
        self.env.invalidate_all()
        reports, pages = self._get_reports(), {}
        for paper in papers:
            for report in reports[paper._name]:
                with contextlib.suppress(UserError):  # this one is not printed of this document
                    page = report._render_qweb_html(report, paper.ids)[0].decode()
                    pages[paper, report] = self._get_text(page)
        return pages

    def _get_text(self, page):
        """Return what stands on the page, and how many pictures."""
        tree = html.fromstring(page)
        return " ".join(tree.find("body").text_content().split()) + f" {len(tree.findall('.//img'))}"

    def _rename_all(self):
        """Give everything the papers name another name, as time does."""
        self.contractor.with_user(self.user_manager).name = "Renamed Lifts"
        self.contractor.write({"vat": "91440101MA5D8H7W9Z", "street": "Elsewhere 9", "phone": "020-999"})
        open_gate(self.account).write({"acc_number": "9999"})
        self.company.partner_id.write({"name": "Renamed Property", "street": "Moved 1", "vat": "RENAMED"})
        self.third_party.name = "Renamed Institute"
        for person in (self.performer, self.representative, *self.contractor.child_ids):
            person.name = f"Renamed {person.id}"
        for user in (self.user_manager, self.user_director, self.user_supervisor, self.user_finance):
            user.name = f"Renamed {user.id}"
        self.community.name = "Renamed Garden"
        self.building.name = "Renamed Tower"
        self.elevator.name = "Renamed Lift"

    def _assert_unchanged(self, papers):
        before = self._print(papers)
        self._rename_all()
        after = self._print(papers)
        self.assertEqual(after.keys(), before.keys())
        for key, text in after.items():
            paper, report = key
            self.assertEqual(text, before[key], f"{report.report_name} of {paper}")
            self.assertNotIn("Renamed", text, report.report_name)

    # ---- tests ------------------------------------------------------------------------------------------

    def test_papers_of_works_print_as_they_were_signed(self):
        self._assert_unchanged(self._sign_works())

    def test_papers_of_a_service_print_as_they_were_signed(self):
        self._assert_unchanged(self._sign_service())

    def test_rollup_of_repairs_prints_as_it_was_drawn_up(self):
        with on("2026-09-20"):
            self._perform(self.framework, {"MB-01": 2}, day=date(2026, 9, 20))
        with on("2026-10-02"):
            rollup = self.framework.with_user(self.user_manager)._create_rollups(self.MONTH)
        self._assert_unchanged(rollup.with_env(self.env))

    def test_amended_contract_prints_as_it_was_signed(self):
        with on("2026-03-01"):
            contract = self._open_works()
            contract.with_user(self.portal_contractor)._portal_sign_contract(self.signature, "Chen Foreman")
            before = self._print(contract)
            line = {"kind": "row_new", "name": "Extra tiles", "amount": 6480.0}
            self._amend(contract, line, date_effective=date(2026, 3, 1))
        self.assertEqual(contract.amount_total, 206480.0)
        self.assertEqual(self._print(contract), before)
        in_force = self.env.ref("property_outsourcing.report_outsourcing_contract_in_force")
        page = in_force._render_qweb_html(in_force, contract.ids)[0].decode()
        for text in ("Extra tiles", "206,480.00", "Not signed"):
            self.assertIn(text, page)

    def test_draft_prints_the_present_names(self):
        draft = self._create_contract()
        self._rename_all()
        self.assertIn("Renamed Lifts", next(iter(self._print(draft).values())))

    def test_every_printed_paper_keeps_what_was_signed(self):
        for model in self._get_reports():
            if model not in NAMED_BY_CONTRACT:
                self.assertIn("signed_data", self.env[model]._fields, model)
