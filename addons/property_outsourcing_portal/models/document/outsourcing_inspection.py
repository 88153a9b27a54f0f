from odoo import models
from odoo.exceptions import UserError


class OutsourcingInspection(models.Model):
    """A record under way belongs to whoever started it: nobody else reads or continues it unawares."""

    _inherit = "outsourcing.inspection"
    _portal_takes_photos = True

    def _is_draft_of_other(self):
        """Return whether another login is filling in the record right now."""
        self.ensure_one()
        inspection = self.sudo()  # state and author only
        if not self.env.user.share or inspection.state != "in_progress":
            return False
        user = self.env.user
        if user._is_performer_bound() and user._get_outsourcing_performer() != inspection.performer_id:
            return True  # a colleague on the same phone
        return bool(inspection.started_by_id) and inspection.started_by_id != self.env.user

    def _check_may_edit(self):
        super()._check_may_edit()
        if self.env.user.share:
            self.env.user._get_bound_performer()  # refuses while it is not known who works
        if self._is_draft_of_other():
            # sudo: the name of the colleague
            raise UserError(
                self.env._(
                    "%(record)s is being filled in by %(person)s.",
                    record=self.display_name,
                    person=(self.sudo().performer_id or self.sudo().started_by_id).name,
                )
            )

    def _check_actor(self, target):
        super()._check_actor(target)
        if target == "done":
            for inspection in self:
                inspection._check_may_edit()

    def _portal_take_over(self, performer):
        """Continue a record a colleague has begun; who began it stays on record.

        :param performer: the person of the firm who continues (res.partner)
        """
        self.ensure_one()
        self.check_access("read")
        self._check_party()
        if not self._is_draft_of_other():
            raise UserError(self.env._("%s is not being filled in by somebody else.", self.display_name))
        inspection = self.sudo()  # the party was checked
        self._check_performers(performer, inspection.party_partner_id)
        before = inspection.performer_id or inspection.started_by_id.partner_id
        self._gated().write({"performer_id": performer.id, "started_by_id": self.env.uid})
        inspection.message_post(
            body=self.env._("%(after)s continues for %(before)s.", after=performer.name, before=before.name)
        )
        for line in inspection.line_ids:
            line.invalidate_recordset(["evidence_ids"])

    def _portal_add_evidence(self, files, phase="other", original_sha256=None):
        self._take_back_missed()
        return super()._portal_add_evidence(files, phase, original_sha256)

    def _portal_check_may_add_evidence(self):
        self._check_may_edit()

    def _portal_get_evidence_lines(self):
        return self.line_ids

    def _portal_get_performer(self):
        return self.sudo().performer_id  # who was named when it was opened
