from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingWarrantyKind(models.Model):
    """The shortest warranty the law allows for a kind of work."""

    _name = "outsourcing.warranty.kind"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Warranty by Kind of Work"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    scope = fields.Char(translate=True, help="Which works it covers.")
    min_months = fields.Integer("Shortest Warranty (months)", help="0: as agreed.")
    source = fields.Char(translate=True, help="Law, article and year it follows from.")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another kind of warranty has this code.")
    _min_months_not_negative = models.Constraint(
        "CHECK(min_months >= 0)", "The months of a warranty cannot be negative."
    )

    @api.depends("name", "min_months")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for kind in self:
            name = kind.name or ""
            if kind.min_months:
                name = self.env._("%(name)s (≥ %(months)s months)", name=name, months=kind.min_months)
            kind.display_name = name

    def _check_minimum(self, months):
        """Raise ValidationError if a warranty of ``months`` is below what the law demands."""
        for kind in self:
            if months < kind.min_months:
                raise ValidationError(
                    self.env._(
                        "%(kind)s: a warranty of %(months)s months is below the minimum of %(minimum)s "
                        "months (%(law)s).",
                        kind=kind.name,
                        months=months,
                        minimum=kind.min_months,
                        law=kind.source or self.env._("no source given"),
                    )
                )
