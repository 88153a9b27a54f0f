from odoo import models
from odoo.exceptions import AccessError, UserError


class OutsourcingAcceptance(models.Model):
    _inherit = "outsourcing.acceptance"
    _portal_takes_photos = True
    # state -> (field of the firm that is told, field of the date by which it has to act)
    _told_states = {
        "to_confirm": ("contractor_id", "confirm_deadline"),
        "third_party_check": ("third_party_id", "date_deadline"),
        "rework": ("contractor_id", None),
        "accepted": ("contractor_id", None),
        "rejected": ("contractor_id", None),
    }

    def _get_appointment(self):
        waits = self.state not in ("draft", "accepted", "rejected")
        return (self.date_planned, self.date_planned_end) if self.date_planned and waits else ()

    def _portal_check_may_add_evidence(self):
        levels = ("self_check", "third_party_check", "witness")
        is_party = any(self._is_signer(level, self.env.user.partner_id) for level in levels)
        # a month's score stands on inspections that have their own photos
        if self.method != "levels" or not is_party:
            raise AccessError(self.env._("This document takes no photos from you."))

    def _portal_get_unanswered(self):
        """Return the items (in sudo) the contractor who signs the self-check here has to answer before."""
        acceptance = self.sudo()  # state and items only; read access was checked
        due = acceptance._get_due_stages().filtered(lambda stage: stage.level == "self_check")
        if not due or not acceptance._is_party("self_check", self.env.user):
            return acceptance.line_ids.browse()
        return acceptance.line_ids.filtered(lambda line: not line.self_result)

    def _portal_check_answered(self):
        """Raise UserError while the checklist that is signed for has a gap, and name the first."""
        if gaps := self._portal_get_unanswered():
            raise UserError(
                self.env._(
                    "%(count)s of %(total)s items of the self-check are not answered; "
                    "the first is %(first)s.",
                    count=len(gaps),
                    total=len(self.sudo().line_ids),  # read access was checked
                    first=" ".join(filter(None, (gaps[0].code, gaps[0].name))),
                )
            )
