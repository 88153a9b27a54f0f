from odoo import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractPrint(OutsourcingCommon):
    """What a company signs is what the contract agrees on."""

    def _print(self, contract):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        name = "property_outsourcing.report_outsourcing_contract_document"
        return " ".join(report._render_qweb_html(name, contract.ids)[0].decode().split())

    def test_scope_lines_are_printed_with_what_is_left_out(self):
        contract = self._create_contract()
        line = {
            "community_id": self.community.id,
            "name": "Keep it running",
            "exclusions": "New ropes",
            "equipment_ids": [Command.set(self.elevator.ids)],
            "quantity": 4,
            "uom_id": self.env.ref("property_outsourcing.uom_elevator").id,
        }
        contract.scope_ids = [Command.create(line)]
        text = self._print(contract)
        for part in ("Keep it running", "New ropes", "Elevator 3-1", "4.00</span> elevator"):
            self.assertIn(part, text)

    def test_deliverables_are_those_of_the_contract(self):
        contract = self._create_contract()
        term = {"name": "Fresh report", "recurrence": "month", "due_rule": "day_before", "due_day": 20}
        preset = contract.service_type_id.deliverable_ids[0].name
        contract.deliverable_term_ids = [Command.clear(), Command.create(term)]
        text = self._print(contract)
        self.assertIn("Fresh report: Monthly, on day 20 of the month before, payment waits for it", text)
        self.assertNotIn(f"{preset}: ", text)

    def test_bond_advance_and_insured_amounts_are_printed(self):
        contract = self._create_works_draft()
        advance = {"name": "Advance", "kind": "advance", "amount": 20_000.0, "sequence": 0}
        contract.write(
            {
                "bond_kind": "guarantee",
                "bond_rate": 5,
                "bond_with_retention": True,
                "retention_cap": 5_000.0,
                "advance_is_recovered": True,
                "milestone_ids": [Command.create(advance)],
            }
        )
        text = self._print(contract)
        for part in (
            "a performance bond of",
            "10,000.00",
            "(Bank guarantee)",
            "pays an advance of",
            "insured for at least",
            "The retention is at most",
            "or higher.",
        ):
            self.assertIn(part, text)
        self.assertEqual(text.count("220,000.00"), 0, "an advance that is recovered is no part of the price")

    def test_a_new_contract_has_no_hint_on_payment(self):
        contract = self.env["outsourcing.contract"].new({"state": "draft"})
        self.assertFalse(contract.payment_hint)
