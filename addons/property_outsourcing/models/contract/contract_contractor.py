from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..workflow.missing_points import MissingPoint
from ..workflow.trade_time import trade_today


class OutsourcingContract(models.Model):
    """What a contract asks of its contractor, and with whom none is made at all."""

    _inherit = "outsourcing.contract"

    requirement_ids = fields.One2many(
        "outsourcing.contract.requirement",
        "contract_id",
        "Document Requirements",
        copy=True,
        help="Minimum insured amounts, grades and numbers of certificates by contract value.",
    )
    amount_company = fields.Monetary(
        "Amount in the Company's Currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the first day; it is what the thresholds of documents are compared with.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    compliance_ids = fields.Many2many(
        "outsourcing.compliance",
        string="Compliance of the contractor",
        compute="_compute_compliance_ids",
        export_string_translation=False,
    )

    contractor_alert = fields.Char(
        "Status of the Contractor",
        compute="_compute_contractor_alert",
        compute_sudo=True,  # a sentence, no document of the firm
        help="Why nothing is dispatched to the contractor, or it is not paid: suspended, blacklisted, "
        "lapsed.",
    )

    contractor_warning = fields.Char(
        "Warning about the Contractor",
        compute="_compute_contractor_alert",
        compute_sudo=True,  # a sentence, no document of the firm
        groups="base.group_user",
        help="What another company decided about the contractor and does not bind this one.",
    )

    @api.depends(
        "state", "company_id", "contractor_id.outsourcing_state", "contractor_id.outsourcing_state_until",
        "contractor_id.outsourcing_sanction_company_ids",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_contractor_alert(self):
        for contract in self:
            firm, over = contract.contractor_id, contract.state in ("closed", "cancelled")
            company, counts = contract.company_id or self.env.company, bool(firm) and not over
            sentences = firm._get_contractor_state_blockers("dispatch", company) if counts else []
            contract.contractor_alert = " ".join(sentences)
            contract.contractor_warning = counts and firm._get_foreign_sanction_sentence(company)

    @api.depends("amount_total", "currency_id", "company_id", "date_start")
    def _compute_amount_company(self):
        for contract in self:
            own = contract.company_id.currency_id
            if not own or not contract.currency_id:
                contract.amount_company = contract.amount_total
                continue
            date = contract.date_start or trade_today(contract)
            contract.amount_company = contract.currency_id._convert(
                contract.amount_total, own, contract.company_id, date
            )

    def _compute_compliance_ids(self):
        # with their values: read again by their ids, the rows of the whole company are computed
        compliance = self.env["outsourcing.compliance"].search_fetch([("contract_id", "in", self.ids)])
        rows = compliance.grouped("contract_id")
        for contract in self:
            contract.compliance_ids = rows.get(contract._origin, False)

    @api.constrains("contractor_id")
    def _check_contractor_not_blacklisted(self):
        for contract in self:
            if message := contract._get_blacklist_message():
                raise ValidationError(message)

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "to_approve":
            message = self._get_blacklist_message()
            points += [MissingPoint(message, record=self.contractor_id)] if message else []
            points += self._get_unfiled_documents()
        elif target == "active":
            points += self.contractor_id._get_contractor_blockers("activate", self)
        return points

    def _get_blacklist_message(self):
        """Return why no contract is made with the contractor, or False."""
        firm = self.contractor_id.sudo()  # its status only
        if not firm or firm._get_outsourcing_state_for(self.company_id) != "blacklisted":
            return False
        name = self.contractor_id.display_name
        return self.env._("%s is blacklisted: no contract can be made with it.", name)

    def _get_unfiled_documents(self):
        """Return a point for each document that is filed before the contract goes to its approver."""
        points, contractor = [], self.contractor_id.commercial_partner_id
        for requirement in self._get_document_requirements():
            if requirement.document_type.is_filed_first:
                documents = contractor._get_documents_of(requirement, self)
                if not documents.filtered(lambda document: document.state != "expired"):
                    points += contractor._get_document_blockers(requirement, documents, self)
        return points

    def _load_presets(self):
        """Take over the document requirements of the service type as well."""
        result = super()._load_presets()
        for contract in self.filtered("service_type_id"):
            contract.requirement_ids = self._replace_commands(
                line._prepare_requirement_vals() for line in contract.service_type_id.requirement_ids
            )
        return result

    def _get_document_requirements(self):
        """Return the requirements that count at the amount of ``self``; see the document type's method."""
        self.ensure_one()
        return self.required_document_type_ids._get_requirements(self.requirement_ids, self.amount_company)
