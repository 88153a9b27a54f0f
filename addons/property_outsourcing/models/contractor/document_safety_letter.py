from odoo import api, fields, models

from ..catalogue.outsourcing_safety_letter_mixin import LETTER_TEXTS

LETTER_FIELDS = {
    *LETTER_TEXTS,
    "letter_report_minutes",
    "letter_deposit_amount",
    "letter_date_signed",
    "letter_safety_person_id",
    "letter_owner_person_id",
}


class OutsourcingDocument(models.Model):
    """The fields of a safety responsibility letter; a new one starts from the text of its type."""

    _name = "outsourcing.document"
    _inherit = ["outsourcing.document", "outsourcing.safety.letter.mixin"]

    letter_scope = fields.Text(compute="_compute_letter_texts", store=True, readonly=False, precompute=True)
    letter_targets = fields.Text(compute="_compute_letter_texts", store=True, readonly=False, precompute=True)
    letter_duties = fields.Text(compute="_compute_letter_texts", store=True, readonly=False, precompute=True)
    letter_hazards = fields.Text(compute="_compute_letter_texts", store=True, readonly=False, precompute=True)
    letter_inspection = fields.Text(
        compute="_compute_letter_texts", store=True, readonly=False, precompute=True
    )
    letter_penalties = fields.Text(
        compute="_compute_letter_texts", store=True, readonly=False, precompute=True
    )
    letter_accident = fields.Text(
        compute="_compute_letter_texts", store=True, readonly=False, precompute=True
    )
    letter_report_minutes = fields.Integer(
        compute="_compute_letter_texts", store=True, readonly=False, precompute=True
    )
    letter_deposit_amount = fields.Float(
        "Safety deposit",
        digits=(16, 2),
        compute="_compute_letter_deposit_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="In the currency of the contract.",
    )
    letter_date_signed = fields.Date("Letter signed on")
    letter_safety_person_id = fields.Many2one(
        "res.partner",
        "Safety person in charge",
        domain="[('commercial_partner_id', '=?', partner_id), ('is_company', '=', False)]",
        ondelete="restrict",
        help="Of the contractor, responsible for safety on site.",
    )
    letter_owner_person_id = fields.Many2one(
        "res.users",
        "Safety person of the property company",
        domain=[("share", "=", False)],
        ondelete="restrict",
    )

    _letter_figures_positive = models.Constraint(
        "CHECK (letter_deposit_amount >= 0 AND letter_report_minutes >= 0)",
        "The safety deposit and the time to report an accident cannot be negative.",
    )

    @api.depends("type_id")
    def _compute_letter_texts(self):
        for document in self:
            document_type = document.type_id
            is_letter = document_type.category == "safety_letter"
            for name in (*LETTER_TEXTS, "letter_report_minutes"):
                document[name] = is_letter and (document[name] or document_type[name])

    @api.depends("type_id", "contract_id")
    def _compute_letter_deposit_amount(self):
        for document in self:
            contract = document.contract_id
            rate = document.type_id.letter_deposit_rate
            if document.type_id.category != "safety_letter":
                rate = 0.0
            amount = contract.amount_total * rate / 100
            document.letter_deposit_amount = contract.currency_id.round(amount) if contract else 0.0

    @api.model
    def _get_content_fields(self):
        return super()._get_content_fields() | LETTER_FIELDS
