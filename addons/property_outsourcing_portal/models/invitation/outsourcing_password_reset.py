from odoo import fields, models


class OutsourcingPasswordReset(models.Model):
    """A password that somebody else than its owner set, or let set: by an invitation, or in the settings.

    Written by module code alone; nobody has the right to create, change or delete a row.
    """

    _name = "outsourcing.password.reset"
    _description = "Password set through somebody else"
    _order = "id desc"

    user_id = fields.Many2one(
        "res.users", "Login", required=True, readonly=True, index=True, ondelete="cascade"
    )
    by_id = fields.Many2one("res.users", "Through", required=True, readonly=True, ondelete="restrict")
    approved_by_id = fields.Many2one("res.users", "Allowed by", readonly=True, ondelete="restrict")
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    is_first = fields.Boolean("First password", readonly=True)
