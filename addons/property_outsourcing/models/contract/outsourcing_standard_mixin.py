from odoo import fields, models


class OutsourcingStandardMixin(models.AbstractModel):
    """A national, local or own standard that quality is measured by."""

    _name = "outsourcing.standard.mixin"
    _description = "Quality Standard"

    name = fields.Char(required=True, translate=True)
    code = fields.Char("Number", help="E.g. TSG T5002-2017 or GB 50210-2018.")
    clause = fields.Char("Clause Number")
    criterion = fields.Text(translate=True)
    sequence = fields.Integer(default=10)

    def _prepare_standard_vals(self):
        """Return the standard's values, to copy it from a preset to a contract."""
        self.ensure_one()
        return {name: self[name] for name in ("name", "code", "clause", "criterion", "sequence")}
