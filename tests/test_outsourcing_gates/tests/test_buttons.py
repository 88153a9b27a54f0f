from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .buttons import buttons_of, views_of_ours
from .pressing import Presser


@tagged("post_install", "-at_install")
class TestButtons(TransactionCase):
    """Every button of the suite, pressed on the demonstration as each role that sees it, and undone."""

    def _press(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        self.assertTrue(user, f"the demonstration has no {login}")
        env = self.env(user=user, context={"lang": "zh_CN", "tz": "Asia/Shanghai"})
        presser = Presser(env)
        with mute_logger("odoo.sql_db", "odoo.http"):
            presser.press_all(views_of_ours(self.env))
        self.assertTrue(presser.pressed)
        self.assertFalse(presser.findings, "\n" + "\n".join(presser.findings))
        self.assertFalse(presser.forbidden, "shown and then refused:\n" + "\n".join(presser.forbidden))

    def test_administrator_presses_every_button(self):
        self._press("admin")

    def test_manager_presses_every_button(self):
        self._press("manager")

    def test_director_presses_every_button(self):
        self._press("director")

    def test_supervisor_presses_every_button(self):
        self._press("supervisor")

    def test_finance_presses_every_button(self):
        self._press("finance")


@tagged("post_install", "-at_install")
class TestButtonMethods(TransactionCase):
    """A button calls a public method on the records at hand: with ``@api.model`` it would break."""

    def _faults(self, buttons):
        found = []
        for model, button in buttons:
            method = getattr(type(self.env[model]), button.name, None)
            if not callable(method) or button.name.startswith("_") or getattr(method, "_api_private", False):
                found.append(f"{model}.{button.name} is no method that a client may call")
            elif getattr(method, "_api_model", False):
                found.append(f"{model}.{button.name} takes no records: without @api.model it does")
        return found

    def _buttons_of_ours(self):
        for view in views_of_ours(self.env):
            for button in buttons_of(view.with_context(lang=None).get_combined_arch()):
                if button.kind == "object" and not button.path:
                    yield view.model, button

    def test_buttons_call_methods_of_records(self):
        found = self._faults(self._buttons_of_ours())
        self.assertFalse(found, "\n".join(found))

    def test_seeded_faults_are_found(self):
        arch = '<form><button name="%s" type="object" string="Go"/></form>'
        for name, why in (("create", "takes no records"), ("_write", "no method"), ("gone", "no method")):
            [button] = buttons_of(arch % name)
            with self.subTest(name):
                self.assertIn(why, self._faults([("outsourcing.contract", button)])[0])
