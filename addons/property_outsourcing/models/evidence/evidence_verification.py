from odoo import api, fields, models
from odoo.exceptions import UserError

from .gate import open_evidence

DAYS = 30  # in which every chain is verified once
AT_LEAST = 20
METHOD = "_verify_scheduled"


class OutsourcingEvidenceChain(models.Model):
    """Every day some of the chains are verified, file by file and link by link."""

    _inherit = "outsourcing.evidence.chain"

    date_verified = fields.Datetime(
        "Last verified", readonly=True, help="When the daily verification last found the chain intact."
    )

    @api.model
    def _cron_verify(self):
        """Verify the chains that were not verified for longest: all of them within a month."""
        sealed = [("head_seq", ">", 0)]
        # a broken chain stays first in line and takes no other's place
        limit = max(AT_LEAST, -(-self.search_count(sealed) // DAYS)) + self._count_broken()
        chains = self.search(sealed, order="date_verified NULLS FIRST, id", limit=limit)
        chains._run_in_batches(METHOD, size=10)

    def _verify_scheduled(self):
        """Verify ``self``.

        :raise UserError: with what was changed; whoever looks after the document reads it in an activity
        """
        if problems := self._verify():
            raise UserError("\n".join(problems))
        open_evidence(self).write({"date_verified": fields.Datetime.now()})

    @api.model
    def _count_broken(self):
        """Return at how many chains the daily verification stopped."""
        # sudo: a count
        activities = self.env["mail.activity"].sudo()
        return activities.search_count([("outsourcing_job_key", "=like", f"{self._name},%:{METHOD}")])
