from typing import NamedTuple

from odoo import api, fields, models


class DocumentRequirement(NamedTuple):
    """What is asked of a contractor for one document type."""

    document_type: models.BaseModel
    min_insured_amount: float
    min_grade: models.BaseModel
    min_person_count: int


class OutsourcingDocumentType(models.Model):
    _name = "outsourcing.document.type"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Type of compliance document"
    _rec_names_search = ["name", "code"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    scope = fields.Selection(
        [("contractor", "Contractor"), ("person", "Person"), ("contract", "Contract")],
        string="Held by",
        required=True,
        default="contractor",
        help="Contractor: one for the firm. Person: of somebody who works for it. "
        "Contract: signed for one contract.",
    )
    category = fields.Selection(
        [
            ("licence", "Licence"),
            ("certificate", "Certificate"),
            ("insurance", "Insurance"),
            ("safety_letter", "Safety responsibility letter"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    has_expiry = fields.Boolean(
        string="Expires",
        default=True,
        help="A document of this type is verified only with its last day of validity.",
    )
    warn_days = fields.Integer(
        string="Warn before (days)",
        default=30,
        help="A document counts as expiring this many days before its end.",
    )
    min_insured_amount = fields.Float(
        string="Minimum insured amount",
        digits=(16, 2),
        help="A policy insured for less does not count. In the currency of the company; "
        "zero: any amount will do.",
    )
    is_filed_first = fields.Boolean(
        "Filed before Submission",
        compute="_compute_is_filed_first",
        store=True,
        readonly=False,
        precompute=True,
        help="Where a contract asks for it, the document is filed before the contract is submitted; others "
        "may follow until it becomes active.",
    )
    description = fields.Text(
        translate=True, help="What to look at before verifying a document of this type."
    )
    grade_ids = fields.One2many(
        "outsourcing.document.grade",
        "type_id",
        string="Grades",
        copy=True,
        help="Grades in which the document is issued, the highest first. Empty: it has none.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "Another document type has this code.")
    _warn_days_positive = models.Constraint(
        "CHECK (warn_days >= 0)", "The days of warning cannot be negative."
    )
    _min_insured_amount_positive = models.Constraint(
        "CHECK (min_insured_amount >= 0)", "The minimum insured amount cannot be negative."
    )

    @api.depends("category")
    def _compute_is_filed_first(self):
        for document_type in self:
            document_type.is_filed_first = document_type.category == "safety_letter"

    def _get_requirements(self, lines, amount):
        """Return what is asked for the required types ``self`` at the contract value ``amount``.

        :param lines: requirement lines; one that starts at a value reached makes its type required too,
            one that always counts only says how good a required document must be
        :return: list of ``DocumentRequirement``, one per document type, the strictest line deciding
        """
        lines = lines.filtered(lambda line: line.amount_from <= amount)
        requirements = []
        added = lines.filtered("amount_from").document_type_id
        for document_type in (self | added).sorted():
            own = lines.filtered(lambda line, t=document_type: line.document_type_id == t)
            requirements.append(
                DocumentRequirement(
                    document_type,
                    max([document_type.min_insured_amount, *own.mapped("min_insured_amount")]),
                    own.min_grade_id.sorted("sequence")[:1],
                    max([1, *own.mapped("min_person_count")]),
                )
            )
        return requirements
