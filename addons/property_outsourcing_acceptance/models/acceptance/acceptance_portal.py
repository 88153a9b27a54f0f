from odoo import api, models
from odoo.exceptions import AccessError, UserError


class OutsourcingAcceptance(models.Model):
    """What the contractor does from the portal: apply, answer the items, put repaired work forward again."""

    _inherit = "outsourcing.acceptance"

    @api.model
    def _portal_request(self, milestone, amount=None, note=None):
        """Apply for the acceptance of ``milestone`` as the contractor (报验).

        :param milestone: the payment row, in the portal user's environment
        :param float amount: amount claimed, if not all that is open
        :return: the acceptance, at its first level
        """
        milestone = milestone.with_env(self.env)
        milestone.check_access("read")
        firm = self.env.user.partner_id.commercial_partner_id
        if self.env.user._is_superuser() or milestone.sudo().contractor_id != firm:  # the party only
            raise AccessError(self.env._("Only the contractor of this document may take this step."))
        if milestone.kind == "period":
            raise UserError(self.env._("A month of service is scored by the property company."))
        vals = milestone.sudo()._prepare_acceptance_vals()  # the contractor of the row was checked above
        if amount is not None:
            vals["amount_claimed"] = amount
        acceptance = self.sudo().create({**vals, "user_id": milestone._get_responsible_user().id})  # as above
        acceptance = acceptance.with_user(self.env.user)
        acceptance.action_submit()
        if (note or "").strip():
            acceptance.sudo().message_post(body=note.strip())  # as above
        return acceptance

    def _portal_save_lines(self, answers):
        """Store the contractor's own findings at the self-check.

        :param dict answers: line id -> dict with any of ``result``, ``value``, ``note``
        """
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        acceptance = self.sudo()  # the party was checked
        if acceptance.state not in ("self_check", "rework"):
            raise UserError(self.env._("%s is not at the contractor's self-check.", acceptance.display_name))
        lines = acceptance.line_ids.grouped("id")
        for line_id, answer in answers.items():
            if line_id not in lines:
                raise UserError(self.env._("This item does not belong to %s.", acceptance.display_name))
            lines[line_id][0]._gated().write(lines[line_id][0]._prepare_self_answer_vals(answer))

    def _portal_resubmit(self, comment=None):
        """Put repaired work forward again as the contractor."""
        self.ensure_one()
        self.check_access("read")
        self._require_contractor()
        if self.state != "rework" or self.method != "levels":
            raise UserError(self.env._("%s is not waiting for you.", self.display_name))
        self.action_submit()
        if (comment or "").strip():
            self.sudo().message_post(body=comment.strip())  # the contractor was checked above
