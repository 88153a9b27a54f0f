import io

import openpyxl

from odoo.tests import tagged

from .common import ExtensionCommon


@tagged("post_install", "-at_install")
class TestSettlementLineKind(ExtensionCommon):
    """Electricity is charged with the settlement, and shown wherever a settlement is shown."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        analytic = cls.env["account.analytic.account"].create(
            {"name": "Sunshine", "plan_id": cls.env["account.analytic.plan"].create({"name": "Places"}).id}
        )
        cls.community.analytic_account_id = analytic
        cls.contract = cls._create_service(months=2)
        cls.reading = cls._read_meter(cls.contract, 100)
        cls.settlement = cls._settle(cls.contract.milestone_ids[0])
        cls.line = cls.settlement.line_ids.filtered(lambda line: line.kind == "power")

    def test_a_settlement_takes_it_off_between_rewards_and_advances(self):
        self.assertEqual(self.settlement.line_ids.mapped("kind"), ["milestone", "power"])
        self.assertRecordValues(
            self.settlement,
            [{"amount_accepted": 12000.0, "amount_other": -80.0, "amount_payable": 11920.0}],
        )

    def test_the_form_calls_it_by_its_label_and_leads_to_its_source(self):
        labels = dict(self.line._fields["kind"]._description_selection(self.env))
        self.assertEqual(labels[self.line.kind], "Electricity")
        action = self.line.with_user(self.user_supervisor).action_open_source()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("extension.meter", self.reading.meter_id.id)
        )

    def test_the_bill_carries_it_on_an_account_with_its_analytic_and_its_explanation(self):
        bill = self._bill(self.settlement)
        item = bill.invoice_line_ids.filtered(lambda item: item.outsourcing_settlement_line_id == self.line)
        self.assertEqual(bill.amount_total, 11920.0)
        self.assertEqual(item.outsourcing_settlement_kind, "power")
        self.assertEqual(item.account_id.account_type, "expense")
        self.assertEqual(item.analytic_distribution, {str(self.community.analytic_account_id.id): 100})
        self.assertEqual(item.name, f"Electricity: Roof (100.0 kWh on {self.reading.date})")
        bill.action_post()
        self.assertEqual(self.settlement.amount_billed, 11920.0)

    def test_the_print_shows_it_with_its_source(self):
        report = "property_outsourcing_finance.outsourcing_settlement_report"
        html, _type = self.env["ir.actions.report"]._render_qweb_html(report, self.settlement.ids)
        self.assertIn("Electricity", html.decode())
        self.assertIn(f"100.0 kWh on {self.reading.date}", html.decode())

    def test_the_workbook_shows_it(self):
        book = openpyxl.load_workbook(io.BytesIO(self.settlement._render_xlsx()))
        rows = [[cell.value for cell in row] for row in book.worksheets[0]]
        power = next(row for row in rows if row[0] == "Electricity")
        self.assertEqual(power[1], "Electricity: Roof")

    def test_what_is_charged_once_is_not_charged_again(self):
        second = self._settle(self.contract.milestone_ids[1])
        self.assertEqual(second.line_ids.mapped("kind"), ["milestone"])

    def test_what_a_cancelled_settlement_charged_is_charged_again(self):
        drafted = self.settlement.with_user(self.user_supervisor)
        self._decide_with_reason(drafted, "action_cancel", "Drawn up too early")
        again = self._settle(self.contract.milestone_ids[0])
        self.assertIn("power", again.line_ids.mapped("kind"))
