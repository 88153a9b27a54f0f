from odoo.tests import TransactionCase, tagged

from odoo.addons.test_property_outsourcing.tests.walk import Walk

LOGINS = ("manager", "supervisor", "supervisor2", "finance")


@tagged("post_install", "-at_install")
class TestRows(TransactionCase):
    """What the demonstration lists opens: no row of any list ends in a refusal of core."""

    def test_every_row_of_the_demonstration_opens(self):
        users = self.env["res.users"].search([("login", "in", LOGINS)])
        self.assertEqual(set(users.mapped("login")), set(LOGINS), "this is a test of the demonstration")
        for user in users:
            with self.subTest(user=user.login):
                walk = Walk(self.env, user)
                problems = walk.run()
                self.assertGreater(walk.opened, 100)
                self.assertFalse(problems, "\n".join(f"{where}: {error}" for where, error in problems))
