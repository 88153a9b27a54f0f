from odoo import api, fields, models
from odoo.exceptions import ValidationError

MILESTONES, PERIODS = "milestones", "periods"


class OutsourcingPaymentScheme(models.Model):
    """How contracts of a kind are usually paid: 30/40/30 for works, monthly or quarterly for services."""

    _name = "outsourcing.payment.scheme"
    _description = "Payment Scheme"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [(MILESTONES, "Milestones"), (PERIODS, "Periods")], required=True, default=MILESTONES
    )
    period_months = fields.Integer("Months per Period", default=1)
    line_ids = fields.One2many("outsourcing.payment.scheme.line", "scheme_id", "Payment Rows", copy=True)
    service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        string="Service Types",
        help="The types it is offered for; empty: all of its kind. The first of a type fills new contracts.",
    )

    @api.constrains("kind", "line_ids", "period_months")
    def _check_complete(self):
        for scheme in self:
            total = round(sum(scheme.line_ids.mapped("percent")), 4)
            if scheme.line_ids and scheme.kind == MILESTONES and total != 100:
                raise ValidationError(
                    self.env._(
                        "%(scheme)s: the shares add up to %(total)s %%, not to 100 %%.",
                        scheme=scheme.name,
                        total=f"{total:g}",
                    )
                )
            if scheme.kind == PERIODS and scheme.period_months < 1:
                raise ValidationError(self.env._("%s: a period has at least one month.", scheme.name))
