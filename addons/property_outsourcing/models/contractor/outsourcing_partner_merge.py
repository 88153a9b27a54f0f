from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..workflow.gate import is_gate_open


class OutsourcingPartnerMerge(models.Model):
    """A contact that became part of another one. What was sealed under its number is proven by this row.

    When the remaining contact is merged again, core moves the row on to the next one.
    """

    _name = "outsourcing.partner.merge"
    _description = "Merged contact"
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner", "Remaining contact", required=True, readonly=True, index=True, ondelete="restrict"
    )
    former_id = fields.Integer("Number of the former contact", required=True, readonly=True)
    former_name = fields.Char(readonly=True)
    former_vat = fields.Char("Tax ID of the former contact", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "Merged by", readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_gate()
        return super().create(vals_list)

    def write(self, vals):
        self._check_gate()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_module_code(self):
        self._check_gate()

    def _check_gate(self):
        if not is_gate_open(self):
            raise AccessError(self.env._("Merged contacts are recorded by the system alone."))

    @api.model
    def _get_former_ids(self, partner):
        """Return the numbers under which ``partner`` was known as well, its own one first."""
        # sudo: numbers only, to prove what was sealed under them
        rows = self.sudo().search([("partner_id", "=", partner.id)]) if partner else self.browse()
        return [partner.id or None, *rows.mapped("former_id")]
