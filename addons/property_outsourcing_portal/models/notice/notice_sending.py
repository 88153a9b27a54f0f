import logging
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

TRIES = 5
BATCH = 20  # so many at most are uncertain after a break-down
PAUSE = timedelta(minutes=10)  # doubled with each try
NO_ANSWER = timedelta(hours=1)

_logger = logging.getLogger(__name__)


class OutsourcingNotice(models.Model):
    """Sends what leaves the house: claimed first, then sent, so that a break-down sends nothing twice."""

    _inherit = "outsourcing.notice"

    @api.model
    def _cron_send(self):
        """Send the notices that wait; what was begun and never ended is left for a person to decide."""
        now = fields.Datetime.now()
        given_up = [("state", "=", "sending"), ("write_date", "<", now - NO_ANSWER)]
        self.search(given_up)._run_in_batches("_process_lost", domain=given_up)
        waiting = [("state", "=", "waiting"), "|", ("date_next", "=", False), ("date_next", "<=", now)]
        due = self.search(waiting, order="id", limit=1000)
        outcomes = {}  # a batch that breaks down goes one by one: what is out is not sent once more
        return due._run_in_batches("_process_claim", domain=waiting) and due._run_in_batches(
            "_process_sending", outcomes, size=BATCH, domain=[("state", "=", "sending")]
        )

    def _process_lost(self):
        self._gated().write({"state": "unknown", "error": self.env._("The gateway gave no answer.")})

    def _process_claim(self):
        self._gated().write({"state": "sending"})

    def _process_sending(self, outcomes):
        """Send each notice of ``self`` once; what is certainly not out is tried again later.

        :param dict outcomes: id -> (tries before, new state, error) of what this run has sent; added to
        """
        channels, alike = self._get_notice_channels(), defaultdict(list)
        for notice in self:
            if notice.id not in outcomes:
                outcomes[notice.id] = (notice.tries, *notice._try_to_send(channels))
            alike[outcomes[notice.id]].append(notice.id)
        for (tries, state, error), ids in alike.items():
            self.browse(ids)._keep_outcome(tries + 1, state, error)

    def _try_to_send(self, channels):
        """Send one notice; return (state, what went wrong or False)."""
        try:
            getattr(self, channels[self.channel].send)()
        except UserError as error:
            return ("waiting" if self.tries + 1 < TRIES else "failed", str(error.args[0])[:500])
        except Exception as error:  # whatever a gateway does: it may have gone out
            _logger.warning("Notice %s by %s: %s", self.id, self.channel, type(error).__name__)
            return ("unknown", type(error).__name__)
        return ("sent", False)

    def _keep_outcome(self, tries, state, error):
        now = fields.Datetime.now()
        vals = {"state": state, "tries": tries, "error": error}
        if state == "sent":
            vals["date_sent"] = now
        elif state == "waiting":
            vals["date_next"] = now + PAUSE * 2 ** (tries - 1)
        self._gated().write(vals)

    def action_send_again(self):
        """Let what failed or is uncertain be sent by the next run."""
        self.check_access("read")
        if not self.env.user.has_group("property_outsourcing.group_outsourcing_manager"):
            raise UserError(self.env._("Only a manager lets notices be sent again."))
        again = self.filtered(lambda notice: notice.state in ("failed", "unknown"))
        # sudo: who asks was checked
        again.sudo()._gated().write({"state": "waiting", "tries": 0, "date_next": fields.Datetime.now()})

    # ---- text messages ----------------------------------------------------------------------------------

    @api.model
    def _find_sms_readers(self, people):
        if not self.env.company._has_outsourcing_sms():
            return people.browse()
        return people.filtered("phone")

    def _send_sms(self):
        """Send the sentence and its link to the person's phone."""
        self.ensure_one()
        text = self.env._("%(sentence)s %(link)s", sentence=self.sentence, link=self.url)
        self.company_id._send_outsourcing_sms(self.partner_id.phone, text)

    def _get_event_document(self):
        return self.env[self.res_model].browse(self.res_id)

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.company_id._get_outsourcing_deputies()
