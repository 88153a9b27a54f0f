from functools import partial

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.contract.purchase_order_quiet import QUIET, QUIET_KEY
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon

from .repairs_common import RepairsCommon


@tagged("post_install", "-at_install")
class TestManyRollups(DocumentsCommon, RepairsCommon):
    """The month of thirty frameworks is rolled up in the queries of one."""

    def _create_frameworks(self):
        repairs = self.env.ref("property_outsourcing.service_type_repairs")
        frameworks = self.env["outsourcing.contract"]
        for number in range(self.MANY + 2):
            framework = self._create_framework(**self._create_parties(number, repairs))
            order = self._call_off(framework, {"MB-01": 1})
            line = order.outsourcing_order_line_ids
            line._gated().write({"quantity_performed": line.quantity_planned})
            order._gated().write(
                {
                    "outsourcing_measure_state": "accepted",
                    "outsourcing_date_accepted": self.MONTH,
                    "outsourcing_checked_by_id": self.user_supervisor.id,
                }
            )
            frameworks |= framework
        return frameworks

    def test_the_month_of_many_frameworks_costs_what_one_costs(self):
        frameworks = self._create_frameworks()
        counts = self._count_step(frameworks, lambda part: part._create_rollups(self.MONTH))
        self.assertEqual(frameworks.milestone_ids.mapped("amount"), [185.0] * len(frameworks))
        self._assert_same_cost("roll-up", counts, self._add_lines_by_core(frameworks))

    def _add_lines_by_core(self, frameworks):
        """Return the queries of core for a line more on one and on thirty confirmed orders."""
        counts = []
        line = self.env["purchase.order.line"].with_context(**{QUIET_KEY: QUIET})
        product = self.env.ref("property_outsourcing.product_outsourced_service")
        vals = {"product_id": product.id, "product_qty": 1.0, "price_unit": 1.0}
        for part in self._split(frameworks):
            order_vals = [
                {"partner_id": f.contractor_id.id, "order_line": [Command.create(vals)]} for f in part
            ]
            orders = self.env["purchase.order"].create(order_vals)
            orders.button_confirm()
            rows = [{**vals, "order_id": order.id} for order in orders]
            counts.append(self._count_queries(partial(line.create, rows)))
        return counts
