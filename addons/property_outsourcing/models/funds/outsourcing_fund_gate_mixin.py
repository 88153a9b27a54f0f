from odoo import fields, models


class OutsourcingFundGateMixin(models.AbstractModel):
    """A step a fund demands, as a template of the fund and as a line of a contract."""

    _name = "outsourcing.fund.gate.mixin"
    _description = "Gate of a Fund"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Text("What it Takes", translate=True)
    stage = fields.Selection(
        [
            ("activation", "Before activation"),
            ("payment", "Before any payment"),
            ("completion", "Before the final payment"),
        ],
        "Needed",
        required=True,
        default="activation",
    )
    is_required = fields.Boolean(
        "Required", default=True, help="A required step holds back the activation or the payment."
    )
    requires_file = fields.Boolean("File Required")

    def _prepare_gate_vals(self):
        """Return the gate's values, to copy it from the fund to a contract."""
        self.ensure_one()
        names = ("sequence", "name", "description", "stage", "is_required", "requires_file")
        return {name: self[name] for name in names}
