from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..cycles import CYCLES


class OutsourcingChecklistItem(models.Model):
    _name = "outsourcing.checklist.item"
    _inherit = "outsourcing.checklist.item.mixin"
    _description = "Checklist item"
    _order = "checklist_id, sequence, code, id"
    _rec_names_search = ["name", "code"]

    checklist_id = fields.Many2one("outsourcing.checklist", required=True, index=True, ondelete="cascade")
    cycle = fields.Selection(CYCLES, default="none")
    active = fields.Boolean(default=True)
    row_kind = fields.Selection(
        [("any", "Every acceptance"), ("part", "Parts"), ("completion", "Final completion")],
        string="Asked at",
        required=True,
        default="any",
        help="At the acceptance of which payment rows of works the item is checked.",
    )
    work_kind_ids = fields.Many2many(
        "outsourcing.work.kind",
        string="Kinds of work",
        help="The item is asked where a payment row names one of these kinds, and at the completion if none "
        "does. Empty: whatever the work.",
    )

    _code_uniq = models.UniqueIndex("(checklist_id, code)", "An item code is used once in a checklist.")

    @api.onchange("clause_id")
    def _onchange_clause_id(self):
        if self.clause_id and not self.requirement:
            self.requirement = self.clause_id.criterion

    @api.constrains("has_value_min", "value_min", "has_value_max", "value_max")
    def _check_limits(self):
        for item in self:
            if item.has_value_min and item.has_value_max and item.value_min > item.value_max:
                raise ValidationError(self.env._("%s: the lower limit is above the upper limit.", item.name))

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"{item.code} {item.name}" if item.code else item.name

    def _belongs_to(self, completes, kinds, elsewhere):
        """Return whether the item is checked at the acceptance of a payment row.

        :param bool completes: whether the row stands for the whole work
        :param kinds: kinds of work the row names (``outsourcing.work.kind``)
        :param elsewhere: kinds of work other rows name
        """
        self.ensure_one()
        if self.row_kind == ("part" if completes else "completion"):
            return False
        if not self.work_kind_ids or self.work_kind_ids & kinds:
            return True
        return completes and not self.work_kind_ids & elsewhere

    def _prepare_inspection_line_vals(self, inspection):
        """Return the values of the line that asks this item in ``inspection``."""
        self.ensure_one()
        return {
            "inspection_id": inspection.id,
            "item_id": self.id,
            "sequence": self.sequence,
            "code": self.code,
            "name": self.name,
            "requirement": self.requirement,
            "judge": self.judge,
            "item_class": self.item_class,
            "is_concealed": self.is_concealed,
            "has_value_min": self.has_value_min,
            "value_min": self.value_min,
            "has_value_max": self.has_value_max,
            "value_max": self.value_max,
            "value_uom": self.value_uom,
            "requires_value": self.requires_value,
            "requires_photo": self.requires_photo,
            "clause_id": self.clause_id.id,
        }
