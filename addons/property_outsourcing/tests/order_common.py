from odoo.tests import freeze_time

from .common import OutsourcingCommon
from .contract_year import monday_morning

START = monday_morning(3)


class OrderCommon(OutsourcingCommon):
    """An active elevator contract whose orders are dispatched at ``START``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.reason = cls.env.ref("property_outsourcing.hold_reason_owner")
        cls.weak_reason = cls.env.ref("property_outsourcing.hold_reason_contractor_staff")

    @classmethod
    def _dispatch(cls, priority="p1", moment=START, user=None, **vals):
        """Dispatch an order at ``moment``; P1 means answered in 15 min, there in 1 h, done in 6 h."""
        with freeze_time(moment):
            order = cls.contract.with_user(user or cls.user_supervisor)._dispatch_order(
                {
                    "name": "Door does not close",
                    "outsourcing_priority": priority,
                    "outsourcing_equipment_id": cls.elevator.id,
                    **vals,
                }
            )
            cls.env.flush_all()
        return order.with_env(cls.env)

    @classmethod
    def _report(cls, order, step, moment):
        with freeze_time(moment):
            order.with_user(cls.portal_contractor)._portal_report(step, cls.performer)
            cls.env.flush_all()

    @classmethod
    def _hold(cls, order, moment, reason=None):
        with freeze_time(moment):
            order.with_user(cls.user_supervisor)._hold(reason or cls.reason, "Nobody opens")
            cls.env.flush_all()

    @classmethod
    def _resume(cls, order, moment):
        with freeze_time(moment):
            order.with_user(cls.user_supervisor).action_outsourcing_resume()
            cls.env.flush_all()

    @classmethod
    def _state_at(cls, order, moment):
        with freeze_time(moment):
            cls.env["project.task"]._process_sla_states()
        return order.outsourcing_sla_state

    def _late_facts(self, order):
        return self.env["outsourcing.fact"].search(
            [("fact_type", "=", "order_late"), ("res_id", "=", order.id), ("res_model", "=", order._name)]
        )
