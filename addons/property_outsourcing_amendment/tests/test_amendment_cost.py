from datetime import date

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .amendment_common import AmendmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentCost(AmendmentCommon):
    """Activating costs the same number of queries for one payment row and for thirty."""

    def _count_activation(self, months):
        contract = self._create_active_contract(
            date_start=date(2026, 7, 1), date_end=date(2026, 7, 1) + relativedelta(months=months, days=-1)
        )
        amendment = self._approve_amendment(
            contract,
            {"kind": "period_fee", "amount": 13000.0, "date": date(2026, 7, 1)},
            date_effective=date(2026, 7, 1),
        )
        amendment._gated().write({"date_signed": fields.Datetime.now(), "state": "signed"})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with freeze_time("2026-07-01"):
            amendment.with_user(self.user_manager2).action_activate()
            self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self._assert_in_step(contract, 13000.0 * months)
        return count

    def test_activation_costs_the_same_for_one_row_and_for_thirty(self):
        self._count_activation(1)
        few, many = self._count_activation(1), self._count_activation(30)
        self.assertLessEqual(many, few + 3)

    def _count_extension(self, months):
        contract = self._create_active_contract()
        amendment = self._approve_amendment(
            contract, {"kind": "end_date", "date": fields.Date.add(date(2026, 12, 31), months=months)}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._sign_amendment(amendment)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_extension_costs_the_same_for_one_period_and_for_thirty(self):
        self._count_extension(1)
        few, many = self._count_extension(1), self._count_extension(30)
        self.assertLessEqual(many, few + 3)

    def test_list_costs_the_same_for_one_and_for_thirty(self):
        contract = self._create_works_contract()
        self._draft_amendment(contract, {"kind": "row_new", "name": "A", "amount": 1.0})
        view = (
            self.env["outsourcing.contract.amendment"]
            .with_user(self.user_supervisor)
            .get_view(view_type="list")
        )
        names = list(view["models"]["outsourcing.contract.amendment"])
        specification = {name: {} for name in names}

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["outsourcing.contract.amendment"].with_user(self.user_supervisor).web_search_read(
                [("contract_id", "=", contract.id)], specification
            )
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for _n in range(29):
            self._draft_amendment(contract, {"kind": "row_new", "name": "A", "amount": 1.0})
        count()
        self.assertLessEqual(count(), few)
