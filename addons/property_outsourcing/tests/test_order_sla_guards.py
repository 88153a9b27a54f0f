from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .order_common import START, OrderCommon


@tagged("post_install", "-at_install")
class TestOrderSlaGuards(OrderCommon):
    """Nobody stretches a limit or writes what the clock writes."""

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_no_client_writes_what_the_clock_writes(self):
        order = self._dispatch("p1")
        for name in ("sla_completion_deadline", "next_deadline", "date_clock", "date_completed"):
            with self.assertRaises(UserError, msg=name):  # each for a reason of its own
                order.with_user(self.user_manager).write({f"outsourcing_{name}": START + timedelta(days=9)})
        for vals in (
            {"outsourcing_sla_state": "met"},
            {"outsourcing_breach_count": 0},
            {"outsourcing_hold_ids": []},
        ):
            with self.assertRefused("These values are written by the system alone", msg=str(vals)):
                order.with_user(self.user_supervisor).write(vals)

    def test_no_client_creates_with_a_deadline_of_its_own(self):
        tasks = self.env["project.task"].with_user(self.user_supervisor)
        vals = {"name": "x", "outsourcing_contract_id": self.contract.id}
        far = START + timedelta(days=90)
        with self.assertRefused("These values are written by the system alone"):
            tasks.create({**vals, "outsourcing_sla_completion_deadline": far})
        with self.assertRefused("These values are written by the system alone"):
            tasks.with_context(default_outsourcing_sla_completion_deadline=far).create(vals)
        with self.assertRefused("A new work order starts open."):
            tasks.create({**vals, "state": "1_done"})

    def test_a_supervisor_does_not_stretch_a_missed_limit(self):
        order = self._dispatch("p1")
        self._state_at(order, START + timedelta(hours=1))
        as_supervisor = order.with_user(self.user_supervisor)
        for vals in (
            {"outsourcing_priority": "p3"},
            {"outsourcing_date_requested": START + timedelta(hours=9)},
            {"outsourcing_kind": "planned"},
        ):
            with self.assertRefused(
                "after the contractor's first report or a missed limit only a manager", msg=str(vals)
            ):
                as_supervisor.write(vals)
        as_supervisor.write({"outsourcing_priority": "p1", "name": "Door jams"})
        order.with_user(self.user_manager).outsourcing_priority = "p2"

    def test_an_order_is_not_deleted_archived_or_taken_out_of_its_contract(self):
        order = self._dispatch("p1").with_user(self.user_manager)
        with self.assertRefused("A work order is cancelled, not deleted."):
            order.unlink()
        with self.assertRefused("A work order is cancelled, not deleted."):
            order.with_context(_force_unlink=True).unlink()
        with self.assertRefused("An open work order is cancelled, not archived."):
            order.active = False
        with self.assertRefused("A work order stays under its contract."):
            order.outsourcing_contract_id = False
        with self.assertRefused("A work order needs the time it was requested."):
            order.outsourcing_date_requested = False

    # ---- cost -------------------------------------------------------------------------------------------

    def test_portal_sees_its_deadlines_and_writes_none(self):
        order = self._dispatch("p1").with_user(self.portal_contractor)
        self.assertTrue(order.read(["outsourcing_sla_completion_deadline", "outsourcing_sla_state"]))
        with self.assertRefused("Work orders are reported through the contractor's pages.", AccessError):
            order.write({"outsourcing_priority": "p3"})
        for method in ("action_outsourcing_done", "action_outsourcing_resume"):
            with self.assertRefused(
                "You are not the person who may take this step.", AccessError, msg=method
            ):
                getattr(order, method)()
