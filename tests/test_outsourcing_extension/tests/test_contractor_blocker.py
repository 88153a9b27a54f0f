from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractorBlocker(OutsourcingCommon):
    def test_a_contract_with_a_firm_on_strike_is_not_approved(self):
        contract = self._create_contract()
        self._create_required_documents(contract=contract)
        contract.with_user(self.user_manager).action_submit()
        self.contractor.extension_is_on_strike = True
        with self.assertRefused("Steady Elevators is on strike."):
            contract.with_user(self.user_manager2).action_approve()
        self.assertEqual(contract.state, "to_approve")
