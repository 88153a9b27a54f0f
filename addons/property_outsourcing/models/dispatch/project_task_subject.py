from odoo import models
from odoo.exceptions import UserError

from ..workflow.core_guard import get_changed_fields, get_labels
from .order_fields import OWNERS, SUBJECT


class ProjectTask(models.Model):
    """What a work order is about: what was reported done is done to what was ordered."""

    _inherit = "project.task"

    def _check_order_write(self, vals):
        super()._check_order_write(vals)
        if self.env.su:
            return
        for order in self:
            reported = order.is_closed or order.outsourcing_date_completed
            guarded = OWNERS | (SUBJECT if reported else set())
            if changed := get_changed_fields(order, vals, set(vals) - guarded):
                raise UserError(
                    self.env._(
                        "%(order)s keeps what it was ordered for: %(fields)s.",
                        order=order.name,
                        fields=get_labels(order, changed),
                    )
                )
