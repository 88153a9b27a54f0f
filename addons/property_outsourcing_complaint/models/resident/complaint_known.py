from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OutsourcingComplaint(models.Model):
    """What is known at a place is reported by the others with one tap."""

    _inherit = "outsourcing.complaint"

    @api.model
    def _join_known(self, code, complaint_id):
        """Let whoever has scanned ``code`` report the known complaint as well: *me too*.

        :param code: the living ``outsourcing.complaint.code``, in sudo
        :return: the new ``outsourcing.complaint.reporter``, in sudo
        """
        _place, known = code._read_page(code.code)
        if all(row.id != complaint_id for row in known):
            raise UserError(self.env._("This is not open any more: report it anew."))
        complaint = self._from_page().browse(complaint_id)
        before = complaint.reporter_ids
        person = {
            "channel": "page",
            "user_id": self.env["outsourcing.complaint.reporter"]._get_page_user().id,
        }
        complaint.write({"reporter_ids": [Command.create(person)]})
        return complaint.sudo().reporter_ids - before  # the own report
