from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.core_guard import get_changed_fields
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day, trade_today
from odoo.addons.property_outsourcing.tools import in_brackets, join_names

# what a plan says of its visits; who does it and when may still be settled
PLANNED = {
    "plan_id", "contract_id", "community_id", "kind", "party", "checklist_id", "cycle", "equipment_id",
    "location_id",
}  # fmt: skip
DATES = {"date_planned", "date_due"}


class OutsourcingInspection(models.Model):
    """What happens to inspections nobody did, and to those that are not wanted any more."""

    _inherit = "outsourcing.inspection"

    date_born = fields.Date(
        string="Entered on", compute="_compute_date_born", store=True, precompute=True, copy=False
    )
    is_late_born = fields.Boolean(
        string="Planned too late",
        compute="_compute_is_late_born",
        store=True,
        help="It was entered only after its time, as by a schedule that stood still: it is never missed.",
    )

    @api.depends("date_planned")
    def _compute_date_born(self):
        for inspection in self:
            moment = inspection._origin.create_date or fields.Datetime.now()
            inspection.date_born = inspection.date_born or trade_day(inspection, moment)

    @api.depends("date_born", "date_due")
    def _compute_is_late_born(self):
        for inspection in self:
            inspection.is_late_born = bool(
                inspection.date_born and inspection.date_due and inspection.date_due < inspection.date_born
            )

    def _get_frozen_fields(self):
        names = super()._get_frozen_fields()
        return names | PLANNED if self.plan_id else names

    def write(self, vals):
        if DATES & set(vals) and not self.env.su:
            self._check_dates_moved(vals)
        return super().write(vals)

    def _check_dates_moved(self, vals):
        """Raise AccessError where somebody else than a manager grants a later day after the last one."""
        today = trade_today(self)
        late = self.filtered(lambda inspection: inspection.date_due and inspection.date_due < today)
        moved = late.filtered(lambda inspection: get_changed_fields(inspection, vals, set(vals) - DATES))
        if moved:
            moved._require_group("property_outsourcing.group_outsourcing_manager")

    @api.model
    def _get_missed(self, today, limit=None):
        """Return the inspections of running contracts whose due date and days of grace have passed.

        Those that came into being only afterwards could not be done in time and are not among them.
        """
        candidates = self.search(
            [
                ("state", "in", ("planned", "in_progress")),
                ("date_due", "<", today),
                ("is_late_born", "=", False),
                ("contract_id.state", "=", "active"),
            ],
            order="date_due, id",
        )
        missed = candidates.filtered(lambda inspection: inspection._get_last_day() < today)
        return missed[:limit]

    def _process_missed(self):
        """Mark ``self`` as missed; the facts follow and the contract's clauses propose what that costs."""
        self._as_system()._transition_to("missed")

    @api.model
    def _cron_mark_missed(self):
        """Mark the inspections whose time has passed."""
        self._get_missed(trade_today(self))._run_in_batches(
            "_process_missed", domain=[("state", "in", ("planned", "in_progress"))]
        )

    # ---- what is visited no more ------------------------------------------------------------------------

    @api.model
    def _withdraw_of(self, targets):
        """Take back what is planned for archived ``targets`` and nobody has begun, with a note.

        :param targets: ``maintenance.equipment`` or ``outsourcing.location``
        """
        # sudo: nobody may delete inspections by hand; whoever archived the targets was checked
        rounds = self.sudo().search(
            Domain("state", "=", "planned")
            & Domain("date_due", ">=", trade_today(self))
            & self._get_target_domain(targets)
        )
        counts = {}
        for row in rounds:
            names = counts.setdefault(row.plan_id, {})
            name = row.equipment_id.name or row.location_id.complete_name
            names[name] = names.get(name, 0) + 1
        rounds.unlink()
        bodies = {
            plan.id: self.env._(
                "Planned rounds were withdrawn, because what they visit was archived: %s",
                join_names(
                    self.env, [f"{name}{in_brackets(self.env, count)}" for name, count in names.items()]
                ),
            )
            for plan, names in counts.items()
            if plan
        }
        plans = self.env["outsourcing.inspection.plan"].sudo()  # the note only
        plans.browse(bodies)._message_log_batch(bodies)

    @api.model
    def _get_target_domain(self, targets):
        if targets._name == "maintenance.equipment":
            return Domain("equipment_id", "in", targets.ids)
        return Domain("location_id", "in", targets.ids) & Domain("equipment_id", "=", False)
