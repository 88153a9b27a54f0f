from odoo import api, models
from odoo.exceptions import UserError

from ...tools import join_names
from .order_fields import REPORTS, STAMPS


class ProjectTask(models.Model):
    """What the workflow and the clock of a work order write, and no client."""

    _inherit = "project.task"

    def _without_stamps(self, vals_list):
        """Return (model, values) without what the workflow writes; an empty value would count as written.

        :raise UserError: where a client sends such a value, in the values or as a default
        """
        stamps, context = self._get_unsent_fields(), self.env.context
        # what follows from others is offered by a board that is grouped by it
        defaults = {name for name in self._get_stamped_fields() if context.get(f"default_{name}")}
        for vals in vals_list:
            self._check_reports_untouched(defaults | {name for name in stamps if vals.get(name)})
        hidden = {f"default_{name}" for name in stamps}
        kept = {key: value for key, value in context.items() if key not in hidden}
        vals_list = [{name: vals[name] for name in vals if name not in stamps} for vals in vals_list]
        return self.with_context(kept), vals_list  # pylint: disable=context-overridden

    def _check_reports_untouched(self, names):
        if set(REPORTS) & set(names):
            raise UserError(
                self.env._("When the contractor came and finished is reported by the contractor.")
            )
        stamped = sorted(self._get_unsent_fields().intersection(names))
        if stamped:
            if self:
                self.check_access("write")  # a stranger learns nothing
            labels = join_names(
                self.env, [self._fields[name]._description_string(self.env) for name in stamped]
            )
            raise UserError(self.env._("These values are written by the system alone: %s.", labels))

    @api.model
    def _get_stamped_fields(self):
        """Return the names of what the steps of an order and its clock write. Hook: add to super's."""
        return set(STAMPS)

    @api.model
    def _get_unsent_fields(self):
        """Return what no client writes: stamps, and stored fields of ours that follow from others."""
        return self._get_stamped_fields() | {
            name
            for name, field in self._fields.items()
            if name.startswith("outsourcing_") and field.store and field.compute and field.readonly
        }

    def _is_portal_request(self):
        """Return whether a portal user acts: what such a user may send for a plain task is core's to say."""
        return not self.env.su and self.env.user._is_portal()
