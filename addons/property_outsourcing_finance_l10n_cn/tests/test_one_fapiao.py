from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestOneFapiao(TransactionCase):
    def test_a_vendor_bill_has_one_field_for_its_fapiao(self):
        arch = etree.fromstring(self.env["account.move"].get_view(view_type="form")["arch"])
        [theirs] = arch.xpath("//group//field[@name='fapiao']")
        self.assertNotIn("in_invoice", theirs.get("invisible"))
        self.assertIn("out_invoice", theirs.get("invisible"))
        self.assertEqual(len(arch.xpath("//group//field[@name='outsourcing_fapiao_number']")), 1)
