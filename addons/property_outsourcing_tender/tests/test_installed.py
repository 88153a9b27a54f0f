from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestInstalled(TransactionCase):
    def test_it_stands_on_what_it_needs(self):
        module = self.env["ir.module.module"]._get("property_outsourcing_tender")
        self.assertEqual(module.state, "installed")
        self.assertEqual(set(module.dependencies_id.mapped("state")), {"installed"})
