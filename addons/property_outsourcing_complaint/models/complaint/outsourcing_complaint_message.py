from odoo import api, fields, models
from odoo.exceptions import UserError

STAFF = "property_outsourcing.group_outsourcing_user"


class OutsourcingComplaintMessage(models.Model):
    """What was said between the residents and the property company; both sides read it."""

    _name = "outsourcing.complaint.message"
    _description = "Message with Residents"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id desc"
    _rec_name = "body"

    complaint_id = fields.Many2one(
        "outsourcing.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    community_id = fields.Many2one(related="complaint_id.community_id", store=True, index=True)
    reporter_id = fields.Many2one(
        "outsourcing.complaint.reporter", "Resident", index="btree_not_null", readonly=True
    )
    user_id = fields.Many2one("res.users", "Staff", readonly=True)
    direction = fields.Selection(
        [("in", "From the Resident"), ("out", "To the Residents")], required=True, readonly=True
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now, readonly=True)
    body = fields.Text("Message", required=True, readonly=True)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "complaint_id", "reporter_id", "user_id", "direction", "date", "body"
        }  # fmt: skip

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("What was said to residents stays as it was said."))
