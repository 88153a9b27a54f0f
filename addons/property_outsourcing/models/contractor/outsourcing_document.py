from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..workflow.gate import is_gate_open, is_uninstalling

# who uploaded and who verified is recorded by the module, never sent by a client
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

    @api.depends("renewal_ids.date_verified")
    def _compute_is_superseded(self):
        for document in self:
            document.is_superseded = any(renewal.date_verified for renewal in document.renewal_ids)

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

    @api.model
    def _get_kept_files_domains(self):
        kept = Domain("date_verified", "!=", False)
        return {**super()._get_kept_files_domains(), "attachment_ids": kept}
