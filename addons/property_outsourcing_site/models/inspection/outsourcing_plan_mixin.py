from odoo import api, fields, models

from ..cycles import DEFAULT_EARLY_DAYS, DEFAULT_WINDOW_DAYS, FREQUENCIES, KINDS, PARTIES


class OutsourcingPlanMixin(models.AbstractModel):
    """The rhythm of an inspection: the preset of a service type and the plan of a contract share it."""

    _name = "outsourcing.plan.mixin"
    _description = "Rhythm of inspections"

    kind = fields.Selection(KINDS, required=True, default="maintenance")
    party = fields.Selection(PARTIES, string="Performed by", required=True, default="contractor")
    checklist_id = fields.Many2one("outsourcing.checklist", required=True, index=True, ondelete="restrict")
    frequency = fields.Selection(FREQUENCIES, required=True, default="month")
    window_days = fields.Integer(
        string="Days to finish",
        compute="_compute_window_days",
        store=True,
        readonly=False,
        help="Days after the planned date on which the inspection is still in time.",
    )
    early_days = fields.Integer(
        string="Days before",
        compute="_compute_window_days",
        store=True,
        readonly=False,
        help="Days before the planned date on which the inspection may already be started.",
    )
    grace_days = fields.Integer(
        string="Days of grace", help="Days after the due date before the inspection counts as missed."
    )

    _window_positive = models.Constraint(
        "CHECK (window_days >= 0 AND early_days >= 0 AND grace_days >= 0)", "Days cannot be negative."
    )

    @api.depends("frequency")
    def _compute_window_days(self):
        for plan in self:
            plan.window_days = DEFAULT_WINDOW_DAYS.get(plan.frequency, 0)
            plan.early_days = DEFAULT_EARLY_DAYS.get(plan.frequency, 0)

    def _get_preset_key(self):
        """Return what tells the plans of one contract and community apart."""
        self.ensure_one()
        return self.kind, self.party, self.checklist_id, self.frequency

    def _prepare_plan_vals(self):
        """Return the rhythm as values for another record of this mixin."""
        self.ensure_one()
        return {
            "kind": self.kind,
            "party": self.party,
            "checklist_id": self.checklist_id.id,
            "frequency": self.frequency,
            "window_days": self.window_days,
            "early_days": self.early_days,
            "grace_days": self.grace_days,
        }
