from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open
from odoo.addons.property_outsourcing.models.workflow.step_refusal import refuse_step

from .round_workflow import MANAGER


class OutsourcingSurveyRound(models.Model):
    """While people vote a manager may give them more days, never fewer; the log keeps the old one."""

    _inherit = "outsourcing.survey.round"

    def write(self, vals):
        if "date_to" in vals and not is_gate_open(self, self._name):
            running = self.filtered(lambda survey: survey.state == "running")
            before = {survey: survey.date_to for survey in running}
            result = super().write(vals)
            running._check_prolonged(before)
            return result
        return super().write(vals)

    def _check_prolonged(self, before):
        """Raise unless a manager moved the last day of each of ``self``, which run, forward.

        :param dict before: round -> the day it was
        """
        for survey in self:
            day = before[survey]
            if not survey.date_to or survey.date_to == day:
                continue  # required: the database refuses none
            if not self.env.user.has_group(MANAGER):
                raise refuse_step(self.env, MANAGER)
            if survey.date_to < day:
                raise UserError(
                    self.env._(
                        "%(survey)s: households were told that they may vote until %(date)s; the last "
                        "day can only be moved forward.",
                        survey=survey.display_name,
                        date=day,
                    )
                )
