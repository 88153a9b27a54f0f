from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OutsourcingTenderTemplate(models.Model):
    """The usual factors by which bids for a service are scored; they add up to 100 points."""

    _name = "outsourcing.tender.template"
    _description = "Template of Scoring Factors"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_type_ids = fields.Many2many(
        "outsourcing.service.type",
        string="Service Types",
        help="The types it is offered for; empty: all. The first of a type fills new tenders.",
    )
    line_ids = fields.One2many("outsourcing.tender.template.line", "template_id", "Factors", copy=True)
    weight_total = fields.Float("Points in Total", compute="_compute_weight_total")

    @api.depends("line_ids.weight")
    def _compute_weight_total(self):
        for template in self:
            template.weight_total = round(sum(template.line_ids.mapped("weight")), 2)

    @api.constrains("line_ids")
    def _check_complete(self):
        for template in self:
            if template.line_ids and template.weight_total != 100:
                raise ValidationError(
                    self.env._(
                        "%(template)s: the points add up to %(total)s, not to 100.",
                        template=template.name,
                        total=f"{template.weight_total:g}",
                    )
                )

    @api.model
    def _find(self, service):
        """Return the template of ``service``: its own, else a general one."""
        templates = self.search([])
        own = templates.filtered(lambda template: service in template.service_type_ids)
        return (own or templates.filtered(lambda template: not template.service_type_ids))[:1]
