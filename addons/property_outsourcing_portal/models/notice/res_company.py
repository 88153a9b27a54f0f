from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _has_outsourcing_sms(self):
        """Return whether text messages can be sent in the name of the company. Hook of a gateway."""
        self.ensure_one()
        return False

    def _send_outsourcing_sms(self, number, text):
        """Send ``text`` to the phone ``number``. Hook of a gateway; it is called once per notice.

        :raise UserError: it is certain that nothing was sent; it is tried again later. Anything else that is
            raised leaves open whether it went out, and is not tried again by itself.
        """
        raise NotImplementedError
