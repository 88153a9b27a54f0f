import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_time
from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open

MANAGER = "property_outsourcing.group_outsourcing_manager"
SUPERVISOR = "property_outsourcing.group_outsourcing_user"
IMAGE_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
SIGNATURE_MAX = 2 * 1024 * 1024


class OutsourcingSigningMixin(models.AbstractModel):
    """A document that several parties sign, each at the place that names it, each by another person."""

    _name = "outsourcing.signing.mixin"
    _description = "Document signed by several parties"

    third_party_id = fields.Many2one(
        "res.partner",
        string="Third-party body",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        domain="[('is_company', '=', True), ('parent_id', '=', False), ('id', '!=', contractor_id)]",
        help="The professional body that makes the final check. Named by a manager.",
    )

    # ---- to be said by the document ---------------------------------------------------------------------

    def _get_stages(self):
        """Return the places of the present round on the form, in their order."""
        raise NotImplementedError

    def _get_due_stages(self):
        """Return the places that wait for a signature now."""
        raise NotImplementedError

    def _after_signature(self, stage):
        """Carry out what follows from the signature just given at ``stage`` (in sudo). Hook: call super."""

    def _check_signature(self, stage, result, amount):
        """Raise UserError if ``stage`` may not be signed with ``result`` now (in sudo). Hook: call super."""

    def _apply_amount(self, stage, amount):
        """Keep the amount stated with the signature at ``stage`` (in sudo), if the document carries one."""

    # ---- signing ----------------------------------------------------------------------------------------

    def _portal_sign(self, result, comment=None, signature=None, signer_name=None, accepted_amount=None):
        """Sign the place that waits for the acting person. ``self`` carries that person, never OdooBot.

        :param str result: ``pass`` or ``fail``; a failure needs a comment
        :param str comment: opinion of the party
        :param signature: image of the signature, base64; required in the portal
        :param str signer_name: name as signed; required in the portal
        :param float accepted_amount: amount claimed or accepted, if not the full one
        :raise AccessError: the person belongs to none of the parties
        :raise UserError: it is not this party's turn, or a rule of the trade vetoes
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        stage = self._get_stage_of(user)
        if user.share and not (signature and (signer_name or "").strip()):
            raise UserError(self.env._("Please sign and write your name."))
        vals = {
            "result": result,
            "comment": (comment or "").strip() or False,
            "signature": self._clean_signature(signature),
            "signer_id": user.partner_id.id,
            "signer_name": (signer_name or "").strip() or user.name,
        }
        self._sign(stage, vals, accepted_amount)

    def _record_paper(self, level, signer, result, files, comment=None, accepted_amount=None):
        """Enter the signature ``signer`` gave on paper (代录). The scan of the signed sheet proves it.

        :param str level: the place on the form
        :param signer: the person of the party who signed the sheet (res.partner)
        :param list files: scan of the signed sheet, (file name, bytes); at least one
        """
        self.ensure_one()
        self.check_access("read")
        self._require_group(SUPERVISOR)
        self._check_member(self.env.user)
        if level == "property_check":
            raise UserError(self.env._("Our own people sign with their own login."))
        if not files:
            raise UserError(self.env._("Attach the scan of the sheet the party signed."))
        stage = (
            self.sudo()._get_due_stages().filtered(lambda row: row.level == level)
        )  # the actor was checked
        if not stage:
            raise UserError(self.env._("This place on the form does not wait for a signature now."))
        if not signer or not self._is_signer(level, signer):
            raise UserError(
                self.env._(
                    "%(person)s does not belong to the party that signs here: %(level)s.",
                    person=signer.name or self.env._("Nobody"),
                    level=stage._get_level_label(),
                )
            )
        scans = self._add_evidence(files, phase="other", caption=stage._get_level_label(), is_paper=True)
        vals = {
            "result": result,
            "comment": (comment or "").strip() or False,
            "signer_id": signer.id,
            "signer_name": signer.name,
            "is_paper": True,
            "scan_ids": [fields.Command.set(scans.ids)],
        }
        self._sign(stage, vals, accepted_amount)

    def _sign(self, stage, vals, amount):
        # sudo: the party was checked by the caller; from here the document acts
        document, stage = self.sudo(), stage.sudo()
        document._check_result(vals["result"], vals["comment"])
        document._check_other_signer(vals["signer_id"])
        document._check_other_recorder(vals.get("is_paper", False))
        document._check_signature(stage, vals["result"], amount)
        signed = act_time(stage, *document._get_stages().mapped("date_signed"))
        stage._gated().write({**vals, "signed_by_id": self.env.uid, "date_signed": signed})
        document._apply_amount(stage, amount)
        document._post_signature(stage)
        document._after_signature(stage)

    def _check_result(self, result, comment):
        if result not in ("pass", "fail"):
            raise UserError(self.env._("Choose whether the check is passed or failed."))
        if result == "fail" and not comment:
            raise UserError(self.env._("Write what is wrong: the contractor has to be able to repair it."))

    def _check_other_signer(self, partner_id):
        for stage in self._get_stages():
            if stage.signer_id.id == partner_id:
                raise UserError(
                    self.env._(
                        "%(person)s has already signed as %(level)s; another person must sign here.",
                        person=stage.signer_id.name,
                        level=stage._get_level_label(),
                    )
                )

    def _check_other_recorder(self, is_paper):
        # whoever enters another party's sheet has acted for it and does not sign for the own side as well
        for stage in self._get_stages():
            acted = stage.result in ("pass", "fail") and stage.signed_by_id == self.env.user
            if acted and stage.is_paper != is_paper:
                raise UserError(
                    self.env._(
                        "%(person)s has already acted here (%(level)s); whoever enters the sheet of another "
                        "party does not sign for the property company.",
                        person=self.env.user.name,
                        level=stage._get_level_label(),
                    )
                )

    def _post_signature(self, stage):
        labels = dict(stage._fields["result"]._description_selection(self.env))
        self.message_post(
            body=self.env._(
                "%(level)s: %(result)s (%(person)s). %(comment)s",
                level=stage._get_level_label(),
                result=labels[stage.result],
                person=stage.signer_name or "–",
                comment=stage.comment or "",
            )
        )

    def _clean_signature(self, signature):
        """Return ``signature`` as base64 if it is an image, refuse anything else."""
        if not signature:
            return False
        text = signature.decode() if isinstance(signature, bytes) else str(signature)
        try:
            content = base64.b64decode(text.partition("base64,")[2] or text, validate=True)
        except (binascii.Error, ValueError):
            content = b""
        if not content.startswith(IMAGE_MAGIC) or len(content) > SIGNATURE_MAX:
            raise UserError(self.env._("The signature is not a picture."))
        return base64.b64encode(content)

    # ---- third party ------------------------------------------------------------------------------------

    @api.constrains("third_party_id", "contractor_id", "company_id")
    def _check_third_party(self):
        for document in self.sudo():  # compares parties only
            body = document.third_party_id.commercial_partner_id
            if body and body in (document.contractor_id | document.company_id.partner_id):
                raise ValidationError(
                    self.env._("%s is a party of the contract and cannot be the third-party body.", body.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._check_third_party_actor(documents.mapped("third_party_id"))
        return documents

    def write(self, vals):
        if "third_party_id" in vals:
            self._check_third_party_actor(
                any(row.third_party_id.id != vals["third_party_id"] for row in self)
            )
        result = super().write(vals)
        if "third_party_id" in vals:
            for document in self.sudo():  # the party printed beside an open place follows
                stages = document._get_stages().filtered(
                    lambda row: row.level == "third_party_check" and not row.result
                )
                if stages:
                    stages._gated().write({"party_id": document.third_party_id.id})
        return result

    def _check_third_party_actor(self, changed):
        if not changed or is_gate_open(self) or self.env.su:
            return
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("The third-party body is named by a manager."))
        # sudo: whether the body has signed
        signed = (
            self.sudo()._get_stages().filtered(lambda row: row.level == "third_party_check" and row.result)
        )
        if signed:
            raise UserError(self.env._("The third-party body has already signed."))
