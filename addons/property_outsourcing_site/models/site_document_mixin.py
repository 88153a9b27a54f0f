from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import groupby

from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import draw_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment


class OutsourcingSiteDocumentMixin(models.AbstractModel):
    """What inspections, logs and defects share: the contract they belong to, parties, numbers, paper."""

    _name = "outsourcing.site.document.mixin"
    _inherit = ["outsourcing.signed.mixin", "outsourcing.evidence.mixin"]
    _description = "Document made on site"

    _sequence_code = None
    _portal_path = None
    _upload_modes = ("evidence",)

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    contract_id = fields.Many2one(
        "outsourcing.contract",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    contract_kind = fields.Selection(
        related="contract_id.kind", store=True, precompute=True, string="Kind of contract"
    )
    service_type_id = fields.Many2one(
        related="contract_id.service_type_id", store=True, index=True, string="Service type"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True, precompute=True)
    contractor_id = fields.Many2one(
        related="contract_id.contractor_id", store=True, index=True, precompute=True, string="Contractor"
    )
    community_id = fields.Many2one(
        "outsourcing.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('id', 'in', allowed_community_ids)]",
    )
    allowed_community_ids = fields.Many2many(related="contract_id.community_ids", string="Communities served")
    is_paper = fields.Boolean(
        string="Recorded from paper",
        readonly=True,
        copy=False,
        help="Internal staff entered the record from a signed sheet; the scan is attached.",
    )

    @api.depends("contract_id")
    def _compute_community_id(self):
        for document in self:
            contract = document.contract_id
            if contract and document.community_id not in contract.community_ids:
                document.community_id = contract.community_id

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    def _get_number(self):
        """Return the number as people read it; a record that is not saved yet has none."""
        self.ensure_one()
        return self.env._("New") if self.name == "/" else self.name

    def _compute_access_url(self):
        super()._compute_access_url()
        for document in self:
            document.access_url = f"/my/outsourcing/{self._portal_path}/{document.id}"

    @api.constrains("contract_id", "community_id")
    def _check_community(self):
        for document in self:
            # sudo: a document may be written by somebody who does not see the whole contract
            document.contract_id.sudo()._check_site_community(document.community_id)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "name": "/"} for vals in vals_list]
        contracts = [self._get_contract_of(vals) for vals in vals_list]
        together = self.env["outsourcing.contract"].union(*contracts).ids
        # sudo: whose numbers
        companies = [contract.with_prefetch(together).sudo().company_id for contract in contracts]
        rows = zip(companies, vals_list, strict=True)
        for company, group in groupby(rows, lambda row: row[0] or self.env.company):
            numbers = draw_numbers(company, self._sequence_code, len(group))
            for (_company, vals), number in zip(group, numbers, strict=True):
                vals["name"] = number
        return super().create(vals_list)

    @api.model
    def _get_contract_of(self, vals):
        """Return the contract a document with these values will belong to. Hook."""
        contracts = self.env["outsourcing.contract"]
        return contracts.browse(vals.get("contract_id") or self.env.context.get("default_contract_id"))

    def _split_for_transition(self, target):
        return self.grouped("company_id").values()  # time limits are settings of the company

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"name"}  # the number is drawn, never typed in

    # ---- parties ----------------------------------------------------------------------------------------

    def _is_staff(self):
        """Return whether the acting person is a supervisor (or more) of the property company."""
        user = self.env.user
        return not user._is_superuser() and user.has_group("property_outsourcing.group_outsourcing_user")

    def _is_of_firm(self, firm):
        """Return whether the acting person belongs to ``firm``, read from the partner, not from a flag."""
        # sudo: the firm's parent only
        return (
            bool(firm) and self.env.user.partner_id.commercial_partner_id == firm.sudo().commercial_partner_id
        )

    def _check_firm(self, firm):
        """Raise AccessError unless the acting person is a portal user of ``firm``."""
        if not self._is_of_firm(firm):
            raise AccessError(
                self.env._("Only the people of the firm named on the record may take this step.")
            )

    def _check_performers(self, performers, firm):
        """Raise UserError unless the people named as performers belong to ``firm``."""
        performers, firm = performers.sudo(), firm.sudo()  # names and parents only
        for performer in performers:
            if performer.commercial_partner_id != firm.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "%(person)s does not belong to %(firm)s.",
                        person=performer.name,
                        firm=firm.name,
                    )
                )

    def _require_staff(self):
        self._require_group("property_outsourcing.group_outsourcing_user")

    def _raise_already_submitted(self, date, user):
        self.ensure_one()
        raise UserError(
            self.env._(
                "%(record)s was already submitted on %(date)s by %(user)s.",
                record=self.display_name,
                date=format_moment(self, date),
                user=user.sudo().name,  # the name only
            )
        )

    # ---- evidence -----------------------------------------------------------------------------------------

    def _get_evidence_vals(self):
        return {
            **super()._get_evidence_vals(),
            "contract_id": self.contract_id.id,
            "community_id": self.community_id.id,
            "contractor_id": self.contractor_id.id,
            "company_id": self.company_id.id,
        }

    def _add_photos(self, files, phase, performer=None, **details):
        """Add ``files``; a firm that is logged in as such is nobody in person."""
        performer = (performer or self.env.user.partner_id).sudo()  # the kind of partner only
        return self._add_evidence(files, phase, None if performer.is_company else performer, **details)

    # ---- evidence by staff ------------------------------------------------------------------------------

    def _check_may_add_evidence(self):
        super()._check_may_add_evidence()
        self._require_staff()
