from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.dispatch.order_fields import READERS
from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, is_uninstalling

MEASURE_STATES = [
    ("estimate", "Called off"),
    ("reported", "Reported"),
    ("checked", "Waiting for a manager"),
    ("accepted", "Accepted"),
    ("rolled_up", "Rolled up"),
]
# written by the steps of the order alone
STAMPED = {
    "outsourcing_reported_by_id", "outsourcing_date_reported", "outsourcing_checked_by_id",
    "outsourcing_date_checked", "outsourcing_approved_by_id", "outsourcing_date_accepted",
    "outsourcing_rollup_id",
    "outsourcing_date_answer_due", "outsourcing_date_answer_missed", "outsourcing_dispute_state",
    "outsourcing_dispute_until", "outsourcing_dispute_reason", "outsourcing_dispute_user_id",
    "outsourcing_dispute_answer_due", "outsourcing_dispute_decision", "outsourcing_report_signer_id",
}  # fmt: skip
PLACE = ("outsourcing_contract_id", "outsourcing_community_id", "project_id")

# a rectification is at the contractor's cost; a planned round calls nothing off
UNPRICED = ("rectification", "planned")


class ProjectTask(models.Model):
    """A work order under a framework: priced by quantity."""

    _inherit = "project.task"

    outsourcing_currency_id = fields.Many2one(related="outsourcing_contract_id.currency_id")
    outsourcing_order_line_ids = fields.One2many(
        "outsourcing.order.line", "task_id", "Quantities", groups=READERS
    )
    outsourcing_measure_state = fields.Selection(
        MEASURE_STATES,
        "Measurement",
        compute="_compute_outsourcing_measure_state",
        store=True,
        index="btree_not_null",
        tracking=True,
    )
    outsourcing_order_amount = fields.Monetary(
        "Order Amount",
        compute="_compute_outsourcing_order_amount",
        store=True,
        currency_field="outsourcing_currency_id",
        help="The estimate until the contractor reports, then the performed quantities at the agreed prices.",
    )
    outsourcing_reported_by_id = fields.Many2one("res.users", "Reported by", readonly=True, copy=False)
    outsourcing_date_reported = fields.Datetime("Quantities Reported", readonly=True, copy=False)
    outsourcing_checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True, copy=False)
    outsourcing_date_checked = fields.Datetime("Quantities Checked", readonly=True, copy=False)
    outsourcing_approved_by_id = fields.Many2one("res.users", "Manager", readonly=True, copy=False)
    outsourcing_date_accepted = fields.Date("Quantities Accepted", readonly=True, copy=False)
    outsourcing_rollup_id = fields.Many2one(
        "outsourcing.order.rollup",
        "Roll-up",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        return super().TASK_PORTAL_READABLE_FIELDS | {
            "outsourcing_measure_state",
            "outsourcing_order_line_ids",
        }

    @api.depends("outsourcing_contract_id.kind")
    def _compute_outsourcing_measure_state(self):
        for task in self:
            state = task.outsourcing_measure_state
            if task.outsourcing_contract_id.kind != "repairs":
                state = False
            elif not state and task.outsourcing_kind not in UNPRICED:
                state = "estimate"
            task.outsourcing_measure_state = state

    @api.depends(
        "outsourcing_measure_state",
        "state",
        "outsourcing_order_line_ids.amount_planned",
        "outsourcing_order_line_ids.amount",
    )
    def _compute_outsourcing_order_amount(self):
        for task in self:
            state = task.outsourcing_measure_state
            if not state or (task.state == "1_canceled" and state in ("estimate", "reported", "checked")):
                task.outsourcing_order_amount = 0.0  # nothing is owed for a cancelled order
                continue
            name = "amount_planned" if state == "estimate" else "amount"
            total = sum(task.outsourcing_order_line_ids.mapped(name))
            task.outsourcing_order_amount = task.outsourcing_currency_id.round(total)

    # ---- CRUD gates -------------------------------------------------------------------------------------

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | STAMPED

    def write(self, vals):
        if not is_gate_open(self) and not self._is_portal_request():
            self._check_place_untouched(vals)
        return super().write(vals)

    def _check_place_untouched(self, vals):
        names = [name for name in PLACE if name in vals]
        if not names:
            return
        for task in self.sudo():  # compares links only; who may write is checked by super
            fixed = task.outsourcing_measure_state not in (False, "estimate")
            if not fixed and not (vals.get(PLACE[0], task[PLACE[0]].id) != task[PLACE[0]].id):
                continue
            if fixed or task.outsourcing_order_line_ids:
                changed = [name for name in names if (task[name].id or False) != (vals[name] or False)]
                if changed:
                    raise UserError(
                        self.env._(
                            "%s has quantities of its contract's unit-price list: contract and community "
                            "stay as they are.",
                            task.name,
                        )
                    )

    @api.ondelete(at_uninstall=True)
    def _unlink_except_measured(self):
        if is_uninstalling(self.env):
            return
        for task in self:
            if task.outsourcing_measure_state not in (False, "estimate"):
                raise UserError(
                    self.env._(
                        "%(order)s is %(state)s and can no longer be deleted.",
                        order=task.name,
                        state=task._get_measure_label(),
                    )
                )

    def _get_measure_label(self):
        self.ensure_one()
        labels = dict(self._fields["outsourcing_measure_state"]._description_selection(self.env))
        return labels.get(self.outsourcing_measure_state) or self.env._("not priced by quantity")

    # ---- photos -----------------------------------------------------------------------------------------

    def _takes_evidence(self):
        if not self.outsourcing_measure_state:
            return super()._takes_evidence()
        # reported work is looked at: the order may be done, its photos may still come
        may_add = self.outsourcing_measure_state in ("estimate", "reported")
        return may_add and self.state != "1_canceled"

    def action_view_outsourcing_rollup(self):
        """Open the roll-up that took the order to payment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.order.rollup",
            "res_id": self.outsourcing_rollup_id.id,
            "view_mode": "form",
        }
