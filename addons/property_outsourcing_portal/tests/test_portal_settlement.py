from odoo.tests import tagged

from .common import PortalCommon

REFUSED = "o_outsourcing_error"


@tagged("post_install", "-at_install")
class TestPortalSettlement(PortalCommon):
    """The contractor's word to a statement, by the routes a phone uses and by those a cheat tries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        row = cls.contract.milestone_ids.sorted("date_start")[1]
        row.deliverable_ids._gated().write({"state": "accepted"})
        cls._accept_row(row, row.amount, row.date_end, cls.contract)
        settlements = cls.env["outsourcing.settlement"].with_user(cls.user_supervisor)
        cls.settlement = settlements._create_for_milestones(row.with_user(cls.user_supervisor)).with_env(
            cls.env
        )
        cls.settlement.with_user(cls.user_supervisor).action_submit()
        cls.url = f"/my/outsourcing/settlements/{cls.settlement.id}"
        cls.stranger = cls._create_portal_user("13800000077", "Else", cls.competitor)

    def setUp(self):
        super().setUp()
        self._log_in(self.portal_contractor)

    def test_the_page_says_where_it_stands_and_takes_the_answer(self):
        page = self._page(self.url).text
        self.assertIn("You may confirm or dispute it until finance approves it.", page)
        self.assertIn(f"{self.url}/confirm", page)
        answer = self._send(f"{self.url}/confirm")
        self.assertIn("Confirmed. Thank you.", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.settlement.statement_state, "confirmed")
        self.assertEqual(self.settlement.stated_by_id, self.portal_contractor)

    def test_a_dispute_keeps_its_files_which_the_firm_alone_opens(self):
        files = [("files", ("count.pdf", b"%PDF-1.4 count", "application/pdf"))]
        self._send(f"{self.url}/dispute", {"reason": "One visit is missing"}, files=files)
        self.env.invalidate_all()
        self.assertEqual(self.settlement.statement_state, "disputed")
        file = self.settlement.statement_file_ids
        self.assertIn("The property company answers your dispute until", self._page(self.url).text)
        self.assertEqual(self._page(f"{self.url}/file/{file.id}").content, b"%PDF-1.4 count")
        self.assertEqual(self._page(f"{self.url}/file/{file.id}", self.stranger).status_code, 404)

    def test_a_refused_dispute_leaves_no_file(self):
        count = self.env["ir.attachment"].search_count([])
        files = [("files", ("count.pdf", b"%PDF-1.4 count", "application/pdf"))]
        self.assertIn(REFUSED, self._send(f"{self.url}/dispute", {"reason": " "}, files=files).text)
        bad = [("files", ("count.pdf", b"MZ not a pdf", "application/pdf"))]
        answer = self._send(f"{self.url}/dispute", {"reason": "Wrong"}, files=bad)
        self.assertIn("count.pdf is not a PDF", answer.text)
        self.assertEqual(self.env["ir.attachment"].search_count([]), count)

    def test_another_firm_finds_no_settlement(self):
        for step in ("confirm", "dispute"):
            answer = self._send(f"{self.url}/{step}", {"reason": "Mine"}, user=self.stranger)
            self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.settlement.statement_state, "waiting")

    def test_after_approval_nothing_is_confirmed(self):
        self.settlement.with_user(self.user_manager).action_check()
        self.settlement.with_user(self.user_finance).action_approve()
        self.assertNotIn(f"{self.url}/confirm", self._page(self.url).text)
        answer = self._send(f"{self.url}/confirm")
        self.assertIn("its statement can no longer be confirmed or disputed", answer.text)

    def test_a_form_sent_twice_answers_once(self):
        form = {"reason": "One visit is missing", "client_key": "a" * 20}
        for _number in range(2):
            self._send(f"{self.url}/dispute", form)
        self.env.invalidate_all()
        told = self.settlement.message_ids.filtered(lambda m: "disputes the statement" in m.body)
        self.assertEqual(len(told), 1)

    def test_scripts_write_no_answer(self):
        params = {
            "model": "outsourcing.settlement",
            "method": "write",
            "args": [self.settlement.ids, {"statement_state": "confirmed"}],
            "kwargs": {},
        }
        _result, error = self._send_json("/web/dataset/call_kw", params)
        self.assertIn("not allowed to modify", error)

    # ---- fapiao -----------------------------------------------------------------------------------------

    def _approve(self):
        self.settlement.with_user(self.user_manager).action_check()
        self.settlement.with_user(self.user_finance).action_approve()

    def test_a_fapiao_is_handed_in_by_its_code_once(self):
        self._approve()
        amount = self.settlement._get_amount_to_invoice()
        self.assertIn(f"{self.url}/fapiao", self._page(self.url).text)
        code = f"01,32,,24312000000012345678,{amount - 1:.2f},{self.today:%Y%m%d},,ABCD"
        files = [("files", ("fapiao.pdf", b"%PDF-1.4 fapiao", "application/pdf"))]
        answer = self._send(f"{self.url}/fapiao", {"qr_text": code}, files=files)
        self.assertIn("Handed in. Finance checks the fapiao.", answer.text)
        form = {"number": "24312000000012345678", "amount": "1", "date": str(self.today)}
        answer = self._send(f"{self.url}/fapiao", form, files=files)
        self.assertIn("The fapiao 24312000000012345678 has been handed in before.", answer.text)
        self.env.invalidate_all()
        self.assertEqual(len(self.settlement.fapiao_ids), 1)

    def test_all_that_a_fapiao_lacks_is_said_and_what_was_typed_stays(self):
        self._approve()
        answer = self._send(f"{self.url}/fapiao", {"number": "123", "amount": "12"})
        self.assertIn("Enter the day it was issued.", answer.text)
        self.assertIn("Add its file: PDF, OFD, XML or a photo of the paper.", answer.text)
        self.assertIn('value="123"', answer.text)
        self.assertEqual(self._send(f"{self.url}/fapiao", user=self.stranger).status_code, 404)

    # ---- applications -----------------------------------------------------------------------------------

    def test_a_payment_is_applied_for_on_the_page(self):
        row = self.contract.milestone_ids.sorted("date_start")[2]
        self._accept_row(row, row.amount, row.date_end, self.contract)
        url = "/my/outsourcing/applications"
        form, create = {f"amount_{row.id}": f"{row.amount + 1:.2f}"}, f"{url}/create/{self.contract.id}"
        page = self._page(f"{url}/new").text
        self.assertIn(f"amount_{row.id}", page)
        self.assertIn(f'"{create}"', page, "forms of one address would share draft and key")
        self.assertIn("is accepted and not yet settled.", self._send(create, form).text)
        form |= {f"amount_{row.id}": "100.00", "note": "October"}
        self._send(create, form)
        answer = self._send(create, form)
        self.assertIn("its payment was applied for already.", answer.text)
        application = self.env["outsourcing.payment.application"].search([], limit=1)
        self.assertEqual((application.amount_total, application.note), (100.0, "October"))
        self.assertEqual(self._send(create, form, user=self.stranger).status_code, 404)
        self.assertEqual(self._page(f"{url}/{application.id}").status_code, 404)
