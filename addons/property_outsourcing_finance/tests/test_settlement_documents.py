from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementDocuments(DocumentsCommon, SettlementCommon):
    """Thirty settlements of thirty contracts go their way for the price of one."""

    def _create_contracts(self):
        """Return works contracts with a paid advance, a row accepted, a deduction, and capped retention."""
        contracts = self.env["outsourcing.contract"]
        facade = self.env.ref("property_outsourcing.service_type_facade")
        terms = {"advance_is_recovered": True, "advance_recovery_rate": 30.0}
        terms |= {"retention_rate": 3.0, "retention_cap": 5000.0}
        for number in range(self.MANY + 2):
            contract = self._create_works_draft(**terms, **self._create_parties(number, facade))
            contract.milestone_ids = [
                Command.create({"name": "Advance", "kind": "advance", "percent": 20.0, "sequence": -1})
            ]
            contracts |= contract
        self._activate(contracts)
        advances = contracts.milestone_ids.filtered("is_prepayment")
        advances.with_user(self.user_manager).action_release_advance()
        self._bill(self._settle(advances)).action_post()
        for contract in contracts:
            self._accept_with_deduction(contract)
        return contracts

    def _accept_with_deduction(self, contract):
        row = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)[0]
        self._accept(row, day=date(2026, 3, 31))
        rule = contract._gated().rule_ids.create(
            {
                "contract_id": contract.id,
                "name": "Poor upkeep",
                "trigger": "inspection_missed",
                "basis": "fixed",
                "amount": 100.0,
                "per": "period",
            }
        )
        fact = contract._record_fact("inspection_missed", row, date=date(2026, 3, 31), milestone=row)
        proposals = self.env["outsourcing.adjustment"].search([("fact_ids", "in", fact.ids)])
        own = proposals.filtered(lambda adjustment: adjustment.rule_id == rule)
        (proposals - own)._gated().write({"state": "waived"})
        own.with_user(self.user_manager).action_confirm()
        own._gated().write({"is_acknowledged": True})

    def _go_all_the_way(self, contracts):
        """Return a dict: step -> queries, and the settlements, posted."""
        rows = contracts.milestone_ids.filtered("amount_to_settle")
        drawn = []
        counts = {"draw up": self._count_queries(lambda: drawn.append(self._settle(rows)))}
        settlements = drawn[0]
        kinds = ["milestone", "deduction", "retention", "advance_recovery"]
        self.assertEqual(settlements[0].line_ids.mapped("kind"), kinds)
        steps = (
            ("take over again", self.user_supervisor, lambda s: s.action_generate_lines()),
            ("submit", self.user_supervisor, lambda s: s.action_submit()),
            ("return", self.user_manager, lambda s: s._step_back("draft", "Check again")),
            ("submit again", self.user_supervisor, lambda s: s.action_submit()),
            ("check", self.user_manager, lambda s: s.action_check()),
            ("approve", self.user_finance, lambda s: s.action_approve()),
            ("create bills", self.user_finance2, lambda s: s.action_create_bill()),
            ("post", self.user_finance2, lambda s: s.bill_id.action_post()),
        )
        for name, user, step in steps:
            acting = settlements.with_user(user)
            counts[name] = self._count_queries(lambda step=step, acting=acting: step(acting))
        return counts, settlements

    def _bill_by_core(self, settlements):
        """Return the queries of creating and posting as many bills of core's orders, with the same lines."""
        orders = self._create_orders(settlements)
        Move = self.env["account.move"].with_user(self.user_finance2)
        Move = Move.with_context(default_move_type="in_invoice")
        moves = []
        lines = {s: [self._prepare_core_line(line) for line in s.line_ids] for s in settlements}
        work = list(zip(orders.ids, lines.values(), strict=True))

        def create():
            vals_list = []
            for order_id, own in work:
                order = self.env["purchase.order"].browse(order_id).with_prefetch(orders.ids)
                own[0][2].update(order.order_line._prepare_account_move_line())
                today = {"move_type": "in_invoice", "invoice_date": date(2026, 4, 1)}
                vals_list.append({**order._prepare_invoice(), **today, "invoice_line_ids": own})
            moves.append(Move.create(vals_list))

        created = self._count_queries(create)
        return {"create bills": created, "post": self._count_queries(moves[0].action_post)}

    def _create_orders(self, settlements):
        product = settlements.contract_id.purchase_order_id.order_line.product_id[0]
        orders = self.env["purchase.order"].create(
            [
                {
                    "partner_id": self.env["res.partner"].create({"name": f"Vendor {settlement.id}"}).id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_qty": 60000.0, "price_unit": 1.0})
                    ],
                }
                for settlement in settlements
            ]
        )
        orders.button_confirm()
        orders.order_line.qty_received = 60000.0
        return orders

    def _prepare_core_line(self, line):
        return Command.create(
            {
                "name": line.name,
                "quantity": line.quantity,
                "price_unit": line.price_unit,
                "account_id": line.account_id.id or self.company_data["default_account_expense"].id,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                "analytic_distribution": line.analytic_distribution,
            }
        )

    def test_each_step_costs_the_same_for_1_and_30_settlements(self):
        counts, core = [], []
        for part in self._split(self._create_contracts()):
            counted, settlements = self._go_all_the_way(part)
            counts.append(counted)
            core.append(self._bill_by_core(settlements))
        self.assertEqual(len(settlements), self.MANY)
        for step in counts[0]:
            alone = [row.get(step, 0) for row in core]
            with self.subTest(step):
                self._assert_same_cost(step, [row[step] for row in counts], alone)
