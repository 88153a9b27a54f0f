from odoo import api, models
from odoo.exceptions import UserError

from .gate import is_gate_open


class OutsourcingWorkflowLineMixin(models.AbstractModel):
    _name = "outsourcing.workflow.line.mixin"
    _description = "Lines that ask their document whether they may change"
    _inherit = ["outsourcing.guard.mixin"]

    _workflow_parent = None  # name of the many2one to the document
    _line_open_states = ("draft",)  # states of the document in which lines may change

    @api.model
    def _get_free_fields(self):
        """Return the names of fields that stay editable afterwards. Hook: add to super's."""
        return set()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_parent_open()
        return lines

    def write(self, vals):
        if set(vals) - self._get_free_fields():
            self.check_access("write")
            self._check_parent_open()
        former = self.sudo()[self._workflow_parent]  # to compare afterwards
        result = super().write(vals)
        # whatever was written: the document of a line may follow from another field
        if self.sudo()[self._workflow_parent] != former:
            self._check_parent_open()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_parent_closed(self):
        self._check_parent_open()

    def _check_parent_open(self):
        if self._is_gate_open():
            return
        for parent in self.sudo()[self._workflow_parent]:  # reads the state only
            if parent[parent._state_field] not in self._line_open_states:
                raise UserError(
                    self.env._(
                        "%(record)s is %(state)s: its lines can no longer be changed.",
                        record=parent.display_name,
                        state=parent._get_state_label(),
                    )
                )

    @api.model
    def _is_gate_open(self):
        # whoever may write the document may write its lines
        return is_gate_open(self, self._fields[self._workflow_parent].comodel_name)
