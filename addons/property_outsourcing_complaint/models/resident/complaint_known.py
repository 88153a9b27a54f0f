from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..complaint.complaint_repeat import COUNTED_KINDS
from ..complaint.outsourcing_complaint import TO_DO_STATES

SHOWN = 10


class OutsourcingComplaint(models.Model):
    """What is known at a place and being worked on, without persons and without their words."""

    _inherit = "outsourcing.complaint"

    @api.model
    def _search_known(self, code):
        """Return the open complaints (in sudo) that the page of ``code`` shows to everybody.

        Only problems chosen from the list, of the building or the equipment; what is at somebody's home is
        nobody's business. Of several reports of one problem, not merged yet, the first one taken up.
        """
        domain = (
            Domain("community_id", "=", code.community_id.id)
            & Domain("state", "in", TO_DO_STATES)
            & Domain("kind", "in", COUNTED_KINDS)
            & Domain("problem_id.place", "in", ("any", "building", "outdoor"))
            & Domain("location_id.kind", "!=", "room")
        )
        location = code.equipment_id.outsourcing_location_id or code.location_id
        near = Domain("equipment_id", "=", code.equipment_id.id) if code.equipment_id else Domain.FALSE
        if location:
            root = int(location.parent_path.split("/")[0])
            near |= Domain("location_id", "child_of", root)
        found = self.sudo().search(domain & near, order="id desc", limit=5 * SHOWN)  # kind and place only
        matters = {}
        for row in found.sorted(lambda row: (row.state == "new", row.id)):
            matters.setdefault((row.problem_id, row.equipment_id, row.location_id), row)
        return found.browse([row.id for row in matters.values()][:SHOWN])

    @api.model
    def _join_known(self, code, complaint_id):
        """Let whoever has scanned ``code`` report the known complaint as well: *me too*.

        :return: the new ``outsourcing.complaint.reporter``, in sudo
        """
        complaint = self._search_known(code).filtered(lambda row: row.id == complaint_id)
        if not complaint:
            raise UserError(self.env._("This is not open any more: report it anew."))
        before = complaint.reporter_ids
        person = {
            "channel": "page",
            "user_id": self.env["outsourcing.complaint.reporter"]._get_page_user().id,
        }
        self._from_page().browse(complaint.id).write({"reporter_ids": [Command.create(person)]})
        return complaint.reporter_ids - before
