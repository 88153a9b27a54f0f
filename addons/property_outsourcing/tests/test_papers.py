from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..tools import format_hours, in_brackets, join_names, labelled, paper_date


@tagged("post_install", "-at_install")
class TestPapers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.english = cls.env(context={"lang": "en_US"})
        cls.chinese = cls.env(context={"lang": "zh_CN"})

    def _read(self, word, *values):
        return word(self.english, *values), word(self.chinese, *values)

    def test_an_enumeration_has_the_comma_of_its_reader(self):
        self.assertEqual(self._read(join_names, ["A", False, "B"]), ("A, B", "A、B"))

    def test_brackets_and_colons_are_those_of_the_reader(self):
        self.assertEqual(self._read(in_brackets, "x"), (" (x)", "（x）"))
        self.assertEqual(self._read(in_brackets, False), ("", ""))
        self.assertEqual(self._read(labelled, "Signed", "Li"), ("Signed: Li", "Signed：Li"))

    def test_a_paper_spells_its_days_out(self):
        day = fields.Date.to_date("2026-08-01")
        self.assertEqual(self._read(paper_date, day), ("1 August 2026", "2026年8月1日"))
        self.assertEqual(self._read(paper_date, False), ("", ""))

    def test_a_span_is_hours_and_minutes(self):
        self.assertEqual(self._read(format_hours, 7.7), ("7 h 42 min", "7小时42分钟"))

    def test_a_table_has_days_as_the_national_standard_writes_them(self):
        self.assertEqual(self.env.ref("base.lang_zh_CN").date_format, "%Y-%m-%d")

    def test_numbers_of_documents_follow_one_pattern(self):
        sequences = self.env["ir.sequence"].search([("code", "=like", "outsourcing.%")])
        self.assertTrue(sequences)
        for sequence in sequences:
            self.assertRegex(sequence.prefix, r"^[A-Z]{2}-%\(range_year\)s-$", sequence.name)
            self.assertTrue(sequence.use_date_range, sequence.name)
