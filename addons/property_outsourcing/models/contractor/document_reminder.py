from odoo import api, fields, models

from ..workflow.gate import open_gate

ACTIVITY_EXPIRY = "property_outsourcing.mail_activity_type_document_expiry"
ACTIVITY_VERIFY = "property_outsourcing.activity_type_document_verify"


class OutsourcingDocument(models.Model):
    """A reminder before a document expires: one activity, once, for whoever is responsible."""

    _inherit = "outsourcing.document"

    date_reminded = fields.Datetime(string="Reminded on", readonly=True, copy=False)

    @api.model
    def _cron_remind_expiry(self):
        """Remind of documents that have started to expire; the days ahead are those of the type."""
        domain = self._get_reminder_domain()
        documents = self.search(domain, order="date_end, id")
        documents._run_in_batches("_process_reminders", domain=domain)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates() | self.contract_id.manager_id
        return users | self.verified_by_id | self.previous_id.verified_by_id

    @api.model
    def _get_reminder_domain(self):
        return [
            ("state", "in", ("expiring", "expired")),
            ("is_superseded", "=", False),
            ("date_reminded", "=", False),
            ("partner_id.outsourcing_state", "not in", (False, "blacklisted")),
        ]

    def _process_reminders(self):
        """Schedule the activities of ``self`` and mark the documents as reminded of."""
        users = self._get_reminder_users()
        self._schedule_events(
            ACTIVITY_EXPIRY,
            {
                document: {
                    "summary": self.env._("Renew: %s", document.display_name),
                    "date_deadline": document.date_end,
                    "users": users[document],
                }
                for document in self
            },
        )
        open_gate(self).write({"date_reminded": fields.Datetime.now()})

    def _get_reminder_users(self):
        """Return a dict: who looks after each document, by itself who verified it. Hook."""
        return {
            document: (document.verified_by_id or document.previous_id.verified_by_id).filtered("active")
            for document in self
        }

    def _schedule_verification(self):
        """Ask whoever looks after the documents ``self`` to compare them with their scans."""
        users = self._get_reminder_users()
        self._schedule_events(
            ACTIVITY_VERIFY,
            {
                document: {
                    "summary": self.env._("Verify: %s", document.display_name),
                    "users": users[document],
                }
                for document in self
            },
        )

    def action_verify(self):
        """A verified renewal answers the reminder of the document it renews."""
        result = super().action_verify()
        self.sudo().activity_feedback([ACTIVITY_VERIFY])  # whoever got the activity
        # whoever got the reminder: the renewal in force answers it
        self.sudo().previous_id.activity_feedback([ACTIVITY_EXPIRY])
        return result
