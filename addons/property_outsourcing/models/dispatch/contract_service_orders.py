from datetime import time, timedelta

from odoo import models

from ...tools import join_names
from ..workflow.gate import open_gate
from ..workflow.trade_time import utc_moment


class OutsourcingContract(models.Model):
    """Planned work orders follow the communities and the term of a running contract."""

    _inherit = "outsourcing.contract"

    def _start_service(self, communities, first):
        result = super()._start_service(communities, first)
        # the contractor's signature may be what sets this going; who agreed was checked by the amendment
        self._gated()._create_planned_orders(communities, first)
        return result

    def _end_service(self, communities, last):
        result = super()._end_service(communities, last)
        self._cancel_planned_orders(last, lambda order: order.outsourcing_community_id in communities)
        return result

    def _end_equipment(self, equipment, last):
        result = super()._end_equipment(equipment, last)
        self._cancel_planned_orders(last, lambda order: order.outsourcing_equipment_id in equipment)
        return result

    def _cancel_planned_orders(self, last, concerns):
        """Cancel the planned orders after ``last`` that nobody began, of those ``concerns`` says yes to."""
        begin = utc_moment(self, last + timedelta(days=1), time.min)
        orders = self._get_open_orders().filtered(
            lambda order: (
                order.outsourcing_kind == "planned"
                and concerns(order)
                and order.outsourcing_planned_start
                and order.outsourcing_planned_start >= begin
                and not order.outsourcing_date_responded
            )
        )
        if orders:
            open_gate(orders).write({"state": "1_canceled"})
            names = join_names(self.env, dict.fromkeys(orders.mapped("name")))
            self.message_post(
                body=self.env._(
                    "%(count)s planned work orders after %(date)s are cancelled: %(names)s",
                    count=len(orders),
                    date=last,
                    names=names,
                )
            )
