from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step

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
        self._take_steps(
            advances, Step("outsourcing.contract.milestone.action_release_advance", self.user_manager)
        )
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

    def _bill_all_by_core(self, settlements):
        """Return the queries of core, and of nothing of ours, for making and posting the same bills."""
        counted = [self._bill_by_core(part) for part in self._split(settlements)]
        return {name: [counts[name] for counts in counted] for name in counted[0]}

    def _bill_by_core(self, settlements):
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

    def test_settlements_go_their_way_for_the_price_of_one(self):
        rows = self._create_contracts().milestone_ids.filtered("amount_to_settle")
        self._take_steps(
            rows, Step("outsourcing.contract.milestone.action_create_settlements", self.user_supervisor)
        )
        settlements = self.env["outsourcing.settlement"].search([], order="id desc", limit=len(rows))
        kinds = ["milestone", "deduction", "retention", "advance_recovery"]
        self.assertEqual(settlements[0].line_ids.mapped("kind"), kinds)
        self.company.outsourcing_statement_silence = "confirmed"
        self._take_steps(
            settlements,
            Step("outsourcing.settlement.action_generate_lines", self.user_supervisor),
            Step("outsourcing.settlement.action_submit", self.user_supervisor),
            Step("outsourcing.settlement._step_back", self.user_manager, ("draft", "Check again")),
            Step("outsourcing.settlement.action_submit", self.user_supervisor),
            Step("outsourcing.settlement.action_check", self.user_manager),
            Step("outsourcing.settlement._process_statement_silence"),
            Step("outsourcing.settlement.action_print", self.user_manager),
            Step("outsourcing.settlement.action_approve", self.user_finance),
        )
        core = self._bill_all_by_core(settlements)
        finance = self.user_finance2
        self._take_steps(
            settlements, Step("outsourcing.settlement.action_create_bill", finance, core=core["create bills"])
        )
        posted = self._count_step(settlements, lambda part: part.bill_id.action_post(), finance)
        self._assert_same_cost("post", posted, core["post"])
        self.env["outsourcing.settlement.line"].search([("kind", "=", "retention")])._gated().write(
            {"date_due": date(2026, 11, 1)}
        )
        self._take_steps(settlements.contract_id, Step("outsourcing.contract._announce_retention"))
        retained = settlements.bill_id.line_ids.filtered(
            lambda i: i.outsourcing_settlement_kind == "retention"
        )
        self._take_steps(
            retained, Step("account.move.line.action_outsourcing_return_retention", self.user_finance)
        )

    def test_settlements_are_dropped_for_the_price_of_one(self):
        rows = self._create_contracts().milestone_ids.filtered("amount_to_settle")
        settlements = self._settle(rows)
        self._take_steps(
            settlements,
            Step("outsourcing.settlement.action_return", self.user_manager),
            Step("outsourcing.settlement.action_cancel", self.user_manager),
            Step("outsourcing.settlement._step_back", self.user_manager, ("cancelled", "Wrong rows")),
        )
        self.assertEqual(set(settlements.mapped("state")), {"cancelled"})

    def test_releases_are_revoked_for_the_price_of_one(self):
        firms = [self._create_contractor(f"Firm {number}") for number in range(self.MANY + 2)]
        releases = self.env["outsourcing.payment.release"].with_user(self.user_manager)
        releases = releases.create(
            [{"contractor_id": firm.id, "amount": 100.0, "reason": "Wages"} for firm in firms]
        )
        self._take_steps(releases, Step("outsourcing.payment.release.action_revoke", self.user_manager))
        self.assertTrue(all(releases.mapped("date_revoked")))

    def _claim_by_core(self):
        """Return the queries of core for one and for thirty bills to different firms."""
        partners = self._union([self._create_contact(f"Debtor {number}") for number in range(self.MANY + 2)])
        line = {"name": "Penalty", "quantity": 1, "price_unit": 100.0, "tax_ids": []}

        def bill(part):
            part.env["account.move"].create(
                [
                    {"move_type": "out_invoice", "partner_id": partner.id,
                     "invoice_line_ids": [Command.create(line)]}
                    for partner in part
                ]
            )  # fmt: skip

        return self._count_step(partners, bill)

    def test_bills_and_claims_are_given_up_for_the_price_of_one(self):
        rows = self._create_contracts().milestone_ids.filtered("amount_to_settle")
        settlements = self._settle(rows)
        bills = self._bill(settlements)
        bills.button_cancel()
        for settlement, bill in zip(settlements, bills, strict=True):
            settlement._gated().write({"state": "billed", "bill_id": bill.id})
        self._take_steps(settlements, Step("outsourcing.settlement.action_release_bill", self.user_finance2))
        self.assertEqual(set(settlements.mapped("state")), {"approved"})
        settlements.with_user(self.user_manager)._step_back("cancelled", "Wrong rows")
        line = {"kind": "deduction", "name": "Clause 7.2", "amount": 100.0}
        claims = open_gate(self.env["outsourcing.claim"]).create(
            [
                {
                    "contract_id": contract.id,
                    "user_id": self.user_manager.id,
                    "reason": "Clause 7.2",
                    "line_ids": [Command.create(line)],
                }
                for contract in rows.contract_id
            ]
        )
        cancelling = (0, 0, 2 * self.MANY)  # core's own of each draft it cancels
        self._take_steps(
            claims,
            Step("outsourcing.claim.action_approve", self.user_manager2),
            Step("outsourcing.claim.action_claim", self.user_finance, core=self._claim_by_core),
            Step("outsourcing.claim.action_cancel", self.user_manager, core=cancelling),
        )
        self.assertEqual(set(claims.mapped("state")), {"cancelled"})
