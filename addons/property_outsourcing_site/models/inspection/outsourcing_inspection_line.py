import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.tools import ExactFloat, join_names, parse_number, plain_number

MAX_VALUE = 1e9
_ANSWERS = {"result", "value", "is_measured", "note"}


class OutsourcingInspectionLine(models.Model):
    """One item as it read that day, and what was found."""

    _name = "outsourcing.inspection.line"
    _inherit = [
        "outsourcing.workflow.line.mixin",
        "outsourcing.checklist.item.mixin",
        "outsourcing.evidence.mixin",
        "outsourcing.pivot.mixin",
    ]
    _description = "Inspection item"
    _order = "inspection_id, sequence, code, id"
    _workflow_parent = "inspection_id"
    _line_open_states = ("in_progress",)
    _upload_modes = ("evidence",)

    inspection_id = fields.Many2one("outsourcing.inspection", required=True, index=True, ondelete="cascade")
    item_id = fields.Many2one(
        "outsourcing.checklist.item", string="Checklist item", index=True, ondelete="restrict"
    )
    # a copy of the wording that was valid that day, in the languages of the checklist
    name = fields.Char(readonly=True)
    code = fields.Char(readonly=True)
    requirement = fields.Char(readonly=True)
    clause_id = fields.Many2one(readonly=True)
    result = fields.Selection([("pass", "Pass"), ("fail", "Fail"), ("na", "Not applicable")])
    value = ExactFloat(digits=(16, 3))
    is_measured = fields.Boolean(string="Measured", help="A value was measured, even if it is zero.")
    note = fields.Char()
    contract_id = fields.Many2one(related="inspection_id.contract_id", store=True, index=True)
    community_id = fields.Many2one(related="inspection_id.community_id", store=True, index=True)
    contractor_id = fields.Many2one(related="inspection_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    equipment_id = fields.Many2one(related="inspection_id.equipment_id", store=True, index="btree_not_null")
    kind = fields.Selection(related="inspection_id.kind", store=True, string="Kind of inspection")
    date_done = fields.Datetime(related="inspection_id.date_done", store=True, string="Submitted on")
    inspection_state = fields.Selection(related="inspection_id.state", string="State of the inspection")
    is_failed = fields.Integer(string="Failures", compute="_compute_is_failed", store=True)

    _code_uniq = models.UniqueIndex("(inspection_id, code)", "An item is answered once in an inspection.")
    # what failed is little of all that was looked at, and what people ask for, mostly of some months
    _failed_idx = models.Index("(company_id, date_done, item_id) INCLUDE (is_failed) WHERE result = 'fail'")

    @api.depends("result")
    def _compute_is_failed(self):
        for line in self:
            line.is_failed = int(line.result == "fail")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.code} {line.name}"

    @api.constrains("result", "value", "is_measured")
    def _check_pass_within_limits(self):
        for line in self:
            if line.result == "pass" and line.is_measured and not line._is_within_limits(line.value):
                raise ValidationError(line._get_outside_message())

    @api.onchange("value")
    def _onchange_value(self):
        self.is_measured = True
        if self.has_value_min or self.has_value_max:
            self.result = "pass" if self._is_within_limits(self.value) else "fail"

    def write(self, vals):
        if not self._is_gate_open():
            if set(vals) - _ANSWERS:
                raise UserError(self.env._("The wording of an item that is being answered does not change."))
            for inspection in self.inspection_id:
                inspection._check_may_edit()
        if "value" in vals and "is_measured" not in vals:
            vals = {**vals, "is_measured": True}
        return super().write(vals)

    # ---- answers ----------------------------------------------------------------------------------------

    def _prepare_answer_vals(self, answer):
        """Return the values of one answer of the portal; unknown keys are ignored, wrong types refused."""
        self.ensure_one()
        vals = {key: answer[key] for key in ("result", "note") if key in answer}
        if vals.get("result") not in (None, False, "", "pass", "fail", "na"):
            raise UserError(self.env._("%s: answer with pass, fail or not applicable.", self.display_name))
        if "value" not in answer:
            return vals
        value = answer["value"]
        if value is None or value is False or value == "":
            return {**vals, "value": 0.0, "is_measured": False}
        vals["value"] = self._parse_value(value)
        if "result" not in vals and (self.has_value_min or self.has_value_max):
            vals["result"] = "pass" if self._is_within_limits(vals["value"]) else "fail"
        return vals

    def _parse_value(self, value):
        try:
            number = parse_number(value)
        except ValueError:
            number = math.nan
        if not abs(number) < MAX_VALUE:
            raise UserError(self.env._("%s: the value is not a number.", self.display_name))
        return number

    def _get_missing(self, result):
        """Return the sentence that keeps ``result`` from being handed in, or False."""
        self.ensure_one()
        has_photo = bool(self.evidence_count)
        if result == "na":
            return not self.note and self.env._("%s: say why it does not apply.", self.display_name)
        if (self.requires_value or self.judge == "N") and not self.is_measured:
            return self.env._("%s: the measured value is missing.", self.display_name)
        if result == "fail":
            return not (self.note or has_photo) and self.env._(
                "%s: a failed item needs a note or a photo.", self.display_name
            )
        if self.is_measured and not self._is_within_limits(self.value):
            return self._get_outside_message()
        if self.requires_photo and not has_photo:
            return self.env._("%s: the photo is missing.", self.display_name)
        if self.judge == "T" and not (self.is_measured or has_photo):
            return self.env._("%s: a test needs its value or a photo.", self.display_name)
        return False

    def _pass_open(self):
        """Pass what of ``self`` is judged by eye and was not answered; the caller has checked who answers."""
        together = self.filtered(
            lambda line: not line.result and line._may_pass_in_bulk() and not line._get_missing("pass")
        )
        together._gated().write({"result": "pass"})

    def _get_outside_message(self):
        self.ensure_one()
        return self.env._(
            "%(item)s: %(value)s %(unit)s is outside the limits (%(limits)s) and cannot pass.",
            item=self.display_name,
            value=plain_number(self.value),
            unit=self.value_uom or "",
            limits=self.limits,
        )

    def _format_codes(self):
        codes = self[:8].mapped("code")
        return join_names(self.env, codes) + (" …" if len(self) > 8 else "")

    def _prepare_defect_vals(self):
        """Return the values of the defect that follows from this failed item."""
        self.ensure_one()
        inspection = self.inspection_id
        parts = [self.display_name, self.requirement]
        if self.is_measured:
            parts.append(self.env._("Measured: %s", self._format_value(self.value)))
        parts.append(self.note)
        return {
            "contract_id": inspection.contract_id.id,
            "community_id": inspection.community_id.id,
            "equipment_id": inspection.equipment_id.id,
            "location_id": inspection.location_id.id,
            "inspection_line_id": self.id,
            "found_by": inspection.party,
            "description": "\n".join(part for part in parts if part),
            "severity": "major" if self.item_class == "main" else "minor",
        }

    @api.model
    def _get_portal_evidence_domain(self):
        inspections = Domain(self.env["outsourcing.inspection"]._get_portal_evidence_domain())
        return Domain(super()._get_portal_evidence_domain()) & Domain("inspection_id", "any", inspections)

    def _get_evidence_vals(self):
        return self.inspection_id._get_evidence_vals()

    def _get_evidence_document(self):
        return self.inspection_id

    def _get_evidence_firms(self):
        return super()._get_evidence_firms() | self.inspection_id.party_partner_id

    def _takes_evidence(self):
        return self.inspection_id._takes_evidence()

    def _check_may_add_evidence(self):
        """Raise unless the acting member of staff may answer this item."""
        for inspection in self.inspection_id:
            inspection._check_may_edit()

    def action_add_evidence(self):
        """Open the dialogue that adds photos to this item."""
        performer = self.inspection_id.performer_id.id
        return self._get_upload_action("evidence", self.display_name, phase="during", performer_id=performer)

    def _get_upload_firm(self):
        return self.inspection_id._get_upload_firm()
