from odoo import api, fields, models


class OutsourcingHoldReason(models.Model):
    """Why work on an order has to wait, and whether the contractor's clock waits too."""

    _name = "outsourcing.hold.reason"
    _inherit = ["outsourcing.in.use.mixin", "outsourcing.kept.mixin"]
    _description = "Reason of a Hold"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    stops_clock = fields.Boolean(
        default=True, help="The time limits of the order do not run while it waits for this reason."
    )

    def _get_uses(self):
        uses = super()._get_uses()
        holds = self.env["outsourcing.order.hold"].sudo()  # names of orders on hold only
        for hold in holds.search([("reason_id", "in", self.ids), ("state", "in", ("requested", "granted"))]):
            uses.setdefault(self.browse(hold.reason_id.id), []).append(hold.task_id.display_name)
        return uses

    @api.model
    def _get_choice_domain(self):
        """Return the domain of the reasons people may give; a suspended contract sets its own."""
        return [("id", "!=", self.env.ref("property_outsourcing.hold_reason_suspended").id)]

    def _is_choice(self):
        """Return whether ``self`` is one reason people may give."""
        reason = self.sudo()  # master data
        return len(reason) == 1 and reason.active and bool(reason.filtered_domain(self._get_choice_domain()))


class IrModelData(models.Model):
    _inherit = "ir.model.data"

    @api.model
    def _get_kept_records(self):
        reasons = {"property_outsourcing.hold_reason_suspended"}
        return {**super()._get_kept_records(), "outsourcing.hold.reason": reasons}
