from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing_amendment.tests.amendment_common import AmendmentCommon

VIEW = "property_outsourcing_amendment.outsourcing_contract_amendment_line_view_form"


@tagged("post_install", "-at_install")
class TestChangeKind(AmendmentCommon):
    """An amendment changes the price of electricity, which nothing else changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()

    def test_signed_by_the_contractor_it_takes_effect(self):
        amendment = self._amend(self.contract, {"kind": "power_price", "amount": 0.95})
        self.assertEqual(amendment.state, "active")
        self.assertEqual(self.contract.extension_power_price, 0.95)
        self.assertRecordValues(
            amendment.line_ids, [{"what_value": "Price per kWh", "old_value": "$0.80", "new_value": "$0.95"}]
        )

    def test_the_price_of_a_running_contract_is_not_typed_over(self):
        with self.assertRefused("Price per kWh"):
            self.contract.with_user(self.user_manager).write({"extension_power_price": 0.1})

    def test_the_form_asks_for_its_fields_alone(self):
        form = Form(
            self.env["outsourcing.contract.amendment.line"].with_context(default_kind="power_price"), VIEW
        )
        self.assertFalse(form._get_modifier("amount", "invisible"))
        self.assertTrue(form._get_modifier("milestone_id", "invisible"))

    def test_its_own_problem_keeps_it_from_being_handed_in(self):
        with self.assertRefused("Electricity never costs $11.00."):
            self._submit_amendment(self.contract, {"kind": "power_price", "amount": 11})

    def test_two_prices_in_one_amendment_collide(self):
        changes = ({"kind": "power_price", "amount": amount} for amount in (0.9, 0.95))
        with self.assertRefused("Price per kWh is changed twice in this amendment."):
            self._submit_amendment(self.contract, *changes)

    def test_once_its_add_on_is_gone_it_is_not_carried_out(self):
        amendment = self._draft_amendment(self.contract, {"kind": "power_price", "amount": 0.95})
        self.env.cr.execute(
            "UPDATE outsourcing_contract_amendment_line SET kind = 'gone' WHERE id = %s",
            amendment.line_ids.ids,
        )
        self.env.invalidate_all()
        self.assertEqual(amendment.line_ids.what, "gone")
        with self.assertRefused("gone: the add-on that knows this change is not installed."):
            amendment.with_user(self.user_supervisor).action_submit()
