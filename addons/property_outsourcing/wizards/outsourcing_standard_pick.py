from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..models.workflow.trade_time import trade_today


class OutsourcingStandardPick(models.TransientModel):
    """Choose clauses of the library for a contract or a service type; their wording is copied."""

    _name = "outsourcing.standard.pick"
    _description = "Pick Clauses of the Library"

    contract_id = fields.Many2one("outsourcing.contract", ondelete="cascade")
    service_type_id = fields.Many2one(
        "outsourcing.service.type", compute="_compute_service_type_id", store=True, readonly=False
    )
    kind = fields.Selection(
        lambda self: self.env["outsourcing.standard"]._fields["kind"]._description_selection(self.env)
    )
    in_force_only = fields.Boolean(default=True)
    available_clause_ids = fields.Many2many(
        "outsourcing.standard.clause", compute="_compute_available_clause_ids"
    )
    clause_ids = fields.Many2many("outsourcing.standard.clause")

    @api.depends("contract_id")
    def _compute_service_type_id(self):
        for wizard in self:
            wizard.service_type_id = wizard.contract_id.service_type_id or wizard.service_type_id

    @api.depends("contract_id", "service_type_id", "kind", "in_force_only")
    def _compute_available_clause_ids(self):
        for wizard in self:
            wizard.available_clause_ids = self.env["outsourcing.standard.clause"].search(
                wizard._get_clause_domain()
            )

    def _get_clause_domain(self):
        """Return the domain of the clauses offered, by default those in force when the contract starts."""
        self.ensure_one()
        contract = self.contract_id
        domain = Domain("company_id", "in", (contract.company_id.id, False))
        domain &= Domain("id", "not in", contract.standard_ids.clause_id.ids)
        if self.service_type_id:
            domain &= Domain("service_type_ids", "in", self.service_type_id.ids)
        if self.kind:
            domain &= Domain("standard_id.kind", "=", self.kind)
        if self.in_force_only:
            date = contract.date_start or trade_today(self)
            domain &= self.env["outsourcing.standard"]._get_in_force_domain(date, "standard_id.")
        level = contract.community_id.service_level
        if level:
            domain &= Domain("service_level", "in", (level, False))
        return domain

    def action_pick(self):
        """Copy the chosen clauses into the contract; clauses it cites already are left out."""
        self.ensure_one()
        present = self.contract_id.standard_ids.clause_id
        start = max(self.contract_id.standard_ids.mapped("sequence"), default=0)
        vals_list = [
            {**clause._prepare_standard_vals(), "sequence": start + number}
            for number, clause in enumerate(self.clause_ids - present, 1)
        ]
        self.contract_id.write({"standard_ids": [Command.create(vals) for vals in vals_list]})
        return {"type": "ir.actions.act_window_close"}
