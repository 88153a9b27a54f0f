from odoo import models


class OutsourcingInvitation(models.Model):
    _inherit = "outsourcing.invitation"

    def _redeem(self, password, confirmation):
        user = super()._redeem(password, confirmation)
        # who was removed and is let in again is one of them; sudo: the caller came with the token
        rows = self.env["outsourcing.firm.person"].sudo().search([("partner_id", "=", user.partner_id.id)])
        rows.filtered("date_removed").write({"date_removed": False, "removed_by_id": False})
        return user
