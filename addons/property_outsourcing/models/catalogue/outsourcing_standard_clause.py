from odoo import api, fields, models

from ...tools import ExactFloat, plain_number

SERVICE_LEVELS = [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")]


class OutsourcingStandardClause(models.Model):
    """One requirement of a regulation or standard: what is demanded, and how it is sampled."""

    _name = "outsourcing.standard.clause"
    _description = "Clause of a Standard"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.in.use.mixin"]
    _order = "standard_id, sequence, id"
    _rec_names_search = ["name", "number", "standard_id.number", "standard_id.name"]

    standard_id = fields.Many2one("outsourcing.standard", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    number = fields.Char("Clause Number", help="E.g. 6.0.12 or Art. 40.")
    name = fields.Char("Subject", required=True, translate=True)
    criterion = fields.Text(required=True, translate=True)
    sampling = fields.Text(translate=True, help="How many, how often and by what method it is checked.")
    limit_operator = fields.Selection([("min", "≥"), ("max", "≤"), ("equal", "=")], "Limit is")
    limit_value = ExactFloat("Limit", digits=(16, 3))
    limit_unit = fields.Char("Unit of the Limit")
    limit = fields.Char("Limit Value", compute="_compute_limit")
    service_level = fields.Selection(
        SERVICE_LEVELS, help="Level of property service the clause belongs to; empty for all."
    )
    service_type_ids = fields.Many2many("outsourcing.service.type", string="Service Types")
    is_unverified = fields.Boolean(
        "Verify before Use", help="The value comes from practice; compare it with the official text first."
    )
    trust_note = fields.Char("Note on the Source", translate=True)
    kind = fields.Selection(related="standard_id.kind")
    state = fields.Selection(related="standard_id.state")
    company_id = fields.Many2one(related="standard_id.company_id", store=True, index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.depends("limit_operator", "limit_value", "limit_unit")
    def _compute_limit(self):
        signs = dict(self._fields["limit_operator"].selection)
        for clause in self:
            if clause.limit_operator:
                sign = signs[clause.limit_operator]
                clause.limit = f"{sign} {plain_number(clause.limit_value)} {clause.limit_unit or ''}".strip()
            else:
                clause.limit = False

    @api.depends("number", "name", "standard_id.number")
    def _compute_display_name(self):
        for clause in self:
            parts = (clause.standard_id.number, clause.number, clause.name)
            clause.display_name = " ".join(part for part in parts if part)

    def _prepare_standard_vals(self):
        """Return what a contract or preset copies from the clause: the wording as it reads today."""
        self.ensure_one()
        parts = [self.criterion, self.sampling and self.env._("Sampling: %s", self.sampling)]
        return {
            "clause_id": self.id,
            "name": self.name,
            "code": self.standard_id.number,
            "clause": self.number,
            "criterion": "\n".join(part for part in parts if part),
        }
