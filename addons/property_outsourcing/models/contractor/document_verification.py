from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..workflow.gate import is_gate_open, open_gate
from ..workflow.missing_points import MissingPoint
from ..workflow.step_refusal import refuse_step

# the content that is verified, and that a verified document therefore keeps
CONTENT_FIELDS = {
    "type_id",
    "partner_id",
    "person_id",
    "contract_id",
    "number",
    "date_start",
    "date_end",
    "insured_amount",
    "grade_id",
    "attachment_ids",
    "previous_id",
}
MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingDocument(models.Model):
    """Who compares a document with its original, what is missing before, and what it keeps afterwards."""

    _inherit = "outsourcing.document"

    def action_verify(self):
        """Confirm that the acting supervisor or manager has compared the document with its file."""
        self._check_verifier()
        self.sudo()._check_nothing_missing("verified")  # sentences only
        # _check_verifier has checked who asks
        open_gate(self).write({"verified_by_id": self.env.uid, "date_verified": fields.Datetime.now()})

    def action_verify_selected(self):
        """Verify what can be verified of a selection, and list the rest with the reasons."""
        own = self.filtered(lambda document: document.sudo().uploaded_by_id == self.env.user)  # names only
        ready, left = (self - own)._split_ready("verified")
        if ready:
            ready.action_verify()
        left += [
            MissingPoint(self.env._("%s: you uploaded it yourself.", document.display_name), record=document)
            for document in own
        ]
        if not left:
            return False
        title = self.env._("%(done)s verified, %(left)s left", done=len(ready), left=len(left))
        return self._get_leftover_action(title, left)

    def action_revoke(self):
        """Withdraw a verification made in error; managers only, kept in the history of the document."""
        self._require_outsourcing_group("property_outsourcing.group_outsourcing_manager")
        self.check_access("write")
        # the group was checked above
        open_gate(self).write({"verified_by_id": False, "date_verified": False})

    def _check_verifier(self):
        """Raise unless ``env.user`` may verify the documents ``self``."""
        self._require_outsourcing_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        if self.env.user in self.sudo().uploaded_by_id:  # names only
            raise UserError(
                self.env._(
                    "You uploaded this document yourself; somebody else has to compare it with the original."
                )
            )

    def _require_outsourcing_group(self, xmlid):
        if self.env.user._is_superuser() or not self.env.user.has_group(xmlid):
            raise refuse_step(self.env, xmlid)

    def _check_filed_complete(self):
        """Raise MissingPoints if a document is filed without what is printed on it."""
        if not is_gate_open(self):
            self.sudo()._check_nothing_missing("filed")  # sentences only

    def _get_awaited_steps(self):
        if self.date_verified:
            return []
        return [("verified", self.env._("Before it can be verified"))]

    def _get_missing_points(self, target):
        points, name = super()._get_missing_points(target), self.display_name
        if target == "verified" and self.date_verified:
            points.append(MissingPoint(self.env._("%s has already been verified.", name), record=self))
        if target == "verified" and not self.attachment_ids:
            sentence = self.env._("%s: please add a scan or photo before verifying it.", name)
            points.append(MissingPoint(sentence, record=self, field="attachment_ids"))
        if self.has_expiry and not self.date_end:
            sentence = self.env._("%s: please fill in until when it is valid.", name)
            points.append(MissingPoint(sentence, record=self, field="date_end"))
        if self.has_grades and not self.grade_id:
            sentence = self.env._("%s: please choose its grade.", name)
            points.append(MissingPoint(sentence, record=self, field="grade_id"))
        return points

    def _check_content_open(self, vals):
        """Raise UserError if ``vals`` would change what somebody has verified."""
        touched = self._get_content_fields() & set(vals)
        verified = self.filtered("date_verified")
        if not touched or not verified:
            return
        for document in verified:
            if any(document._is_content_changed(name, vals[name]) for name in touched):
                raise UserError(
                    self.env._(
                        "%s is verified and can no longer be changed; renew it instead.",
                        document.display_name,
                    )
                )

    def _check_may_archive(self, vals):
        """Raise AccessError where somebody else than a manager hides, or brings back, what is verified."""
        if "active" not in vals:
            return
        moved = self.filtered(lambda document: document.date_verified and document.active != vals["active"])
        if moved and not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "%s is verified: a manager archives it, or takes it out of the archive.",
                    moved[0].display_name,
                )
            )

    @api.model
    def _get_content_fields(self):
        """Return the names of the fields a verified document keeps. Hook: extend super's set."""
        return set(CONTENT_FIELDS)

    def _is_content_changed(self, name, value):
        field = self._fields[name]
        if field.type == "many2many":
            return bool(value)
        cached = field.convert_to_cache(value, self, validate=False)
        return self[name] != field.convert_to_record(cached, self)
