from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [("service", "Service"), ("works", "Works"), ("repairs", "Small repairs")]
# rates and months a new contract takes over
FIGURES = (
    "tax_rate", "retention_rate", "retention_months", "warranty_months", "penalty_cap_rate",
    "period_penalty_cap_rate",
)  # fmt: skip


class OutsourcingServiceType(models.Model):
    """What is outsourced, with the presets a new contract of this type starts from."""

    _name = "outsourcing.service.type"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Service Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="service")
    color = fields.Integer()
    tax_rate = fields.Float(
        "VAT (%)", default=6.0, help="Usual VAT rate of a general taxpayer for this service."
    )
    retention_rate = fields.Float(
        "Retention (%)", help="Retention is for works; a month of service is never retained."
    )
    retention_months = fields.Integer("Defect Liability (months)")
    warranty_months = fields.Integer("Warranty (months)")
    warranty_kind_id = fields.Many2one(
        "outsourcing.warranty.kind", "Warranty by Kind of Work", index="btree_not_null", ondelete="restrict"
    )
    penalty_cap_rate = fields.Float(
        "Cap on all Penalties (%)", help="Share of the contract amount that all penalties together can cost."
    )
    period_penalty_cap_rate = fields.Float(
        "Cap on Penalties of a Period (%)",
        help="Share of the fee of one period that all penalties of it together can cost.",
    )
    work_content = fields.Text(translate=True)
    required_document_type_ids = fields.Many2many("outsourcing.document.type", string="Required Documents")
    requirement_ids = fields.One2many(
        "outsourcing.service.type.requirement",
        "service_type_id",
        "Document Requirements",
        help="Minimum insured amounts, grades and numbers of certificates by contract value.",
    )
    rule_ids = fields.One2many(
        "outsourcing.service.type.rule", "service_type_id", "Penalty and Reward Clauses"
    )
    sla_ids = fields.One2many("outsourcing.service.type.sla", "service_type_id", "SLA Terms")
    standard_ids = fields.One2many(
        "outsourcing.service.type.standard", "service_type_id", "Quality Standards"
    )
    deliverable_ids = fields.One2many(
        "outsourcing.service.type.deliverable", "service_type_id", "Deliverables"
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "Another service type has this code.")

    @api.constrains(*FIGURES)
    def _check_figures(self):
        for service in self:
            if min(service[name] for name in FIGURES) < 0:
                raise ValidationError(self.env._("%s: rates and months cannot be negative.", service.name))

    @api.constrains("warranty_months", "warranty_kind_id")
    def _check_warranty_minimum(self):
        for service in self:
            service.warranty_kind_id._check_minimum(service.warranty_months)
