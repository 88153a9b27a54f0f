from odoo.tests import tagged

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestFactType(ExtensionCommon):
    """Electricity read and wasted counts like every other fact."""

    def test_a_clause_that_listens_to_it_proposes_a_penalty(self):
        contract = self._create_active_contract()
        clause = {"contract_id": contract.id, "name": "Waste", "trigger": "power_wasted", "amount": 200.0}
        rule = contract._gated().rule_ids.create(clause)
        self._read_meter(contract, 5000)
        self.env["extension.meter.reading"]._cron_judge()
        penalty = self.env["outsourcing.adjustment"].search([("rule_id", "=", rule.id)])
        self.assertRecordValues(penalty, [{"state": "proposed", "amount": 200.0}])

    def test_its_rate_is_that_over_all_that_was_read(self):
        contract = self._create_active_contract()
        for quantity in (5000, 10, 20):
            self._read_meter(contract, quantity)
        self.env["extension.meter.reading"]._cron_judge()
        facts = self.env["outsourcing.fact"].search([("contract_id", "=", contract.id)])
        wasted = facts.filtered(lambda fact: fact.fact_type == "power_wasted")
        all_read = facts.filtered(lambda fact: fact.fact_type == wasted._get_type().denominator)
        self.assertEqual((len(wasted), len(all_read)), (1, 3))
