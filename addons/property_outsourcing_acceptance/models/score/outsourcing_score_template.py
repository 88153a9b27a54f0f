from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.tools import RUNNING_STATES


class OutsourcingScoreTemplate(models.Model):
    """The monthly score sheet of a service: criteria whose weights make 100."""

    _name = "outsourcing.score.template"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Monthly score sheet template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_type_id = fields.Many2one(
        "outsourcing.service.type",
        string="Service type",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for every service type without a sheet of its own.",
    )
    criterion_ids = fields.One2many(
        "outsourcing.score.criterion", "template_id", string="Criteria", copy=True
    )
    weight_total = fields.Float(string="Sum of weights", compute="_compute_weight_total")

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for template in self:
            template.weight_total = sum(template.criterion_ids.mapped("weight"))

    @api.constrains("criterion_ids", "active")
    def _check_weights(self):
        for template in self:
            if template.active and template.criterion_ids and round(template.weight_total, 2) != 100:
                raise ValidationError(
                    self.env._(
                        "%(template)s: the weights add up to %(sum)s, not to 100.",
                        template=template.name,
                        sum=f"{template.weight_total:g}",
                    )
                )

    @api.model
    def _get_templates(self, services):
        """Return a dict service type -> template; the general one where a service has none of its own."""
        # sudo: portal code may ask; the templates are general terms
        templates = self.sudo().search([("criterion_ids", "!=", False)])
        general = templates.filtered(lambda template: not template.service_type_id)[:1]
        own = templates.filtered("service_type_id").grouped("service_type_id")
        return {service: own.get(service, general)[:1] for service in services}

    def _get_uses(self):
        uses = super()._get_uses()
        contracts = self.env["outsourcing.contract"].sudo()  # names only
        scored = contracts.search([("state", "in", RUNNING_STATES), ("milestone_ids.kind", "=", "period")])
        templates = self._get_templates(scored.service_type_id)
        for contract in scored:
            template = self.browse(templates[contract.service_type_id].id) & self
            if template:
                uses.setdefault(template, []).append(contract.display_name)
        return uses
