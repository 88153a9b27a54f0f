from odoo.tests import BaseCase, tagged

from ..tools import amount_to_chinese


@tagged("post_install", "-at_install")
class TestChineseAmount(BaseCase):
    def test_amounts_in_capitals(self):
        for amount, words in (
            (0, "零元整"),
            (0.05, "伍分"),
            (10.5, "壹拾元伍角整"),
            (11400, "壹万壹仟肆佰元整"),
            (58200.0, "伍万捌仟贰佰元整"),
            (100500.01, "壹拾万零伍佰元零壹分"),
            (100010000, "壹亿零壹万元整"),
            (20000000, "贰仟万元整"),
            (1234567890.12, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
            (-600, "负陆佰元整"),
            (2.675, "贰元陆角捌分"),
        ):
            with self.subTest(amount=amount):
                self.assertEqual(amount_to_chinese(amount), words)

    def test_amount_too_large_is_refused(self):
        with self.assertRaises(ValueError):
            amount_to_chinese(10**16)
