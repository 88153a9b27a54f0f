from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open


class SurveyUserInput(models.Model):
    """An answer of a household: counted, and nobody's. It is written once and read by nobody."""

    _inherit = "survey.user_input"

    outsourcing_round_id = fields.Many2one(
        "outsourcing.survey.round",
        "Satisfaction Survey",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._check_outsourcing_untouched()
        return answers

    def write(self, vals):
        if vals.get("outsourcing_round_id"):
            self._raise_outsourcing_untouched()
        self._check_outsourcing_untouched()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_of_households(self):
        self._check_outsourcing_untouched()

    def _check_outsourcing_untouched(self):
        # sudo: whether they are of households, which nobody reads
        if any(self.sudo().mapped("outsourcing_round_id")):
            self._raise_outsourcing_untouched()

    def _raise_outsourcing_untouched(self):
        if not is_gate_open(self, "survey.user_input"):
            raise UserError(self.env._("What households answer is counted, never written or changed."))


class SurveyUserInputLine(models.Model):
    _inherit = "survey.user_input.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_outsourcing_untouched()
        return lines

    def write(self, vals):
        self._check_outsourcing_untouched()
        result = super().write(vals)
        self._check_outsourcing_untouched()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_except_of_households(self):
        self._check_outsourcing_untouched()

    def _check_outsourcing_untouched(self):
        if not is_gate_open(self, "survey.user_input"):
            self.sudo().user_input_id._check_outsourcing_untouched()  # as there
