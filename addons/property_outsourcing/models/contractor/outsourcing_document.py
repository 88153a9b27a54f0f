from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..workflow.gate import is_gate_open, is_uninstalling, open_gate
from ..workflow.missing_points import MissingPoint
from ..workflow.trade_time import trade_today

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
# who uploaded and who verified is recorded by the module, never sent by a client
MANAGER = "property_outsourcing.group_outsourcing_manager"
STAMP_FIELDS = {"uploaded_by_id", "verified_by_id", "date_verified", "date_reminded"}


class OutsourcingDocument(models.Model):
    _name = "outsourcing.document"
    _inherit = [
        "outsourcing.guard.mixin",
        "outsourcing.batch.mixin",
        "outsourcing.missing.mixin",
        "outsourcing.file.owner.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Compliance document"
    _rec_names_search = ["number", "type_id.name", "partner_id.name", "person_id.name"]
    _order = "date_end desc, id desc"
    _mail_post_access = "read"

    type_id = fields.Many2one(
        "outsourcing.document.type", required=True, index=True, ondelete="restrict", tracking=True
    )
    scope = fields.Selection(related="type_id.scope")
    category = fields.Selection(related="type_id.category", store=True, precompute=True)
    has_expiry = fields.Boolean(related="type_id.has_expiry")
    active = fields.Boolean(default=True)
    number = fields.Char(help="Number printed on the licence, certificate, policy or letter.", tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Contractor",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=[("outsourcing_state", "!=", False)],
        tracking=True,
    )
    person_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('commercial_partner_id', '=?', partner_id), ('is_company', '=', False)]",
        tracking=True,
    )
    person_name = fields.Char(related="person_id.name", string="Name of the person")
    contract_id = fields.Many2one(
        "outsourcing.contract",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('contractor_id', '=?', partner_id)]",
        tracking=True,
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True, index=True)
    date_start = fields.Date(string="Valid from", tracking=True)
    date_end = fields.Date(string="Valid until", tracking=True)
    date_warn = fields.Date(compute="_compute_date_warn", store=True)
    insured_amount = fields.Float(
        "Insured amount", digits=(16, 2), help="Limit of the policy, in the currency of the company."
    )
    grade_id = fields.Many2one(
        "outsourcing.document.grade",
        domain="[('type_id', '=', type_id)]",
        ondelete="restrict",
        tracking=True,
        help="Grade of the licence.",
    )
    has_grades = fields.Boolean(compute="_compute_has_grades", export_string_translation=False)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_document_attachment_rel",
        "document_id",
        "attachment_id",
        string="Files",
        copy=False,
        bypass_search_access=True,
        help="Scan or photo of the document.",
    )
    previous_id = fields.Many2one(
        "outsourcing.document",
        string="Renews",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The document of which this one is the renewal.",
    )
    renewal_ids = fields.One2many("outsourcing.document", "previous_id", string="Renewals")
    is_superseded = fields.Boolean(
        string="Renewed",
        compute="_compute_is_superseded",
        store=True,
        help="A verified renewal has taken its place.",
    )
    uploaded_by_id = fields.Many2one(
        "res.users", string="Uploaded by", readonly=True, copy=False, default=lambda self: self.env.user
    )
    verified_by_id = fields.Many2one(
        "res.users", string="Verified by", readonly=True, copy=False, tracking=True
    )
    date_verified = fields.Datetime(string="Verified on", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("unverified", "To verify"),
            ("upcoming", "Not yet in force"),
            ("valid", "Valid"),
            ("expiring", "Expiring"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        search="_search_state",
    )

    _date_order = models.Constraint(
        "CHECK (date_start <= date_end)", "A document cannot end before it starts: please check its dates."
    )
    _insured_amount_positive = models.Constraint(
        "CHECK (insured_amount >= 0)", "The insured amount cannot be negative."
    )
    _partner_type_idx = models.Index("(partner_id, type_id) WHERE active")

    @api.depends("person_id", "contract_id")
    def _compute_partner_id(self):
        for document in self:
            document.partner_id = (
                document.contract_id.contractor_id
                or document.person_id.commercial_partner_id
                or document.partner_id.commercial_partner_id
            )

    @api.depends("contract_id.company_id", "partner_id.company_id")
    def _compute_company_id(self):
        for document in self:
            document.company_id = document.contract_id.company_id or document.partner_id.company_id

    @api.depends("type_id.grade_ids")
    def _compute_has_grades(self):
        for document in self:
            document.has_grades = bool(document.type_id.grade_ids)

    @api.depends("date_end", "type_id.warn_days")
    def _compute_date_warn(self):
        for document in self:
            warn = relativedelta(days=document.type_id.warn_days)
            document.date_warn = document.date_end and document.date_end - warn

    @api.depends("renewal_ids.date_verified")
    def _compute_is_superseded(self):
        for document in self:
            document.is_superseded = any(renewal.date_verified for renewal in document.renewal_ids)

    @api.depends("date_verified", "date_start", "date_end", "date_warn")
    def _compute_state(self):
        today = trade_today(self)
        for document in self:
            if not document.date_verified:
                document.state = "unverified"
            elif document.date_end and document.date_end < today:
                document.state = "expired"
            elif document.date_start and document.date_start > today:
                document.state = "upcoming"
            elif document.date_warn and document.date_warn <= today:
                document.state = "expiring"
            else:
                document.state = "valid"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._get_state_domains()
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("type_id", "number", "partner_id", "person_id")
    def _compute_display_name(self):
        for document in self:
            holder = document.person_id.name or document.partner_id.name
            parts = (document.type_id.name, document.number, holder)
            document.display_name = " · ".join(part for part in parts if part)

    @api.constrains("type_id", "grade_id")
    def _check_grade(self):
        for document in self:
            if document.grade_id and document.grade_id.type_id != document.type_id:
                raise ValidationError(
                    self.env._(
                        "%(grade)s is not a grade of %(document)s.",
                        grade=document.grade_id.name,
                        document=document.type_id.display_name,
                    )
                )

    @api.constrains("type_id", "partner_id", "person_id", "contract_id")
    def _check_holder(self):
        for document in self:
            partner, person, contract = document.partner_id, document.person_id, document.contract_id
            if partner != partner.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%s is a contact: a document belongs to the contractor itself.", partner.display_name
                    )
                )
            if document.scope == "person" and not person:
                raise ValidationError(
                    self.env._("%s: please name the person who holds it.", document.type_id.display_name)
                )
            if document.scope == "contract" and not contract:
                raise ValidationError(
                    self.env._(
                        "%s: please name the contract it was signed for.", document.type_id.display_name
                    )
                )
            if person and person.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not work for %(contractor)s.",
                        person=person.name,
                        contractor=partner.display_name,
                    )
                )
            # sudo: reads the party only
            if contract and contract.sudo().contractor_id.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._("The contract was made with another firm than %s.", partner.display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not is_gate_open(self):
            stamps = {name: False for name in STAMP_FIELDS} | {"uploaded_by_id": self.env.uid}
            vals_list = [{**vals, **stamps} for vals in vals_list]
        documents = super().create(vals_list)
        documents._check_filed_complete()
        return documents

    def write(self, vals):
        if not is_gate_open(self):
            self.check_access("write")
            self._check_content_open(vals)
            self._check_may_archive(vals)
            vals = {name: value for name, value in vals.items() if name not in STAMP_FIELDS}
            if "attachment_ids" in vals:
                vals["uploaded_by_id"] = self.env.uid
        result = super().write(vals)
        if self._get_content_fields() & set(vals):
            self._check_filed_complete()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_verified(self):
        if not is_uninstalling(self.env) and any(document.date_verified for document in self):
            raise UserError(
                self.env._("A verified document is kept; archive it when it is no longer needed.")
            )

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

    def action_renew(self):
        """Open a new draft that renews this document; the old one stays as history."""
        self.ensure_one()
        self.check_access("write")
        # the draft's last day is still to be filled in; its link to the past is set by the module
        renewal = open_gate(self).copy(
            {
                "date_start": self.date_end and self.date_end + relativedelta(days=1),
                "date_end": False,
                "previous_id": self.id,
                "uploaded_by_id": self.env.uid,
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_document_action"
        )
        return action | {"res_id": renewal.id, "views": [(False, "form")], "context": {}}

    @api.model
    def _portal_submit(self, vals, files):
        """Record a document that a contractor's portal user hands in; it counts once verified here.

        It renews the firm's document of the same kind, person and contract, if there is one.

        :param dict vals: ``type_id``, ``person_id``, ``contract_id``, ``number``, ``grade_id``,
            ``date_start``, ``date_end`` and ``insured_amount``; other keys are ignored
        :param list files: (filename, bytes) of the scans
        :return: the new document in sudo, ``env.user`` being its uploader
        """
        contractor = self.env.user.partner_id.commercial_partner_id
        if not contractor.sudo().outsourcing_state:  # the caller's own firm
            raise AccessError(self.env._("Only a contractor hands in documents here."))
        if not files:
            raise UserError(self.env._("Please add a scan or photo of the document."))
        allowed = CONTENT_FIELDS - {"partner_id", "attachment_ids", "previous_id"}
        values = {name: value for name, value in vals.items() if name in allowed}
        # the firm is the caller's own; the constraints refuse somebody else's person or contract
        document = self.sudo().create({**values, "partner_id": contractor.id})
        open_gate(document).previous_id = document._get_latest_verified()
        attachments = document.env["ir.attachment"].create(
            [
                {"name": name, "raw": content, "res_model": self._name, "res_id": document.id}
                for name, content in files
            ]
        )
        document.attachment_ids = attachments
        document._check_nothing_missing("verified")
        document._schedule_verification()
        return document

    def _get_latest_verified(self):
        """Return the verified document that ``self`` would renew: same firm, kind, person and contract."""
        self.ensure_one()
        same = [(name, "=", self[name].id) for name in ("partner_id", "type_id", "person_id", "contract_id")]
        verified = [("date_verified", "!=", False), ("is_superseded", "=", False), ("id", "!=", self.id)]
        return self.search([*same, *verified], limit=1)

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
            raise AccessError(self.env._("You are not the person who may take this step."))

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

    @api.model
    def _get_new_action(self, document_type, partner, contract=None):
        """Return the action that files a new document, filled in as far as it is known."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_document_action"
        )
        context = {
            "default_type_id": document_type.id,
            "default_partner_id": partner.id,
            "default_contract_id": contract.id if contract and document_type.scope == "contract" else False,
        }
        return action | {"views": [(False, "form")], "context": context}

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

    @api.model
    def _get_kept_files_domains(self):
        kept = Domain("date_verified", "!=", False)
        return {**super()._get_kept_files_domains(), "attachment_ids": kept}

    @api.model
    def _get_state_domains(self):
        """Return a dict: the domain of each state."""
        today = trade_today(self)
        verified = Domain("date_verified", "!=", False)
        started = Domain("date_start", "=", False) | Domain("date_start", "<=", today)
        not_ended = Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        warned = Domain("date_warn", "!=", False) & Domain("date_warn", "<=", today)
        return {
            "unverified": ~verified,
            "expired": verified & Domain("date_end", "<", today),
            "upcoming": verified & not_ended & Domain("date_start", ">", today),
            "expiring": verified & not_ended & started & warned,
            "valid": verified & not_ended & started & ~warned,
        }

    def _is_in_force(self):
        """Tell whether ``self`` is verified and valid on this day."""
        self.ensure_one()
        return self.state in ("valid", "expiring")

    def _satisfies(self, requirement):
        """Tell whether ``self``, being in force, is good enough for a ``DocumentRequirement``."""
        self.ensure_one()
        insured = self.insured_amount >= requirement.min_insured_amount
        return insured and self.grade_id._covers(requirement.min_grade)
