from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import RUNNING_STATES

STATES = [
    ("missing", "Missing"),
    ("expired", "Expired"),
    ("insufficient", "Insufficient"),
    ("upcoming", "Not yet in force"),
    ("unverified", "To verify"),
    ("expiring", "Expiring"),
    ("valid", "Valid"),
]
SEVERITY = {name: rank for rank, (name, _label) in enumerate(reversed(STATES))}


class OutsourcingCompliance(models.Model):
    """The matrix: a row per contractor, or contract, and required document, with the best document held.

    The rows are computed from what is on file whenever they are read, for the reader's today; the sentences
    of ``res.partner._get_contractor_blockers`` follow the same rules.
    """

    _name = "outsourcing.compliance"
    _description = "Contractor compliance"
    _auto = False
    _order = "partner_id, severity desc, document_type_id, id"
    _depends = {
        "outsourcing.contract": ["contractor_id", "company_id", "community_id", "state", "amount_company"],
        "outsourcing.contract.requirement": [
            "contract_id",
            "document_type_id",
            "amount_from",
            "min_insured_amount",
            "min_grade_id",
            "min_person_count",
        ],
        "outsourcing.document": [
            "active",
            "contract_id",
            "date_end",
            "date_start",
            "date_verified",
            "date_warn",
            "grade_id",
            "insured_amount",
            "is_superseded",
            "partner_id",
            "person_id",
            "type_id",
        ],
        "outsourcing.document.grade": ["sequence"],
        "outsourcing.document.type": ["category", "min_insured_amount", "scope"],
        "outsourcing.service.type.requirement": [
            "service_type_id",
            "document_type_id",
            "amount_from",
            "min_insured_amount",
            "min_grade_id",
            "min_person_count",
        ],
        "res.partner": ["active", "company_id", "outsourcing_state"],
    }

    partner_id = fields.Many2one("res.partner", "Contractor", readonly=True)
    contractor_state = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("qualified", "Qualified"),
            ("suspended", "Suspended"),
            ("blacklisted", "Blacklisted"),
        ],
        "Contractor status",
        readonly=True,
    )
    service_type_ids = fields.Many2many(
        related="partner_id.outsourcing_service_type_ids", string="Outsourced services"
    )
    tier = fields.Char(related="partner_id.outsourcing_tier", string="Supplier Tier")
    document_type_id = fields.Many2one("outsourcing.document.type", "Required document", readonly=True)
    scope = fields.Selection(
        [("contractor", "Contractor"), ("person", "Person"), ("contract", "Contract")],
        "Held by",
        readonly=True,
    )
    category = fields.Selection(
        [
            ("licence", "Licence"),
            ("certificate", "Certificate"),
            ("insurance", "Insurance"),
            ("safety_letter", "Safety responsibility letter"),
            ("other", "Other"),
        ],
        readonly=True,
    )
    contract_id = fields.Many2one("outsourcing.contract", readonly=True)
    contract_state = fields.Selection(
        [
            ("draft", "Draft"),
            ("to_approve", "To approve"),
            ("active", "Running"),
            ("suspended", "Performance Suspended"),
        ],
        readonly=True,
    )
    community_id = fields.Many2one("outsourcing.community", "Main Community", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    is_repeated = fields.Boolean(
        "Asked of the firm anyway",
        readonly=True,
        help="The contract asks for no more than the services of the contractor do.",
    )
    document_id = fields.Many2one("outsourcing.document", "Best document", readonly=True)
    number = fields.Char(readonly=True)
    person_id = fields.Many2one("res.partner", readonly=True)
    date_end = fields.Date("Valid until", readonly=True)
    days_left = fields.Integer(readonly=True, aggregator="min")
    insured_amount = fields.Float("Insured amount", digits=(16, 2), readonly=True, aggregator=False)
    min_insured_amount = fields.Float(
        "Minimum insured amount", digits=(16, 2), readonly=True, aggregator=False
    )
    grade_id = fields.Many2one("outsourcing.document.grade", readonly=True)
    min_grade_id = fields.Many2one("outsourcing.document.grade", "Lowest grade", readonly=True)
    holder_count = fields.Integer("People holding it", readonly=True, aggregator=False)
    min_person_count = fields.Integer("People needed", readonly=True, aggregator=False)
    state = fields.Selection(STATES, readonly=True)
    severity = fields.Integer("Worst State", readonly=True, aggregator="max")
    open_count = fields.Integer("Open points", readonly=True)

    @api.depends("document_type_id", "partner_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.partner_id.name} · {row.document_type_id.name}"

    def action_open(self):
        """Open the document of the row, or a new one, filled in as far as the row knows."""
        self.ensure_one()
        documents = self.env["outsourcing.document"]
        if self.document_id:
            action = documents._get_new_action(self.document_type_id, self.partner_id)
            return action | {"res_id": self.document_id.id, "context": {}}
        if not documents.has_access("create"):
            raise UserError(self.env._("%s is missing: nobody has filed it yet.", self.display_name))
        return documents._get_new_action(self.document_type_id, self.partner_id, self.contract_id)

    @api.model
    def _get_standing_domain(self):
        """Return the domain of the rows that make up the compliance of a firm as it stands."""
        return [("is_repeated", "=", False), ("contract_state", "in", (False, *RUNNING_STATES))]
