from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OutsourcingTender(models.Model):
    """The draft terms of the contract: what bidders price is what is signed."""

    _inherit = "outsourcing.tender"

    contract_date_start = fields.Date("Contract from")
    contract_date_end = fields.Date("Contract until")
    payment_scheme_id = fields.Many2one(
        "outsourcing.payment.scheme",
        ondelete="set null",
        domain="[('kind', '=', 'milestones' if kind == 'works' else 'periods'),"
        " '|', ('service_type_ids', '=', False), ('service_type_ids', 'in', service_type_id)]",
    )
    sla_ids = fields.One2many("outsourcing.tender.sla", "tender_id", "SLA Terms", copy=True)
    rule_ids = fields.One2many(
        "outsourcing.tender.rule", "tender_id", "Penalty and Reward Clauses", copy=True
    )
    standard_ids = fields.One2many("outsourcing.tender.standard", "tender_id", "Quality Standards", copy=True)
    required_document_type_ids = fields.Many2many(
        "outsourcing.document.type", string="Required Documents", context={"active_test": False}
    )

    @api.onchange("service_type_id")
    def _onchange_service_type_id(self):
        if self.service_type_id:
            self._load_presets()

    def action_load_presets(self):
        """Fill terms, required documents and factors from the service type; draft only."""
        self.check_access("write")
        for tender in self:
            if tender.state != "draft":
                raise UserError(self.env._("Presets are loaded into a draft only."))
            tender._load_presets()

    def _load_presets(self):
        """Replace terms and factors of ``self`` by those of its service type. Hook."""
        for tender in self:
            service = tender.service_type_id
            tender.required_document_type_ids = [Command.set(service.required_document_type_ids.ids)]
            tender.sla_ids = self._copy_terms(service.sla_ids, "_prepare_sla_vals")
            tender.rule_ids = self._copy_terms(service.rule_ids, "_prepare_rule_vals")
            tender.standard_ids = self._copy_terms(service.standard_ids, "_prepare_standard_vals")
            tender.criterion_ids = tender._prepare_factors()
            tender.kept_factors = False  # those of another service
            if service.work_content and not tender.description:
                tender.description = service.work_content

    def _prepare_factors(self):
        """Return the commands of the usual factors: of the template, the price where no panel sits."""
        self.ensure_one()
        if self.way_id and not self.way_id.panel_size:
            return self._prepare_price_only()
        template = self.env["outsourcing.tender.template"]._find(self.service_type_id._origin)
        return self._copy_terms(template.line_ids, "_prepare_criterion_vals")

    @api.model
    def _prepare_price_only(self):
        price = {"name": self.env._("Price"), "kind": "price", "weight": 100}
        return [Command.clear(), Command.create(price)]

    @api.model
    def _copy_terms(self, lines, prepare):
        return [Command.clear(), *(Command.create(getattr(line, prepare)()) for line in lines)]

    def action_price_only(self):
        """Let the price alone decide: one factor of 100 points; draft only."""
        self.check_access("write")
        for tender in self:
            if tender.state != "draft":
                raise UserError(self.env._("Factors are changed in a draft only."))
            tender.criterion_ids = tender._prepare_price_only()
