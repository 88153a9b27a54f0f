from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import RUNNING_STATES, join_names
from ..workflow.trade_time import trade_day, trade_today
from .contract_approval import ACTIVITY_SIGNATURE
from .signature import clean_signature

ACTIVITY_SIGNED = "property_outsourcing.activity_type_contract_signed"


class OutsourcingContract(models.Model):
    """How the contractor signs: in the portal, on paper, or through an electronic signature service."""

    _name = "outsourcing.contract"
    _inherit = ["outsourcing.contract", "outsourcing.countersignature.mixin"]

    _approver_fields = ("approved_by_id", "second_approved_by_id")

    signing_method = fields.Selection(
        [("portal", "In the portal"), ("paper", "On paper"), ("electronic", "Electronic signature service")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    contractor_signer_id = fields.Many2one(
        "res.partner", "Signed for the Contractor by", readonly=True, copy=False, ondelete="restrict"
    )
    contractor_signer_name = fields.Char("Name as Signed", readonly=True, copy=False)
    date_contractor_signed = fields.Datetime(
        "Contractor Signed on", readonly=True, copy=False, tracking=True, index="btree_not_null"
    )
    signature_entered_by_id = fields.Many2one(
        "res.users", "Signature Entered by", readonly=True, copy=False, ondelete="restrict"
    )
    # in the row itself: an attachment of its own could be deleted by whoever may write the contract
    contractor_signature = fields.Binary(attachment=False, readonly=True, copy=False)
    signature_reference = fields.Char(
        "Certificate of the Signature", readonly=True, copy=False, help="Number given by the service."
    )
    seal_use_ids = fields.One2many("outsourcing.seal.use", "contract_id", "Seal Register")
    date_sign_by = fields.Date("Signature due", compute="_compute_date_sign_by")
    is_unsigned = fields.Boolean(
        "Not Signed yet", compute="_compute_is_unsigned", search="_search_is_unsigned"
    )
    has_signature_service = fields.Boolean(compute="_compute_has_signature_service")

    @api.depends("date_approved", "date_second_approved", "company_id")
    def _compute_date_sign_by(self):
        for contract in self:
            days = contract.company_id._get_outsourcing_setting("outsourcing_sign_days")
            approved = contract.date_second_approved or contract.date_approved
            contract.date_sign_by = approved and days and trade_day(contract, approved) + timedelta(days=days)

    @api.depends("state", "date_offered", "date_contractor_signed")
    def _compute_is_unsigned(self):
        unsigned = self.filtered(
            lambda contract: (
                not contract.date_contractor_signed
                and (
                    contract.state in RUNNING_STATES
                    or (contract.state == "to_approve" and contract.date_offered)
                )
            )
        )
        unsigned.is_unsigned = True
        (self - unsigned).is_unsigned = False

    def _search_is_unsigned(self, operator, value):
        if operator != "in":
            return NotImplemented
        offered = Domain("state", "=", "to_approve") & Domain("date_offered", "!=", False)
        running = Domain("state", "in", RUNNING_STATES)
        return Domain("date_contractor_signed", "=", False) & (running | offered)

    def _compute_has_signature_service(self):
        for contract in self:
            contract.has_signature_service = contract._has_signature_service()

    # ---- actions ----------------------------------------------------------------------------------------

    def action_sign_on_paper(self):
        """Enter the signature given on paper: sealed scan, seal, copies."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed on Paper"),
            "res_model": "outsourcing.contract.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def action_sign_electronically(self):
        """Hand the approved contract to the electronic signature service."""
        self.ensure_one()
        self._require_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        self.sudo()._check_waits_for_signature()  # the actor was checked
        return self._get_signature_service_action()

    # ---- electronic signature services ------------------------------------------------------------------

    def _has_signature_service(self):
        """Return whether an electronic signature service is set up for the contract. Hook: return True."""
        self.ensure_one()
        return False

    def _get_signature_service_action(self):
        """Return the action that takes the contract to the service, usually an ``ir.actions.act_url``.

        Hook of an add-on for one service: send the PDF and the signers there, return where the people sign.
        When the service reports back, the add-on calls :meth:`_record_electronic_signature`.
        """
        self.ensure_one()
        raise UserError(self.env._("No electronic signature service is set up."))

    def _record_electronic_signature(self, signer_name, date, reference, files=()):
        """Record what an electronic signature service reports. For module code only.

        :param str signer_name: who signed, as the service has verified the person
        :param datetime date: when, in UTC
        :param str reference: certificate or transaction number of the service
        :param files: list of (file name, bytes), the signed PDF
        """
        self.ensure_one()
        contract = self.sudo()  # the add-on of the service has checked where the report comes from
        contract._check_waits_for_signature()
        vals = {"signature_reference": reference, "date_contractor_signed": date}
        contract._record_signature("electronic", None, signer_name, **vals)
        if files:
            contract.message_post(
                body=self.env._("Electronically signed contract"), attachments=[tuple(file) for file in files]
            )

    # ---- portal and paper -------------------------------------------------------------------------------

    def _portal_sign_contract(self, signature, signer_name):
        """Sign for the contractor. ``self`` carries the person who is logged in, never OdooBot.

        :param signature: drawn signature, base64 of an image
        :param str signer_name: one of the people the contract names for the contractor
        :raise AccessError: not a person of the contractor
        :raise UserError: not approved yet, signed already, or nobody of that name may sign
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        contract = self.sudo()  # the party was checked in the line above
        contract._check_waits_for_signature()
        signer = contract._get_named_signer(signer_name)
        picture = clean_signature(self.env, signature)
        contract._record_signature("portal", signer, signer.name, contractor_signature=picture)

    def _record_paper_signature(self, vals, files):
        """Enter what was signed and sealed on paper (代录); the scan proves it.

        :param dict vals: ``date`` and, unless the contractor has signed before, ``signer`` (res.partner);
            ``seal`` (values of ``outsourcing.seal.use``) for the use of our own seal
        :param list files: scan of the sealed contract, (file name, bytes); at least one
        :return: the row of the seal register, if one was written
        """
        self.ensure_one()
        self._require_group("property_outsourcing.group_outsourcing_user")
        self.check_access("write")
        contract = self.sudo()  # the actor was checked in the lines above
        if not files:
            raise UserError(self.env._("Attach the scan of the sealed contract."))
        if vals["date"] > trade_today(self):
            raise UserError(self.env._("The day of the signature cannot lie in the future."))
        if vals.get("signer"):
            contract._check_waits_for_signature()
            self._check_may_enter_signature()
            signer = contract._get_named_signer(vals["signer"].name)
        self._add_evidence(files, caption=self.env._("Sealed contract"), is_paper=True)
        seal = vals.get("seal") and {**vals["seal"], "contract_id": self.id, "date": vals["date"]}
        seal = self.env["outsourcing.seal.use"].create(seal or [])  # before: the signed print says how many
        if vals.get("signer"):
            contract._record_signature("paper", signer, signer.name, date_contractor_signed=vals["date"])
        return seal

    def _record_signature(self, method, signer, signer_name, **vals):
        # the party or the staff member was checked by the caller
        self.ensure_one()
        when = vals.pop("date_contractor_signed", None) or fields.Datetime.now()
        vals = {
            "signing_method": method,
            "contractor_signer_id": signer and signer.id,
            "contractor_signer_name": signer_name,
            "date_contractor_signed": when,
            "signature_entered_by_id": self.env.uid,
            **vals,
        }
        if not self.date_signed:
            vals["date_signed"] = trade_day(self, vals["date_contractor_signed"])
        self._gated().write(vals)
        self.activity_feedback([ACTIVITY_SIGNATURE])
        self.message_post(body=self.env._("Signed for the contractor by %s.", signer_name))
        self._after_signature()

    def _after_signature(self):
        """Carry out what follows from the contractor's signature (in sudo). Hook: call super."""
        if self.state == "to_approve":
            self._schedule_event(
                ACTIVITY_SIGNED, self.env._("Signed by the contractor: activate the contract")
            )

    def _after_decline(self, reason):
        """Give an offered contract back to its author; one that runs is for its manager to settle."""
        super()._after_decline(reason)
        author = self.submitted_by_id
        if self.state == "to_approve":
            self._as_system()._transition_to("draft")  # the contractor's refusal does it, no member of staff
            self._gated().write({"return_reason": reason})
        self._ask_about_decline(reason, author if self.state == "draft" else self.manager_id)

    def _check_waits_for_signature(self):
        """Raise UserError unless the contract is approved and the contractor has not signed it yet."""
        for contract in self.sudo():  # state and signer only; access was checked by the caller
            if contract.date_contractor_signed:
                raise UserError(
                    self.env._(
                        "%(contract)s has already been signed by %(person)s.",
                        contract=contract.display_name,
                        person=contract.contractor_signer_name,
                    )
                )
            if not contract.is_unsigned:
                raise UserError(
                    self.env._("%s does not wait for the contractor's signature.", contract.display_name)
                )

    def _get_contractor_signers(self):
        """Return who may sign for the contractor: the people the contract names, else those of the firm."""
        self.ensure_one()
        signatories = self.person_ids.filtered(
            lambda row: row.may_sign and not row.date_end and row.firm_id == self.contractor_id
        )
        named = self.contractor_manager_id | signatories.person_id
        return named or self.contractor_id.child_ids.filtered(lambda person: person.type == "contact")

    def _get_named_signer(self, name):
        name = (name or "").strip()
        if not name:
            raise UserError(self.env._("Please sign and write your name."))
        signers = self._get_contractor_signers()
        signer = signers.filtered(lambda person: (person.name or "").strip() == name)[:1]
        if not signer:
            raise UserError(
                self.env._(
                    "%(name)s may not sign for %(contractor)s. Named in the contract: %(people)s.",
                    name=name,
                    contractor=self.contractor_id.name,
                    people=join_names(self.env, signers.mapped("name")) or "-",
                )
            )
        return signer

    def _schedule_signature(self):
        """Remind the project manager of the contractor's signature until it is there."""
        summary = self.env._("Get the contractor's signature")
        self._schedule_events(
            ACTIVITY_SIGNATURE,
            {
                contract: {"summary": summary, "date_deadline": contract.date_sign_by}
                for contract in self
                if contract.is_unsigned and contract.date_sign_by
            },
        )

    @api.model
    def _get_signature_fields(self):
        """Return the names of the fields one signature fills."""
        return (
            "signing_method",
            "contractor_signer_id",
            "contractor_signer_name",
            "date_contractor_signed",
            "signature_entered_by_id",
            "contractor_signature",
            "signature_reference",
        )

    # ---- workflow ---------------------------------------------------------------------------------------

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "active":
            self._schedule_signature()
        elif target in ("draft", "cancelled", "terminated", "closed"):
            self.activity_unlink([ACTIVITY_SIGNATURE])
        if target in ("active", "draft", "cancelled"):
            self.activity_unlink([ACTIVITY_SIGNED])
