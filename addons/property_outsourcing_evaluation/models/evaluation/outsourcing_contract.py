from odoo import api, fields, models


class OutsourcingContract(models.Model):
    """The quarters in which a contract was judged, each with what it scored by its own facts."""

    _inherit = "outsourcing.contract"

    evaluation_ids = fields.Many2many(
        "outsourcing.evaluation",
        "outsourcing_evaluation_contract_rel",
        "contract_id",
        "evaluation_id",
        "Evaluated Quarters",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    evaluation_row_ids = fields.One2many(
        "outsourcing.evaluation.contract",
        "contract_id",
        "Scores by Quarter",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    evaluation_label = fields.Char(
        "Last Score", compute="_compute_evaluation_label", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("evaluation_row_ids.score", "evaluation_row_ids.is_graded", "evaluation_row_ids.state")
    @api.depends_context("lang")
    def _compute_evaluation_label(self):
        for contract in self:
            final = contract.evaluation_row_ids.filtered(lambda row: row.state == "final")
            last = final.filtered("is_graded")[:1]
            contract.evaluation_label = f"{last.score:g} {last.grade_id.name}" if last else False

    def action_view_evaluations(self):
        """Open what the contract scored in each quarter."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_evaluation_contract_action"
        )
        return {**action, "domain": [("contract_id", "in", self.ids)], "context": {}}
