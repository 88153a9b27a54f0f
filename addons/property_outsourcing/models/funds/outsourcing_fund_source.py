from odoo import fields, models


class OutsourcingFundSource(models.Model):
    """Whose money pays a contract, and the steps that money demands."""

    _name = "outsourcing.fund.source"
    _inherit = ["outsourcing.in.use.mixin"]
    _description = "Source of Funds"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("service_fee", "Property service fee"),
            ("public_income", "Public income"),
            ("maintenance_fund", "Maintenance fund"),
            ("own", "Own funds"),
        ],
        required=True,
        default="service_fee",
        index=True,
    )
    description = fields.Text(translate=True)
    gate_ids = fields.One2many("outsourcing.fund.source.gate", "fund_source_id", "Steps", copy=True)
    contract_count = fields.Integer(compute="_compute_contract_count", string="Number of Contracts")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another source of funds has this code.")

    def _compute_contract_count(self):
        counts = dict(
            self.env["outsourcing.contract"]._read_group(
                [("fund_source_id", "in", self.ids)], ["fund_source_id"], ["__count"]
            )
        )
        for fund in self:
            fund.contract_count = counts.get(fund._origin, 0)

    def action_view_contracts(self):
        """Open the contracts paid from this source."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_contract_action"
        )
        return {**action, "domain": [("fund_source_id", "in", self.ids)], "context": {}}
