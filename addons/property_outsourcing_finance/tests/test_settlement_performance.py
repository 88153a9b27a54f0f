from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementPerformance(SettlementCommon):
    def _count(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _create_long_contract(self):
        """Return a contract of 30 months, all accepted."""
        contract = self._create_contract(date_end="2028-06-30")
        self._activate(contract)
        contract.milestone_ids.deliverable_ids._gated().write({"state": "accepted"})
        for milestone in contract.milestone_ids:
            self._accept_row(milestone, milestone.amount, milestone.date_end, contract)
        self.assertEqual(len(contract.milestone_ids), 30)
        return contract

    def test_drawing_up_and_billing_cost_the_same_for_1_and_30_lines(self):
        contracts = [self._create_long_contract() for _index in range(3)]
        counts = []
        for contract, size in zip(contracts, (1, 1, 30), strict=True):  # the first round fills the caches
            settlements = []
            drawn = self._count(
                lambda c=contract, n=size, s=settlements: s.append(self._settle(c.milestone_ids[:n]))
            )
            self._approve(settlements[0])
            billed = self._count(
                lambda s=settlements: s[0].with_user(self.user_finance2).action_create_bill()
            )
            counts.append((drawn, billed))
        small, large = counts[1], counts[2]
        self.assertLessEqual(large[0], small[0] + 2, f"drawing up: {counts}")
        self.assertLessEqual(large[1], small[1] + 2, f"billing: {counts}")

    def test_a_statement_costs_the_same_for_1_and_30_lines(self):
        contracts = [self._create_long_contract() for _index in range(2)]
        statements = [
            self._settle(contract.milestone_ids[:size])
            for contract, size in zip(contracts, (1, 30), strict=True)
        ]
        for statement in statements:  # the first round fills the caches
            statement._render_xlsx()
        small, large = [self._count(statement._render_xlsx) for statement in statements]
        self.assertLessEqual(large, small)

    def test_reading_the_list_costs_the_same_for_1_and_12_settlements(self):
        contracts = self.env["outsourcing.contract"].union(*(self._create_service() for _index in range(6)))
        settlements = self._settle(contracts.milestone_ids.filtered("amount_accepted"))
        view = self.env["outsourcing.settlement"].with_user(self.user_finance).get_views([(False, "list")])
        names = list(view["models"]["outsourcing.settlement"]["fields"])

        def read(records):
            self.env["outsourcing.settlement"].with_user(self.user_finance).browse(records.ids).read(names)

        read(settlements)
        one = self._count(lambda: read(settlements[:1]))
        many = self._count(lambda: read(settlements))
        self.assertLessEqual(many, one)

    def test_values_of_bills_cost_the_same_for_1_and_6_vendors(self):
        firms = [self._create_contractor(f"Vendor {n}") for n in range(8)]
        contracts = [self._create_contract(contractor_id=firm.id) for firm in firms]
        contracts = self._activate(contracts[0].union(*contracts[1:]))
        rows = [self._accept(contract.milestone_ids[0]) for contract in contracts]
        settlements = self._approve(self._settle(rows[0].union(*rows[1:])))
        company, counts = self.env.company, []
        for part in (settlements[:1], settlements[1:2], settlements[2:]):  # the first round fills the caches
            part = part.browse(part.ids)
            counts.append(self._count(lambda part=part: part._prepare_bills_vals(company)))
        self.assertEqual(counts[2], counts[1], counts)
