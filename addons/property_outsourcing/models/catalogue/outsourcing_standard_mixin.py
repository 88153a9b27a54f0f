from odoo import api, fields, models


class OutsourcingStandardMixin(models.AbstractModel):
    """A national, local or own standard that quality is measured by."""

    _name = "outsourcing.standard.mixin"
    _description = "Quality Standard"

    name = fields.Char(required=True, translate=True)
    code = fields.Char("Number", help="E.g. TSG T5002-2017 or GB 50210-2018.")
    clause = fields.Char("Clause Number")
    criterion = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    clause_id = fields.Many2one(
        "outsourcing.standard.clause",
        "Library Clause",
        index="btree_not_null",
        ondelete="restrict",
        help="The clause of the library the text was copied from. The text stays as it was agreed.",
    )
    is_unverified = fields.Boolean(related="clause_id.is_unverified")
    standard_state = fields.Selection(related="clause_id.standard_id.state", string="State of the Standard")

    @api.onchange("clause_id")
    def _onchange_clause_id(self):
        if self.clause_id:
            self.update(self.clause_id._prepare_standard_vals())

    def _prepare_standard_vals(self):
        """Return the standard's values, to copy it from a preset to a contract."""
        self.ensure_one()
        vals = {name: self[name] for name in ("name", "code", "clause", "criterion", "sequence")}
        return {**vals, "clause_id": self.clause_id.id}
