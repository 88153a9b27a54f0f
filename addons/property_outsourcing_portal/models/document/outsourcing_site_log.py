from odoo import models
from odoo.exceptions import UserError


class OutsourcingSiteLog(models.Model):
    _inherit = "outsourcing.site.log"
    _portal_takes_photos = True

    def _portal_check_may_add_evidence(self):
        self._check_author()
        if self.sudo().state not in ("draft", "returned"):  # the author was checked above
            raise UserError(self.env._("%s no longer takes photos or files.", self.display_name))

    def _portal_get_performer(self):
        return self.sudo().performer_ids[:1] or self.env.user.partner_id  # who was named on the log
