from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .project_task_measure import MANAGER

EVENT_DISPUTE = "property_outsourcing.activity_type_order_dispute"
DISPUTE_STATES = [
    ("open", "May be disputed"),
    ("agreed", "Agreed by the contractor"),
    ("disputed", "Disputed by the contractor"),
    ("upheld", "The cut stands"),
    ("granted", "Accepted as reported"),
]


class ProjectTask(models.Model):
    """Quantities accepted below the contractor's report: it is told why and may dispute it for some days.

    Silence has an outcome on both sides: what is not disputed in time stands, a dispute that is not answered
    in time is granted. Meanwhile the order is not rolled up.
    """

    _inherit = "project.task"

    outsourcing_dispute_state = fields.Selection(
        DISPUTE_STATES,
        "Cut of Quantities",
        readonly=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
    )
    outsourcing_dispute_until = fields.Date("Dispute until", readonly=True, copy=False)
    outsourcing_dispute_reason = fields.Text("Contractor's Objection", readonly=True, copy=False)
    outsourcing_dispute_user_id = fields.Many2one("res.users", "Disputed by", readonly=True, copy=False)
    outsourcing_dispute_answer_due = fields.Date("Answer the Dispute by", readonly=True, copy=False)
    outsourcing_dispute_decision = fields.Text("Decision on the Dispute", readonly=True, copy=False)

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {
            "outsourcing_dispute_state",
            "outsourcing_dispute_until",
        }

    # ---- the cut is announced ---------------------------------------------------------------------------

    def _finish_acceptance(self, date=None):
        result = super()._finish_acceptance(date)
        for order in self:
            cut = order.outsourcing_order_line_ids.filtered("is_cut")
            if cut:
                order._announce_cut(cut)
        return result

    def _announce_cut(self, lines):
        """Tell the contractor what was taken off its report, and until when it may dispute it."""
        self.ensure_one()
        days = self.outsourcing_contract_id.company_id.outsourcing_repairs_dispute_days
        until = trade_today(self) + timedelta(days=days)
        open_gate(self).write({"outsourcing_dispute_state": "open", "outsourcing_dispute_until": until})
        rows = Markup("").join(Markup("<li>%s</li>") % line._get_cut_sentence() for line in lines)
        text = self.env._(
            "Less is accepted than was reported; the contractor may dispute it until %s:", until
        )
        contact = (
            self.outsourcing_contract_id.contractor_manager_id | self.outsourcing_reported_by_id.partner_id
        )
        self.message_post(body=Markup("%s<ul>%s</ul>") % (text, rows), partner_ids=contact.ids)

    def _is_cut_settled(self):
        """Return whether nobody can change the accepted quantities any more."""
        self.ensure_one()
        if self.outsourcing_dispute_state == "open":
            return self.outsourcing_dispute_until < trade_today(self)
        return self.outsourcing_dispute_state != "disputed"

    def _may_dispute(self):
        """Return whether the contractor may still object to the cut of its quantities."""
        self.ensure_one()
        return self.outsourcing_dispute_state == "open" and not self._is_cut_settled()

    # ---- the contractor ---------------------------------------------------------------------------------

    def _portal_agree_cut(self):
        """Record that the contractor agrees to the quantities as accepted."""
        order = self._get_disputable()
        open_gate(order).write({"outsourcing_dispute_state": "agreed"})
        order.message_post(body=self.env._("The contractor agrees to the accepted quantities."))

    def _portal_dispute(self, reason):
        """Lodge the contractor's objection to the cut of its quantities.

        :param str reason: why the reported quantities are right, not empty
        :raise AccessError: not the contractor of this work order
        :raise UserError: no reason, nothing to dispute, or the time for it is over
        """
        order = self._get_disputable()
        if not (reason or "").strip():
            raise UserError(self.env._("Please write why you object."))
        days = order.outsourcing_contract_id.company_id.outsourcing_repairs_answer_days
        due = trade_today(order) + timedelta(days=days)
        open_gate(order).write(
            {
                "outsourcing_dispute_state": "disputed",
                "outsourcing_dispute_reason": reason.strip(),
                "outsourcing_dispute_user_id": self.env.uid,
                "outsourcing_dispute_answer_due": due,
            }
        )
        order.message_post(
            body=self.env._("The contractor disputes the accepted quantities: %s", reason.strip())
        )
        decider = order._get_responsible_user(excluded=order.outsourcing_checked_by_id, group=MANAGER)
        order._schedule_event(
            EVENT_DISPUTE,
            self.env._("Answer the dispute about quantities"),
            note=reason.strip(),
            date_deadline=due,
            users=decider,
        )

    def _get_disputable(self):
        """Return the order in sudo, if the acting person's firm may object to it now."""
        self.ensure_one()
        order = self.sudo()  # the party is checked in the next line
        if order.outsourcing_contractor_id != self.env.user.partner_id.commercial_partner_id:
            raise AccessError(self.env._("Only the contractor of this document may take this step."))
        if order.outsourcing_dispute_state != "open":
            raise UserError(self.env._("%s: no quantities wait for your answer.", order.name))
        if order._is_cut_settled():
            raise UserError(
                self.env._(
                    "%(order)s could be disputed until %(date)s.",
                    order=order.name,
                    date=order.outsourcing_dispute_until,
                )
            )
        return order

    # ---- the answer -------------------------------------------------------------------------------------

    def action_outsourcing_uphold_cut(self):
        """Open the dialogue in which a manager lets the accepted quantities stand, with a reason."""
        return self._get_step_action("uphold_cut", self.env._("The Cut Stands"))

    def action_outsourcing_grant_dispute(self):
        """Accept the quantities as the contractor reported them."""
        self._check_dispute_actor()
        self.sudo()._grant_dispute(self.env._("Granted by %s.", self.env.user.name))  # the actor was checked

    def _uphold_cut(self, reason):
        """Let the accepted quantities stand.

        :param str reason: the answer to the contractor's objection, not empty
        """
        self._check_dispute_actor()
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason."))
        self.sudo()._close_dispute("upheld", reason.strip())  # the actor was checked

    def _check_dispute_actor(self):
        self._check_measure_actor(MANAGER)
        orders = self.sudo()  # the actor was checked
        for order in orders:
            if order.outsourcing_dispute_state != "disputed":
                raise UserError(self.env._("%s: no dispute is waiting for an answer.", order.name))
        orders._check_other_person("outsourcing_checked_by_id")

    def _grant_dispute(self, decision):
        """Count the orders ``self`` (in sudo) as the contractor reported them."""
        cut = self.outsourcing_order_line_ids.filtered("is_cut")
        added = {
            item: sum(line.quantity_reported - line.quantity_performed for line in lines)
            for item, lines in cut.grouped("item_id").items()
        }
        for line in cut:
            line._gated().quantity_performed = line.quantity_reported
        self.env["outsourcing.contract.item"]._add_measured(added)
        self._close_dispute("granted", decision)

    def _close_dispute(self, state, decision):
        """Answer the disputes of the orders ``self`` (in sudo): on record, on the phone and by e-mail."""
        open_gate(self).write({"outsourcing_dispute_state": state, "outsourcing_dispute_decision": decision})
        self.activity_unlink([EVENT_DISPUTE])
        said = self.env._("The dispute about the quantities is answered: %s", decision)
        by_mail = self.filtered("outsourcing_dispute_user_id.email")
        for order in by_mail:
            order.message_post(body=said, partner_ids=order.outsourcing_dispute_user_id.partner_id.ids)
        rest = self - by_mail
        rest._message_log_batch(dict.fromkeys(rest.ids, said))

    # ---- silence ----------------------------------------------------------------------------------------

    @api.model
    def _cron_grant_disputes(self):
        """Grant the disputes about quantities that nobody has answered in time."""
        waiting = self.with_context(active_test=False).search(
            [("outsourcing_dispute_state", "=", "disputed")]
        )
        late = waiting.filtered(lambda order: order.outsourcing_dispute_answer_due < trade_today(order))
        late._run_in_batches(
            "_process_unanswered_disputes", domain=[("outsourcing_dispute_state", "=", "disputed")]
        )

    def _process_unanswered_disputes(self):
        self._grant_dispute(self.env._("Granted: the dispute was not answered in time."))
