from odoo import fields, models


class OutsourcingStandardClause(models.Model):
    """The contracts that cite a clause of the library."""

    _inherit = "outsourcing.standard.clause"

    contract_standard_ids = fields.One2many(
        "outsourcing.contract.standard", "clause_id", "Contract Standards"
    )
    contract_count = fields.Integer(compute="_compute_contract_count", string="Number of Contracts")

    def _compute_contract_count(self):
        counts = dict(
            self.env["outsourcing.contract.standard"]._read_group(
                [("clause_id", "in", self.ids)], ["clause_id"], ["contract_id:count_distinct"]
            )
        )
        for clause in self:
            clause.contract_count = counts.get(clause._origin, 0)

    def action_view_contracts(self):
        """Open the contracts that cite the clause."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_contract_action"
        )
        return {**action, "domain": [("standard_ids.clause_id", "in", self.ids)], "context": {}}
