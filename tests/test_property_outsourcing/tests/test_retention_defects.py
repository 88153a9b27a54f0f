from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.property_outsourcing_finance.tests.money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestRetentionAndDefects(MoneyCommon):
    """The liability period is over, but something that leaks has not been put right."""

    def test_an_open_defect_keeps_the_retention_until_it_is_closed(self):
        contract = self._create_works()
        row = contract.milestone_ids[0]
        row._gated().write({"is_separate_handover": True})
        self._post_bill(row)
        defect = self.env["outsourcing.defect"].with_user(self.user_supervisor)
        defect = defect.create({"contract_id": contract.id, "description": "Roof leaks"})
        dialog = self.env["outsourcing.security.return"].with_user(self.user_supervisor)
        with Form(dialog.with_context(active_model=contract._name, active_ids=contract.ids)) as form:
            with form.line_ids.edit(0) as line:
                line.amount = 1800.0
            form.early_reason = "Agreed"
        action = form.record.action_confirm()
        settlement = self.env["outsourcing.settlement"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, f"1 defects are not put right yet .{defect.name}"):
            settlement.with_user(self.user_supervisor).action_submit()
        defect._gated().write({"state": "closed"})
        self.assertEqual(self._bill(settlement).amount_total, 1800.0)
