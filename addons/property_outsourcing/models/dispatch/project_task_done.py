from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import join_names
from ..workflow.gate import open_gate
from .order_fields import READERS
from .outsourcing_order_duty import DONE_TEXTS


class ProjectTask(models.Model):
    """What the contractor tells with the report that the work is done: cause, remedy, parts, photo."""

    _inherit = "project.task"

    outsourcing_cause = fields.Text("Cause Found", readonly=True, copy=False, groups=READERS)
    outsourcing_remedy = fields.Text("What was Done", readonly=True, copy=False, groups=READERS)
    outsourcing_parts = fields.Text("Parts and Material", readonly=True, copy=False, groups=READERS)

    def _portal_report_done(self, details, performer=None):
        """Record the contractor's report that the work is done, with what its kind of order asks for.

        :param dict details: ``outsourcing_cause``, ``outsourcing_remedy``, ``outsourcing_parts`` -> text
        :param performer: as in :meth:`_portal_report`
        :raise UserError: names all that is missing, or as :meth:`_portal_report`
        """
        self.ensure_one()
        self._write_done_details(details)
        self._portal_report("completed", performer)

    def _write_done_details(self, details):
        """Write what a report of completion tells of the order, or say all that is missing in it."""
        order = self.sudo()  # the party is checked in the next line
        order._check_contractor(self.env.user)
        texts = {name: (details.get(name) or "").strip() for name in DONE_TEXTS}
        if missing := order._get_missing_details(texts):
            labels = join_names(self.env, missing)
            raise UserError(self.env._("Before the work is reported done, still missing: %s.", labels))
        open_gate(order).write({name: text or False for name, text in texts.items()})

    def _get_missing_details(self, texts):
        """Return the labels of what the report of completion of the order (in sudo) still lacks."""
        duties, demands = self.env["outsourcing.order.duty"], self._get_done_demands()
        missing = [
            duties._fields[demand]._description_string(self.env)
            for name, demand in DONE_TEXTS.items()
            if demands[demand] == "required" and not texts[name]
        ]
        if demands["photo"] == "required" and not self._has_result_photo():
            missing.append(duties._fields["photo"]._description_string(self.env))
        return missing

    def _get_done_demands(self):
        """Return what a report of completion has to tell, like ``order.duty._get_demands``. Hook."""
        self.ensure_one()
        return self.env["outsourcing.order.duty"]._get_demands(self.outsourcing_kind)

    def _has_result_photo(self):
        """Return whether there is a photo that was not taken before the work began."""
        return any(photo.phase != "before" for photo in self.evidence_ids)
