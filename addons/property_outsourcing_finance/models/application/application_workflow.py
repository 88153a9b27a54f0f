from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from ..settlement.settlement_workflow import FINANCE, MANAGER

EVENT = "property_outsourcing_finance.activity_type_payment_application"
USER = "property_outsourcing.group_outsourcing_user"


class OutsourcingPaymentApplication(models.Model):
    """The property company draws up the settlement, or says why not; the contractor may withdraw."""

    _inherit = "outsourcing.payment.application"

    _frozen_fields = {state: ("*",) for state in ("submitted", "settled", "refused", "withdrawn")}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "submitted": ("settled",),
            "settled": ("submitted",),
            "refused": ("submitted",),
            "withdrawn": ("submitted",),
        }

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"refuse": (self.env._("Refuse the Application"), "_refuse")}

    def action_settle(self):
        """Draw up the settlement of the rows, and open it."""
        self._check_actor("settled")
        self._check_source_state("settled")
        # sudo: who asks was checked; the rows are read again as the person below
        rows = self.sudo().line_ids.filtered(lambda line: not line.settlement_id).milestone_id
        settlements = self.env["outsourcing.settlement"]._create_for_milestones(rows.sudo(False))
        return settlements._get_open_action()

    def action_refuse(self):
        """Ask why nothing is settled; the contractor reads it."""
        return self._ask_reason("refuse", "refused")

    def _refuse(self, reason):
        self._transition_to("refused")
        self._gated().write({"answer": reason})  # the transition has checked who acts

    def action_view_settlement(self):
        """Open the settlement that came of it."""
        self.ensure_one()
        return self.settlement_id._get_open_action()

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "withdrawn":
            self._require_contractor()
        elif not self._is_system_actor():
            self._require_group(USER, MANAGER, FINANCE)

    def _check_transition(self, target):
        super()._check_transition(target)
        if target == "settled" and any(not application.settlement_id for application in self):
            raise UserError(self.env._("The settlement of the rows is drawn up first."))

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target in ("settled", "refused"):
            vals.update(answered_by_id=self.env.uid, date_answered=fields.Datetime.now())
        elif target == "submitted":
            vals.update(answered_by_id=False, date_answered=False, settlement_id=False)
        return vals

    def _after_transition(self, target):
        super()._after_transition(target)
        self.activity_unlink([EVENT])
        if target == "submitted":
            self._ask_to_settle()

    def _follow_rows(self):
        """Answer the applications (in sudo) of which each row is settled; ask again where one is no more."""
        whole = self.filtered(lambda application: all(line.settlement_id for line in application.line_ids))
        for application in whole:
            settlement = application.line_ids.settlement_id.sorted("id")[-1:]
            if application.settlement_id != settlement:
                application._gated().write({"settlement_id": settlement.id})
        whole.filtered(lambda application: application.state == "submitted")._as_system()._transition_to(
            "settled"
        )
        again = (self - whole).filtered(lambda application: application.state == "settled")
        (again - again._filter_applied_again())._as_system()._transition_to("submitted")

    def _filter_applied_again(self):
        """Return those (in sudo) of which a row waits in another application, or in a newer one of ``self``.

        A row is applied for once at a time.
        """
        domain = [("milestone_id", "in", self.line_ids.milestone_id.ids), ("state", "=", "submitted")]
        taken = self.line_ids.search(domain).milestone_id
        again = self.browse()
        for application in self.sorted("id", reverse=True):
            rows = application.line_ids.milestone_id
            if rows & taken:
                again |= application
            else:
                taken |= rows
        return again

    def _ask_to_settle(self):
        """Ask the person in charge to settle what is applied for."""
        summary = self.env._("Settle what the contractor applies for")
        self._schedule_events(
            EVENT,
            {
                application: {"summary": summary, "date_deadline": application.answer_deadline}
                for application in self
            },
        )

    # ---- our own silence --------------------------------------------------------------------------------

    @api.model
    def _get_unanswered_domain(self):
        return [
            ("state", "=", "submitted"),
            ("is_passed_on", "=", False),
            ("answer_deadline", "<", trade_today(self)),
        ]

    @api.model
    def _cron_unanswered_applications(self):
        """Pass on to a manager what nobody has answered in time."""
        domain = self._get_unanswered_domain()
        self.search(domain)._run_in_batches("_process_unanswered", domain=domain)

    def _process_unanswered(self):
        """Ask a manager about the applications ``self``: our answer is late."""
        summary = self.env._("The answer to the contractor's payment application is late")
        managers = self._map_responsible_users(group=MANAGER)
        self._schedule_events(
            EVENT, {application: {"summary": summary, "users": managers[application]} for application in self}
        )
        self._gated().write({"is_passed_on": True})
