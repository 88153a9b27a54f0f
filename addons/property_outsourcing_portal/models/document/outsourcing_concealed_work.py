from odoo import models
from odoo.exceptions import AccessError


class OutsourcingConcealedWork(models.Model):
    _inherit = "outsourcing.concealed.work"
    _portal_takes_photos = True
    _told_states = {
        "notified": ("third_party_id", None),
        "accepted": ("contractor_id", None),
        "rejected": ("contractor_id", None),
    }

    def _get_appointment(self):
        waits = self.state == "notified"
        return (self.planned_date, self.planned_date_end) if self.planned_date and waits else ()

    def _portal_check_may_add_evidence(self):
        levels = ("self_check", "third_party_check", "witness")
        if not any(self._is_signer(level, self.env.user.partner_id) for level in levels):
            raise AccessError(self.env._("This document takes no photos from you."))
