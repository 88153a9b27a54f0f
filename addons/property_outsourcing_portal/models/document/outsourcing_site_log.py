from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

DAYS_BACK = 60  # nobody writes a log of a day longer ago without knowing of it


class OutsourcingSiteLog(models.Model):
    _name = "outsourcing.site.log"
    _inherit = ["outsourcing.site.log", "outsourcing.recorder.mixin"]
    _portal_takes_photos = True
    _told_states = {"returned": ("contractor_id", None)}

    def _portal_check_may_add_evidence(self):
        self._check_author()
        if self.sudo().state not in ("draft", "returned"):  # the author was checked above
            raise UserError(self.env._("%s no longer takes photos or files.", self.display_name))

    def _portal_get_performer(self):
        if bound := self.env.user._get_bound_performer():
            return bound
        return self.sudo().performer_ids[:1] or self.env.user.partner_id  # who was named on the log

    @api.model
    def _portal_get_written(self, contracts):
        """Return what the user wrote of late: (contract id, community id, day) -> the last log of it."""
        since = trade_today(self) - timedelta(days=DAYS_BACK)
        logs = self.search(
            [
                ("user_id", "=", self.env.uid),
                ("contract_id", "in", contracts.ids),
                ("date", ">=", since),
            ],
            order="id",
        )
        return {(log.contract_id.id, log.community_id.id, log.date): log for log in logs}

    def _portal_get_former(self):
        """Return the log before this one of the same contract and community, to be copied, or none.

        The user's own where there is one, else what a colleague has handed in.
        """
        self.ensure_one()
        log = self.sudo()  # read access was checked by the caller; the search is the user's own
        former = self.search(
            [
                ("contract_id", "=", log.contract_id.id),
                ("community_id", "=", log.community_id.id),
                ("date", "<=", log.date),
                ("id", "!=", log.id),
            ],
            order="date desc, id desc",
            limit=10,
        )
        own = former.sudo().filtered(lambda row: row.user_id == self.env.user)  # the author only
        return (own.sudo(False) or former)[:1]
