import io
from unittest.mock import patch

import openpyxl

from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.performance.contract_performance import OutsourcingContract

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementLineKinds(SettlementCommon):
    """Kinds of lines come from a hook: of every add-on, also of one that is removed afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settlement = cls._settle(cls._create_service().milestone_ids[0])

    def test_a_line_whose_add_on_is_gone_leaves_print_and_figures_whole(self):
        line = self.settlement.line_ids
        self.env.cr.execute("UPDATE outsourcing_settlement_line SET kind = 'gone' WHERE id = %s", line.ids)
        self.env.invalidate_all()
        report = "property_outsourcing_finance.outsourcing_settlement_report"
        html, _type = self.env["ir.actions.report"]._render_qweb_html(report, self.settlement.ids)
        self.assertIn("gone", html.decode())
        rows = openpyxl.load_workbook(io.BytesIO(self.settlement._render_xlsx())).worksheets[0].values
        self.assertIn("gone", [row[0] for row in rows])
        for name in ("amount_other", "amount_payable", "amount_accepted"):
            self.env.add_to_compute(self.settlement._fields[name], self.settlement)
        self.assertEqual(
            (self.settlement.amount_other, self.settlement.amount_payable, self.settlement.amount_accepted),
            (12000.0, 12000.0, 0.0),
        )

    def test_a_kind_nobody_declared_is_named(self):
        original = OutsourcingContract._prepare_settlement_lines

        def undeclared(contract, milestones):
            row = {"key": "undeclared:1", "kind": "undeclared", "name": "What is this?", "price_unit": 1.0}
            return [*original(contract, milestones), row]

        with (
            patch.object(OutsourcingContract, "_prepare_settlement_lines", undeclared),
            self.assertRaisesRegex(ValueError, "undeclared is no kind of settlement line"),
        ):
            self.settlement.with_user(self.user_supervisor).action_generate_lines()
