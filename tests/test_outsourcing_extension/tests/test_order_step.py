from odoo.tests import tagged

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestOrderStep(ExtensionCommon):
    def test_who_arrives_is_told_where_the_electricity_comes_from(self):
        contract = self._create_active_contract()
        self._read_meter(contract, 1)
        order = contract.with_user(self.user_supervisor)._dispatch_order({"name": "Light"})
        order.with_user(self.portal_contractor)._portal_report("completed", self.performer)
        told = [body for body in order.message_ids.mapped("body") if "Draw electricity from Roof." in body]
        self.assertEqual(len(told), 1)
