from odoo.fields import Command
from odoo.tests import Form, freeze_time

from odoo.addons.property_outsourcing.tests.order_common import START, OrderCommon

PHONE = "13912345678"


class ComplaintCommon(OrderCommon):
    """An elevator contract, and residents of its community who report what is wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stuck = cls.env.ref("property_outsourcing_complaint.problem_elevator_stopped")

    @classmethod
    def _report_matter(cls, user=None, **vals):
        """Return a complaint the desk entered for a caller."""
        return (
            cls.env["outsourcing.complaint"]
            .with_user(user or cls.user_supervisor)
            .create(
                {
                    "problem_id": cls.stuck.id,
                    "equipment_id": cls.elevator.id,
                    "description": "The lift stands still, call me: 139-1234-5678",
                    "reporter_ids": [Command.create({"name": "Ms Wang", "phone": PHONE, "room": "3-501"})],
                    **vals,
                }
            )
        )

    @classmethod
    def _accepted(cls, **vals):
        complaint = cls._report_matter(**vals)
        complaint.action_accept()
        return complaint

    @classmethod
    def _dispatch_matter(cls, complaints, **choices):
        """Press *Dispatch* and confirm the dialogue, with other ``choices`` than those it offers."""
        action = complaints.action_dispatch()
        form = Form(complaints.env[action["res_model"]].with_context(**action["context"]))
        for name, value in choices.items():
            setattr(form, name, value)
        form.save().action_confirm()
        return complaints.task_id

    @classmethod
    def _dispatched(cls, **vals):
        complaint = cls._accepted(**vals)
        cls._dispatch_matter(complaint)
        return complaint

    @classmethod
    def _finish_order(cls, order, moment=None):
        """The contractor reports the order done, the supervisor closes it."""
        order = order.with_env(cls.env)
        for step in ("responded", "arrived", "completed"):
            order.with_user(cls.portal_contractor)._portal_report(step, cls.performer)
        order.with_user(cls.user_supervisor).action_outsourcing_done()

    @classmethod
    def _done(cls, **vals):
        complaint = cls._dispatched(**vals)
        cls._finish_order(complaint.task_id)
        return complaint

    @classmethod
    def _take(cls, complaint, button, reason):
        cls._decide_with_reason(complaint, button, reason)

    def _facts(self, fact_type):
        return self.env["outsourcing.fact"].search([("fact_type", "=", fact_type)])

    def _asked(self, complaint, event):
        kind = self.env.ref(f"property_outsourcing_complaint.activity_type_complaint_{event}")
        return complaint.sudo().activity_ids.filtered(lambda row: row.activity_type_id == kind)


__all__ = ["PHONE", "START", "ComplaintCommon", "freeze_time"]
