from odoo import fields, models


class OutsourcingContract(models.Model):
    """The quarters in which a contract was judged, each with the facts recorded under it."""

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

    def action_view_evaluations(self):
        """Open the quarters in which the contract was judged."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_evaluation.outsourcing_evaluation_action"
        )
        return {**action, "domain": [("contract_ids", "in", self.ids)], "context": {}}
