import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.property_outsourcing.tools import ExactFloat, join_names, parse_number, plain_number

RESULTS = [("pass", "Pass"), ("fail", "Fail"), ("na", "Not applicable")]
_ANSWERS = {"result", "value", "note"}


class OutsourcingAcceptanceLine(models.Model):
    """One item of the checklist: what the contractor found and what the property company found."""

    _name = "outsourcing.acceptance.line"
    _inherit = ["outsourcing.workflow.line.mixin", "outsourcing.checklist.item.mixin"]
    _description = "Acceptance item"
    _order = "acceptance_id, sequence, code, id"
    _workflow_parent = "acceptance_id"
    _line_open_states = ("draft", "self_check", "property_check", "rework")

    acceptance_id = fields.Many2one("outsourcing.acceptance", required=True, index=True, ondelete="cascade")
    item_id = fields.Many2one(
        "outsourcing.checklist.item", string="Checklist item", index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="acceptance_id.company_id", store=True, index=True)
    # declared again so that its labels are translated with this model
    item_class = fields.Selection([("main", "Main"), ("general", "General")])
    self_result = fields.Selection(RESULTS, string="Contractor's result")
    self_value = ExactFloat(string="Contractor's value", digits=(16, 3))
    self_note = fields.Char(string="Contractor's note")
    result = fields.Selection(
        RESULTS,
    )
    value = ExactFloat(string="Measured", digits=(16, 3))
    note = fields.Char()

    _code_uniq = models.UniqueIndex("(acceptance_id, code)", "An item is checked once in an acceptance.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.code} {line.name}"

    @api.constrains("result", "value", "self_result", "self_value")
    def _check_pass_within_limits(self):
        for line in self:
            for result, value in ((line.result, line.value), (line.self_result, line.self_value)):
                if result == "pass" and line._needs_value() and not line._is_within_limits(value):
                    raise ValidationError(
                        self.env._(
                            "%(item)s: %(value)s is outside the limits (%(limits)s) and cannot pass.",
                            item=line.display_name,
                            value=plain_number(value),
                            limits=line.limits,
                        )
                    )

    @api.onchange("value")
    def _onchange_value(self):
        if self.has_value_min or self.has_value_max:
            self.result = "pass" if self._is_within_limits(self.value) else "fail"

    def write(self, vals):
        if not self._is_gate_open() and set(vals) - _ANSWERS - {"sequence"}:
            raise UserError(
                self.env._("The wording of an item and the contractor's answers do not change here.")
            )
        if not self._is_gate_open():
            self._check_not_signed()
        return super().write(vals)

    def _check_not_signed(self):
        for acceptance in self.sudo().acceptance_id:  # signatures only
            stages = acceptance._get_stages().filtered(lambda stage: stage.level == "property_check")
            if acceptance.state == "property_check" and any(stages.mapped("result")):
                raise UserError(
                    self.env._(
                        "%s: the property check is signed, its items no longer change.", acceptance.name
                    )
                )

    def _needs_value(self):
        return self.requires_value and (self.has_value_min or self.has_value_max)

    def _copy_wording(self):
        """Take over name and requirement from the checklist in every language."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                UPDATE outsourcing_acceptance_line line SET name = item.name, requirement = item.requirement
                  FROM outsourcing_checklist_item item
                 WHERE item.id = line.item_id AND line.id = ANY(%s)
                """,
                list(self.ids),
            )
        )
        self.invalidate_recordset(["name", "requirement"])

    def _prepare_self_answer_vals(self, answer):
        """Return the values of one answer of the contractor; wrong input is refused with a sentence."""
        self.ensure_one()
        result = answer.get("result") or False
        if result not in (False, "pass", "fail", "na"):
            raise UserError(self.env._("%s: answer with pass, fail or not applicable.", self.display_name))
        vals = {"self_result": result, "self_note": (answer.get("note") or "").strip() or False}
        if answer.get("value") not in (None, False, ""):
            try:
                vals["self_value"] = parse_number(answer["value"])
            except ValueError:
                vals["self_value"] = math.nan
            if not abs(vals["self_value"]) < 1e9:
                raise UserError(self.env._("%s: the value is not a number.", self.display_name))
        return vals

    def _get_left_notification(self):
        """Return the message that names the items which are judged one by one."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("%s items are judged one by one", len(self)),
                "message": self.env._(
                    "Tests, measured values and main items with a photo: %s",
                    join_names(self.env, self.mapped("name")),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
