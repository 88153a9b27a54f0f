from odoo import fields, models

EVENT_CANCELLED = "property_outsourcing_complaint.activity_type_complaint_cancelled"
STAFF = "property_outsourcing.group_outsourcing_user"


class ProjectTask(models.Model):
    """What happens to the order happens to the complaints behind it; the contractor closes none."""

    _inherit = "project.task"

    outsourcing_complaint_ids = fields.One2many(
        "outsourcing.complaint", "task_id", "Complaints", groups=STAFF, copy=False
    )
    outsourcing_complaint_count = fields.Integer(
        "Number of Complaints", compute="_compute_outsourcing_complaint_count", groups=STAFF
    )

    def _compute_outsourcing_complaint_count(self):
        complaints = self.env["outsourcing.complaint"]
        counts = dict(complaints._read_group([("task_id", "in", self.ids)], ["task_id"], ["__count"]))
        for order in self:
            order.outsourcing_complaint_count = counts.get(order._origin, 0)

    def action_view_complaints(self):
        """Open the complaints behind the order."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_action"
        )
        return {**action, "domain": [("task_id", "in", self.ids)], "context": {}}

    def _after_order_step(self, step):
        super()._after_order_step(step)
        follow = {
            "arrived": "_follow_arrival",
            "completed": "_follow_report",
            "done": "_follow_done",
            "cancelled": "_follow_cancelled",
            "reopened": "_follow_reopened",
            "completed_undone": "_follow_report_undone",
            "arrived_undone": "_follow_arrival_undone",
        }
        if step in follow:
            # sudo: the order's step was allowed; residents are no matter of whoever took it
            complaints = self.env["outsourcing.complaint"].sudo().search([("task_id", "in", self.ids)])
            if complaints:
                getattr(complaints._as_system(), follow[step])()


class OutsourcingComplaint(models.Model):
    """What the steps of the work order mean for the resident. All in sudo and as the system."""

    _inherit = "outsourcing.complaint"

    def _follow_arrival(self):
        self.filtered(lambda complaint: complaint.state == "dispatched")._tell_event("arrived")

    def _follow_arrival_undone(self):
        self.filtered(lambda complaint: complaint.state == "dispatched")._tell_event("arrived_undone")

    def _follow_report(self):
        """The contractor says it is done: staff looks at it, nobody asks the resident yet."""
        self._gated().write({"date_reported": fields.Datetime.now()})

    def _follow_report_undone(self):
        self._gated().write({"date_reported": False})

    def _follow_done(self):
        """Staff has closed the order as right: now the resident is asked."""
        open_ones = self.filtered(lambda complaint: complaint.state == "dispatched")
        open_ones._transition_to("done")
        open_ones._tell_event("done")

    def _follow_cancelled(self):
        """Nobody does it any more: the complaint waits for another dispatch."""
        open_ones = self.filtered(lambda complaint: complaint.state == "dispatched")
        asked = {
            complaint: {
                "summary": self.env._("The work order was cancelled: %s", complaint.title),
                "users": complaint.user_id,
            }
            for complaint in open_ones
        }
        open_ones._gated().write({"task_id": False, "date_reported": False})
        open_ones._transition_to("accepted")
        open_ones._schedule_events(EVENT_CANCELLED, asked)

    def _follow_reopened(self):
        """Staff has found it not right: the resident is not asked any more."""
        self._gated().write({"date_reported": False})
        self.filtered(lambda complaint: complaint.state in ("done", "returned"))._transition_to("dispatched")

    def _after_transition(self, target):
        super()._after_transition(target)
        if target != "accepted":
            self._close_events(EVENT_CANCELLED)
