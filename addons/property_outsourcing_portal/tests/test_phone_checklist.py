from odoo.tests import tagged

from .phone_browser import PhoneCase

SECONDS_PER_TAP = 2  # find the button, reach it, see what it did
SECONDS_PER_VALUE = 6  # keyboard up, three characters, keyboard away


@tagged("post_install", "-at_install")
class TestPhoneChecklist(PhoneCase):
    """The half-monthly list of an elevator: 31 items, 27 of them judged by eye."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checklist = cls.env.ref("property_outsourcing_site.checklist_tsg_a")
        cls.inspection = cls._start_inspection(cycle="half_month")
        cls.path = f"/my/outsourcing/inspections/{cls.inspection.id}"
        lines = cls.inspection.line_ids
        cls.by_eye = lines.filtered(lambda line: line._may_pass_in_bulk())
        cls.left = lines - cls.by_eye

    def _open(self):
        return self._open_phone(self.path, self.portal_contractor)

    def _count_checked(self, phone, selector=""):
        return phone.run(
            f"return document.querySelectorAll('{selector} .o_outsourcing_result:checked').length"
        )

    def _answer(self, phone, item):
        """Answer one item as a thumb would; return the taps and the values typed."""
        phone.click(".o_outsourcing_next")
        if item["requires_value"]:
            field = f"document.querySelector('[name=value_{item['id']}]')"
            phone.run(
                f"type('[name=value_{item['id']}]', '46,5');"
                f"{field}.dispatchEvent(new Event('change', {{ bubbles: true }}))"
            )
            return 1, 1  # within its limits: passes by itself
        phone.click(f"#result_{item['id']}_pass")
        if item["judge"] != "T":
            return 2, 0
        phone.run(f"await take('#item_{item['id']} .o_outsourcing_upload_input[capture]', ['red'])")
        phone.wait(f"document.querySelector('#item_{item['id']} img')")
        return 2 + 3, 0  # photo, shutter, use it

    def test_31_items_take_less_than_a_minute_of_taps(self):
        left = self.left.read(["judge", "requires_value"])
        with self._open() as phone:
            self.assertEqual(self._count_checked(phone), 0)
            phone.click(".o_outsourcing_pass_rest")
            self.assertEqual(self._count_checked(phone), 27)
            done = [self._answer(phone, item) for item in left]
            phone.click(".o_outsourcing_submit")
            phone.confirm()
            phone.wait("document.querySelector('.o_outsourcing_item_read')")
        self.assertEqual(set(self.inspection.line_ids.mapped("result")), {"pass"})
        self.assertEqual((self.inspection.state, self.left.filtered("is_measured").value), ("done", 46.5))
        taps, values = (sum(column) for column in zip(*done, strict=True))
        self.assertEqual((taps + 3, values), (13, 1))  # the rest, hand in, yes
        self.assertLess((taps + 3) * SECONDS_PER_TAP + values * SECONDS_PER_VALUE, 60)

    def test_rest_passed_without_signal_is_kept_and_handed_in_later(self):
        with self._open() as phone:
            phone.cut()
            phone.click(".o_outsourcing_pass_rest")
            phone.wait_for_draft("pass")
            phone.cut(False)
            phone.open("/my/outsourcing/inspections")
            phone.open(self.path)
            phone.wait("document.querySelector('.o_outsourcing_draft')")
            self.assertEqual(self._count_checked(phone), 27)
            self.assertEqual(
                phone.run("return document.querySelector('.o_outsourcing_answered').textContent"), "27"
            )
            phone.run(
                "[...document.querySelectorAll('button[type=submit]')]"
                ".find((button) => button.textContent === 'Save').click()"
            )
            phone.wait("document.querySelector('.o_outsourcing_flash')")
        self.assertEqual(self.inspection.line_ids.filtered("result"), self.by_eye)

    def test_rest_is_taken_back_with_one_tap(self):
        first = self.by_eye[0]
        with self._open() as phone:
            phone.click(f"#result_{first.id}_pass")
            phone.click(".o_outsourcing_pass_rest")
            phone.wait("document.querySelectorAll('.o_outsourcing_item_status.text-success').length === 27")
            phone.click(".o_outsourcing_pass_back")
            phone.wait("document.querySelectorAll('.o_outsourcing_result:checked').length === 1")
            phone.run("await new Promise((resolve) => setTimeout(resolve, 1000))")
        self.assertEqual(self.inspection.line_ids.filtered("result"), first)

    def test_all_gaps_are_told_before_the_question_each_with_a_link(self):
        with self._open() as phone:
            phone.click(".o_outsourcing_pass_rest")
            phone.click(".o_outsourcing_submit")
            phone.wait("document.querySelectorAll('.o_outsourcing_gaps a').length === 4")
            self.assertFalse(phone.run("return Boolean(document.querySelector('.modal'))"))
            links = phone.run(
                "return [...document.querySelectorAll('.o_outsourcing_gaps a')]"
                ".map((link) => link.getAttribute('href'))"
            )
            self.assertEqual(links, [f"#item_{line.id}" for line in self.left])
            phone.click(".o_outsourcing_gaps li:last-child a")
            top = f"document.querySelector('#item_{self.left[-1].id}').getBoundingClientRect().top"
            phone.wait(f"{top} > 0 && {top} < innerHeight")
