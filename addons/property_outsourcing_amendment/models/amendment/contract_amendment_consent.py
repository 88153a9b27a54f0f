import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

IMAGE_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
SIGNATURE_MAX = 2 * 1024 * 1024


class OutsourcingContractAmendment(models.Model):
    """The contractor's consent: signed in the portal, or on paper with the scan of the signed sheets."""

    _name = "outsourcing.contract.amendment"
    _inherit = ["outsourcing.contract.amendment", "outsourcing.countersignature.mixin"]

    _approver_fields = ("first_approved_by_id", "approved_by_id")

    def _portal_sign(self, signature, signer_name):
        """Sign as the contractor. ``self`` carries the portal user, never OdooBot.

        :param signature: image of the signature, base64
        :param str signer_name: one of the people the contract names for the contractor
        :raise AccessError: not the contractor of this contract
        :raise UserError: it does not wait for a signature, or nobody signed
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        if not signature:
            raise UserError(self.env._("Please sign and write your name."))
        signer = self.sudo().contract_id._get_named_signer(signer_name)  # people named; the party was checked
        self._sign(
            {
                "signature": self._clean_signature(signature),
                "signer_id": signer.id,
                "signer_name": signer.name,
            }
        )

    def _sign_on_paper(self, signer, files):
        self._check_waits_for_signature()
        self._check_may_enter_signature()
        signer = self.sudo().contract_id._get_named_signer(signer.name)  # people named; the actor was checked
        self._add_evidence(files, caption=self.env._("Signed amendment"), is_paper=True)
        self._sign({"signer_id": signer.id, "signer_name": signer.name, "is_paper": True})

    def _check_waits_for_signature(self):
        self.ensure_one()
        amendment = self.sudo()  # the state only; the party was checked
        if amendment.state != "to_sign":
            raise UserError(
                self.env._(
                    "%(record)s is %(state)s and does not wait for a signature.",
                    record=amendment.display_name,
                    state=self._get_state_label(amendment.state),
                )
            )

    def _after_decline(self, reason):
        """Give the amendment back to its author, who corrects or cancels it."""
        super()._after_decline(reason)
        self._gated().write({"return_note": reason})
        self._as_system()._transition_to("draft")  # the contractor's refusal does it, no member of staff
        self._ask_about_decline(reason, self.user_id)

    def _sign(self, vals):
        self._check_waits_for_signature()
        amendment = self.sudo()  # the party was checked by the caller
        now = fields.Datetime.now()
        amendment._gated().write({**vals, "signed_by_id": self.env.uid, "date_signed": now})
        amendment._keep_signed(anew=True)
        amendment.message_post(body=self.env._("Signed for the contractor by %s.", vals["signer_name"]))
        is_due = amendment.date_effective <= trade_today(amendment)
        self._transition_to("active" if is_due else "signed")

    def _clean_signature(self, signature):
        """Return ``signature`` as base64 if it is an image, refuse anything else."""
        text = signature.decode() if isinstance(signature, bytes) else str(signature)
        try:
            content = base64.b64decode(text.partition("base64,")[2] or text, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not content.startswith(IMAGE_MAGIC) or len(content) > SIGNATURE_MAX:
            raise UserError(self.env._("The signature is not a picture."))
        return base64.b64encode(content)
