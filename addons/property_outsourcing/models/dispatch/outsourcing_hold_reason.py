from odoo import api, fields, models


class OutsourcingHoldReason(models.Model):
    """Why work on an order has to wait, and whether the contractor's clock waits too."""

    _name = "outsourcing.hold.reason"
    _description = "Reason of a Hold"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    stops_clock = fields.Boolean(
        default=True, help="The time limits of the order do not run while it waits for this reason."
    )

    @api.model
    def _get_choice_domain(self):
        """Return the domain of the reasons people may give; a suspended contract sets its own."""
        return [("id", "!=", self.env.ref("property_outsourcing.hold_reason_suspended").id)]

    def _is_choice(self):
        """Return whether ``self`` is one reason people may give."""
        reason = self.sudo()  # master data
        return len(reason) == 1 and reason.active and bool(reason.filtered_domain(self._get_choice_domain()))
