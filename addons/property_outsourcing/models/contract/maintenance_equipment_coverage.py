from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import RUNNING_STATES
from ..workflow.trade_time import trade_today

STAFF = "property_outsourcing.group_outsourcing_user,property_outsourcing.group_outsourcing_finance"


class MaintenanceEquipment(models.Model):
    """By which running contract the equipment is covered."""

    _inherit = "maintenance.equipment"

    outsourcing_contract_ids = fields.Many2many(
        "outsourcing.contract",
        string="Covered by",
        compute="_compute_outsourcing_contract_ids",
        search="_search_outsourcing_contract_ids",
        groups=STAFF,
        help="Running contracts whose scope names the equipment.",
    )
    outsourcing_contract_count = fields.Integer(
        string="Number of contracts", compute="_compute_outsourcing_contract_ids", groups=STAFF
    )

    @api.depends_context("uid")
    def _compute_outsourcing_contract_ids(self):
        lines = self.env["outsourcing.contract.scope"].search(
            self._get_covering_domain() & Domain("equipment_ids", "in", self.ids)
        )
        contracts = {}
        for line in lines:
            for equipment in line.equipment_ids:
                contracts[equipment.id] = contracts.get(equipment.id, line.contract_id) | line.contract_id
        for equipment in self:
            equipment.outsourcing_contract_ids = contracts.get(equipment._origin.id, False)
            equipment.outsourcing_contract_count = len(equipment.outsourcing_contract_ids)

    def _search_outsourcing_contract_ids(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        lines, covering = self.env["outsourcing.contract.scope"], self._get_covering_domain()
        if operator == "any":
            covered = lines.search(covering & Domain("contract_id", "any", value)).equipment_ids
            return Domain("id", "in", covered.ids)
        wanted = [contract_id for contract_id in value if contract_id]
        domain = Domain(
            "id", "in", lines.search(covering & Domain("contract_id", "in", wanted)).equipment_ids.ids
        )
        if False in value:
            domain |= Domain("id", "not in", lines.search(covering).equipment_ids.ids)
        return domain

    @api.model
    def _get_covering_domain(self):
        """Return the domain of the scope lines that are in force today."""
        running = Domain("contract_id.state", "in", RUNNING_STATES)
        today = trade_today(self)
        return running & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))

    def action_view_outsourcing_contracts(self):
        """Open the running contracts that cover the equipment."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_contract_action"
        )
        return {**action, "domain": [("id", "in", self.outsourcing_contract_ids.ids)], "context": {}}
