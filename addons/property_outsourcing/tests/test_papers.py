import time

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..models.workflow.trade_time import format_moment
from ..tools import (
    format_hours,
    format_money,
    format_price,
    in_brackets,
    join_names,
    labelled,
    paper_date,
    set_in_chinese,
    set_page_in_chinese,
)


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

    def test_a_chinese_page_has_no_gaps_and_no_half_width_signs(self):
        for page, expected in (
            ("<p>编号：\n   <b>JC-1</b></p>", "<p>编号：<b>JC-1</b></p>"),
            ("<p>致： 甲</p>", "<p>致：甲</p>"),
            ("<p>编号：\n        JC-1</p>", "<p>编号：JC-1</p>"),
            ("<p>发票 6%\n        ，收到后付款</p>", "<p>发票6%，收到后付款</p>"),
            ("<p>致：和悦公司:</p>", "<p>致：和悦公司：</p>"),
            (
                '¥\xa0<span class="oe_currency_value">1.00</span>，',
                '¥<span class="oe_currency_value">1.00</span>，',
            ),
            (
                '¥\xa0<span class="oe_currency_value">-\ufeff200.00</span>，',
                '-¥<span class="oe_currency_value">200.00</span>，',
            ),
            ("× ¥ <span>68.00</span> / 个，", "× ¥<span>68.00</span> / 个，"),
            ("预留：3%, 12个月", "预留：3%，12个月"),
            ("扣款：¥ -200.00", "扣款：-¥200.00"),
            ("¥ 12.00 × 5 % = ¥ 0.60，含税", "¥12.00 × 5% = ¥0.60，含税"),
            ("<p>评分人：王建国, <i>2026-11-27</i></p>", "<p>评分人：王建国，<i>2026-11-27</i></p>"),
            ("请于 <b>2026年11月30日</b> 前完成。", "请于<b>2026年11月30日</b> 前完成。"),
            ("发票6% ，收到后 15 个工作日内付款", "发票6%，收到后15个工作日内付款"),
            ("甲方：预留 3 % 质量保证金", "甲方：预留3%质量保证金"),
            ("得分：85分至不足 95", "得分：85分至不足95"),
            ("检查表 (行业惯例)，一式", "检查表（行业惯例），一式"),
            ("<p>已完成:\n1、换泵,\n2、清洁。</p>", "<p>已完成：\n1、换泵，\n2、清洁。</p>"),
            ("<p>不合格 (1 / 31 项不合格）</p>", "<p>不合格（1 / 31项不合格）</p>"),
            ("<p>认可时间：<i>2026-11-28</i> 01:34.</p>", "<p>认可时间：<i>2026-11-28</i> 01:34。</p>"),
        ):
            self.assertEqual(set_in_chinese(page), expected)

    def test_of_a_page_nothing_is_touched_that_somebody_types_or_a_script_reads(self):
        for kept in (
            '<textarea name="a">加 5 分 (重复)</textarea>',
            '<input value="加 5 分, 扣 3 分" placeholder="例如： 5 天">',
            '<script>var a = "5 天： (重)";</script>',
            "<!-- 5 天 -->",
            '<a href="/x?a=5 天" data-props="{&quot;a&quot;: &quot;5 天&quot;}">',
        ):
            page = f'<p class="b">期限： 5 天</p>{kept}<b>已确认, 好</b>'
            expected = f'<p class="b">期限：5天</p>{kept}<b>已确认，好</b>'
            self.assertEqual(set_page_in_chinese(page), expected)

    def test_a_sign_of_no_script_joins_nothing_that_was_cleaned(self):
        page = '<p>好，<a href="java\ue000script:alert(1)">甲</a></p>'
        self.assertNotIn("javascript", set_page_in_chinese(page))

    def test_codes_and_lines_somebody_typed_stay_as_they_are(self):
        for page in (
            "合同：WB-2026-0001 和悦花园电梯维护保养",
            "要求：\n1. 清洁\n2天内完成",
            "登记证：梯11粤A00001(18)",
            "Paid: ¥ 12.00 at 5 %, (see below)",
        ):
            self.assertEqual(set_in_chinese(page), page)

    def test_a_bracket_that_nobody_closes_does_not_hold_a_page_up(self):
        text = "，（" + "(" + "好" * 50000
        began = time.process_time()
        self.assertEqual(set_in_chinese(text), text)
        self.assertLess(time.process_time() - began, 5)

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

    def test_money_has_its_sign_before_and_its_minus_before_that(self):
        for code, written in (("CNY", "-¥1,234.50"), ("EUR", "-1,234.50\xa0€")):
            currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", code)])
            for env in (self.english, self.chinese):
                self.assertEqual(format_money(env["res.partner"], -1234.5, currency), written)

    def test_a_price_per_unit_keeps_its_decimals(self):
        symbol = self.env.company.currency_id.symbol
        for price, figure in ((4321.987654, "4,321.987654"), (180.0, "180.00")):
            self.assertEqual(format_price(self.env["res.partner"], price), symbol + figure)

    def test_a_moment_has_no_seconds(self):
        moment = fields.Datetime.to_datetime("2026-08-01 02:03:04")
        self.env.company.partner_id.tz = "Asia/Shanghai"
        self.assertRegex(format_moment(self.env.company, moment), r"^2026-08-01 \d\d:03$")

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
