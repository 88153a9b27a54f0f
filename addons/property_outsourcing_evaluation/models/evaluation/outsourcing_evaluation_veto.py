from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingEvaluationVeto(models.Model):
    """What gave an evaluation the lowest grade: facts by themselves, or a manager with a reason."""

    _name = "outsourcing.evaluation.veto"
    _description = "Veto of an Evaluation"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "evaluation_id, id"
    _workflow_parent = "evaluation_id"
    _line_open_states = ("draft",)
    _rec_name = "veto_id"

    evaluation_id = fields.Many2one("outsourcing.evaluation", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    scorecard_id = fields.Many2one(related="evaluation_id.scorecard_id")
    veto_id = fields.Many2one(
        "outsourcing.scorecard.veto",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('scorecard_id', '=', scorecard_id), ('fact_type', '=', False)]",
    )
    is_automatic = fields.Boolean("By Facts")
    fact_count = fields.Integer("How many")
    reason = fields.Char("Grounds")

    _once = models.Constraint("UNIQUE(evaluation_id, veto_id)", "This veto is established already.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"is_automatic", "fact_count"}

    @api.model_create_multi
    def create(self, vals_list):
        self._check_manager()
        vetoes = super().create(vals_list)
        vetoes._check_grounds()
        return vetoes

    def write(self, vals):
        self._check_manager()
        if not self._is_gate_open() and any(self.mapped("is_automatic")):
            raise UserError(self.env._("This veto follows from facts: correct the document behind it."))
        result = super().write(vals)
        self._check_grounds()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_only_by_hand(self):
        if not self._is_gate_open() and any(self.mapped("is_automatic")):
            raise UserError(self.env._("This veto follows from facts: correct the document behind it."))

    def _check_manager(self):
        if not self._is_gate_open() and not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("A manager establishes a veto."))

    def _check_grounds(self):
        if self._is_gate_open():
            return
        for veto in self:
            if not (veto.reason or "").strip():
                raise UserError(
                    self.env._(
                        "%s: write the grounds, the contractor has a right to them.", veto.veto_id.name
                    )
                )
            if veto.veto_id.scorecard_id != veto.evaluation_id.scorecard_id or veto.veto_id.fact_type:
                raise UserError(
                    self.env._("%s is none of the vetoes a manager establishes here.", veto.veto_id.name)
                )
