from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OutsourcingInspection(models.Model):
    """What the portal calls. ``self`` carries the portal user: ``browse(id).with_user(request.env.user)``."""

    _inherit = "outsourcing.inspection"

    @api.model
    def _get_portal_domain(self):
        """Return the domain of the portal's list; the record rules do the rest."""
        return []

    @api.model
    def _get_portal_evidence_domain(self):
        # what is handed in; while it is being filled in it is seen by whoever fills it in
        user = self.env.user
        firm = user.partner_id.commercial_partner_id
        missed = Domain("state", "=", "missed") & Domain("party_partner_id", "=", firm.id)
        being_filled_in = Domain("state", "=", "in_progress") & Domain("started_by_id", "=", user.id)
        domain = Domain("state", "=", "done") | missed | being_filled_in
        return Domain(super()._get_portal_evidence_domain()) & domain

    def _portal_start(self, performer=None):
        """Open the record for ``performer``, a person of the firm (res.partner)."""
        self.ensure_one()
        self.check_access("read")
        self._check_party()
        firm = self.sudo().party_partner_id  # the party, checked in the line above
        performer = performer or self.env.user.partner_id
        self._check_performers(performer, firm)
        self._take_back_missed()
        self._transition_to("in_progress")
        self._gated().write({"performer_id": performer.id})

    def _portal_save(self, line_vals):
        """Store answers.

        :param dict line_vals: line id -> dict with any of ``result``, ``value``, ``note`` and ``files``,
            a list of (file name, bytes)
        """
        self.ensure_one()
        self._take_back_missed()
        self._check_may_edit()
        lines = self.sudo().line_ids.grouped("id")  # _check_may_edit has checked who answers
        for line_id, vals in line_vals.items():
            if line_id not in lines:
                raise UserError(self.env._("This item does not belong to %s.", self.display_name))
            line = lines[line_id][0]
            line._gated().write(line._prepare_answer_vals(vals))
            if vals.get("files"):
                performer = self.sudo().performer_id  # who was named when it was opened
                line.sudo(False)._add_evidence(
                    vals["files"], phase="during", performer=None if performer.is_company else performer
                )

    def _portal_pass_together(self, line_ids=None, passed=True):
        """Pass the open items that are judged by eye together, or take that back.

        :param list line_ids: ids of the items that are meant; None: all of them
        :param bool passed: False opens those of the items again that stand as passed
        """
        self.ensure_one()
        self._take_back_missed()
        self._check_may_edit()
        lines = self.sudo().line_ids  # _check_may_edit has checked who answers
        if line_ids is not None:
            lines = lines.filtered(lambda line: line.id in line_ids)
        if passed:
            lines._pass_open()
        else:
            together = lines.filtered(lambda line: line.result == "pass" and line._may_pass_in_bulk())
            together._gated().write({"result": False})

    def _portal_submit(self):
        """Hand in the record."""
        self.ensure_one()
        self._take_back_missed()
        self._transition_to("done")
