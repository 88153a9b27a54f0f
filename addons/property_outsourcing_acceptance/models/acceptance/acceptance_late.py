from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day

from .acceptance_workflow import NO_ANSWER


class OutsourcingAcceptance(models.Model):
    """An answer to a score given in time, which reached us after silence had been taken for consent."""

    _inherit = "outsourcing.acceptance"

    def _take_back_deemed(self):
        """Let the scores ``self`` be answered, where a phone tells that it was done in its days.

        The party was checked. Nothing happens where nobody has taken silence for an answer.

        :raise UserError: the time was over when it was written, or the month is settled meanwhile
        """
        # sudo: states, days and rows; the party was checked
        deemed = self.sudo().filtered(lambda sheet: sheet.state == "accepted" and sheet.is_deemed)
        for sheet in deemed:
            if act_day(sheet, sheet.date_scored) > sheet.confirm_deadline:
                raise UserError(
                    self.env._(
                        "%(record)s could be objected to until %(date)s; no answer counts as confirmed.",
                        record=sheet.display_name,
                        date=sheet.confirm_deadline,
                    )
                )
        deemed._check_may_withdraw()
        deemed._gated().write({**NO_ANSWER, "state": "to_confirm", "date_accepted": False})
        deemed.milestone_id._sync_acceptance()
        note = self.env._("No longer confirmed by silence: it was answered in time, the answer came later.")
        deemed._message_log_batch(dict.fromkeys(deemed.ids, note))
