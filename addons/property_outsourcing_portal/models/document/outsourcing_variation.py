from odoo import models


class OutsourcingVariation(models.Model):
    _name = "outsourcing.variation"
    _inherit = ["outsourcing.variation", "outsourcing.recorder.mixin"]
    _portal_takes_photos = True
    _told_states = {"approved": ("contractor_id", None), "rejected": ("contractor_id", None)}

    def _portal_check_may_add_evidence(self):
        self._get_own_draft()
