from odoo.tests import BaseCase, tagged

from ..tools.typed_input import normalise_code, normalise_login


@tagged("post_install", "-at_install")
class TestTypedInput(BaseCase):
    """One login or code, however a phone types it."""

    def test_one_login_however_it_is_typed(self):
        for login in (
            "13800000001",
            "138 0000 0001",
            "138-0000-0001",
            "+86 138 0000 0001",
            "+8613800000001",
            "008613800000001",
            "8613800000001",
            "１３８０００００００１",
            "（138）0000－0001",
            "\u200e138\u00a00000 0001\n",
        ):
            with self.subTest(login=login):
                self.assertEqual(normalise_login(login), "13800000001")

    def test_other_logins_stay(self):
        for login in ("admin", "wang.supervisor", "a-b@example.com", "", False, "12"):
            self.assertEqual(normalise_login(login), login)
        self.assertEqual(normalise_login("+44 7700 900123"), "+447700900123")

    def test_codes(self):
        for code in (
            "EQ-SG01-3-1",
            "eq-sg01-3-1",
            "ＥＱ－ＳＧ０１－３－１",
            " EQ-SG01 -3-1\r\n",
            "eq‐sg01‑3–1",
        ):
            self.assertEqual(normalise_code(code), "EQ-SG01-3-1")
        self.assertFalse(normalise_code("  "))
        self.assertFalse(normalise_code(False))
