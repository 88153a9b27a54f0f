from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestDispatchTours(OutsourcingCommon, HttpCase):
    """A supervisor sends a contractor out; without documents a manager has to take it upon himself."""

    browser_size = "1440x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.context_today(cls.env.user)
        cls.contract = cls._create_active_contract(
            date_start=today - timedelta(days=30), date_end=today + timedelta(days=300)
        )
        cls.contract.community_id.name = "Hexie"

    def _orders(self):
        self.env.invalidate_all()
        domain = [("outsourcing_contract_id", "=", self.contract.id), ("name", "=", "Door does not close")]
        return self.env["project.task"].search(domain)

    def _expire_documents(self):
        self.env.cr.execute(
            "UPDATE outsourcing_document SET date_start = '2019-01-01', date_end = '2020-01-01' "
            "WHERE partner_id = %s",
            [self.contractor.id],
        )
        self.env.invalidate_all()

    def test_supervisor_dispatches_from_the_board(self):
        self.start_tour("/odoo/outsourcing-orders", "outsourcing_dispatch", login=self.user_supervisor.login)
        order = self._orders()
        self.assertEqual(order.project_id, self.contract.project_id)
        self.assertEqual(order.stage_id, self.env.ref("property_outsourcing.order_stage_dispatched"))

    def test_missing_documents_are_named_and_a_manager_overrides(self):
        self._expire_documents()
        url = f"/odoo/outsourcing-contracts/{self.contract.id}"
        self.start_tour(
            "/odoo/outsourcing-orders", "outsourcing_dispatch_refused", login=self.user_supervisor.login
        )
        self.assertFalse(self._orders())
        self.start_tour(url, "outsourcing_dispatch_override", login=self.user_manager.login)
        override = self.contract.override_ids
        self.assertEqual((override.user_id, override.reason), (self.user_manager, "People in the lift"))
        self.start_tour("/odoo/outsourcing-orders", "outsourcing_dispatch", login=self.user_supervisor.login)
        self.assertTrue(self._orders())
