from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import format_money


class OutsourcingDocumentRequirementMixin(models.AbstractModel):
    """From which contract value on a document must be how good; as a preset and as a term of a contract."""

    _name = "outsourcing.document.requirement.mixin"
    _description = "Document requirement"
    _order = "document_type_id, amount_from, id"

    document_type_id = fields.Many2one(
        "outsourcing.document.type", required=True, index=True, ondelete="restrict"
    )
    scope = fields.Selection(related="document_type_id.scope")
    category = fields.Selection(related="document_type_id.category")
    amount_from = fields.Float(
        "From contract value",
        digits=(16, 2),
        default=0.0,
        help="From this amount on, in the currency of the company, the document is asked for, on these "
        "terms. Zero: the line says how good the document must be where it is required anyway.",
    )
    min_insured_amount = fields.Float(
        "Minimum insured amount",
        digits=(16, 2),
        default=0.0,
        help="A policy insured for less does not count. In the currency of the company.",
    )
    min_grade_id = fields.Many2one(
        "outsourcing.document.grade",
        "Lowest grade",
        domain="[('type_id', '=', document_type_id)]",
        ondelete="restrict",
        help="A licence of a lower grade does not count.",
    )
    min_person_count = fields.Integer(
        "People holding it", default=1, help="How many people of the contractor must hold the certificate."
    )

    @api.constrains("amount_from", "min_insured_amount", "min_person_count")
    def _check_thresholds(self):
        for line in self:
            if min(line.amount_from, line.min_insured_amount) < 0 or line.min_person_count < 1:
                raise ValidationError(
                    self.env._(
                        "%s: amounts cannot be negative, and at least one person must hold a certificate.",
                        line.document_type_id.display_name,
                    )
                )

    @api.constrains("document_type_id", "min_grade_id")
    def _check_grade(self):
        for line in self:
            if line.min_grade_id and line.min_grade_id.type_id != line.document_type_id:
                raise ValidationError(
                    self.env._(
                        "%(grade)s is not a grade of %(document)s.",
                        grade=line.min_grade_id.name,
                        document=line.document_type_id.display_name,
                    )
                )

    @api.depends("document_type_id", "amount_from")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ≥ ".join(
                (line.document_type_id.name or "", format_money(line, line.amount_from))
            )

    def _prepare_requirement_vals(self):
        """Return the line's values, to copy it from a preset to a contract."""
        self.ensure_one()
        return {
            "document_type_id": self.document_type_id.id,
            "amount_from": self.amount_from,
            "min_insured_amount": self.min_insured_amount,
            "min_grade_id": self.min_grade_id.id,
            "min_person_count": self.min_person_count,
        }
