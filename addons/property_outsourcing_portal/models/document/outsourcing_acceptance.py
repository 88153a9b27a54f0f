from odoo import models
from odoo.exceptions import AccessError


class OutsourcingAcceptance(models.Model):
    _inherit = "outsourcing.acceptance"
    _portal_takes_photos = True

    def _portal_check_may_add_evidence(self):
        levels = ("self_check", "third_party_check", "witness")
        is_party = any(self._is_signer(level, self.env.user.partner_id) for level in levels)
        # a month's score stands on inspections that have their own photos
        if self.method != "levels" or not is_party:
            raise AccessError(self.env._("This document takes no photos from you."))
