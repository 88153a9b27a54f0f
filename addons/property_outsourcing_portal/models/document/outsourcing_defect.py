from odoo import models
from odoo.exceptions import UserError


class OutsourcingDefect(models.Model):
    _inherit = "outsourcing.defect"
    _portal_takes_photos = True
    _told_states = {"assigned": ("contractor_id", "date_deadline")}

    def _portal_check_may_add_evidence(self):
        defect = self.sudo()  # party and state only; read access was checked
        self._check_firm(defect.contractor_id)
        if defect.state != "assigned":
            raise UserError(self.env._("%s no longer takes photos or files.", self.display_name))

    def _process_assigned(self):
        # the defect tells the firm by when; its work order need not say the same again
        return super(OutsourcingDefect, self.with_context(outsourcing_order_untold=True))._process_assigned()
