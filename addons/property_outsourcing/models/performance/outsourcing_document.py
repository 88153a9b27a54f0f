from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..workflow.gate import open_gate
from ..workflow.trade_time import trade_day


class OutsourcingDocument(models.Model):
    """A certificate, policy or letter that ran out and was not renewed is a fact, once for each expiry."""

    _inherit = "outsourcing.document"

    date_expiry_recorded = fields.Date("Expiry recorded", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_expiry_recorded"}

    @api.model
    def _cron_record_expired(self):
        """Record the documents in force that ran out without a renewal: facts of the firm, of no contract."""
        domain = (
            Domain("state", "=", "expired")
            & Domain("is_superseded", "=", False)
            & Domain("date_expiry_recorded", "=", False)
            & Domain("partner_id.active", "=", True)
        )
        self.search(domain, order="date_end, id")._run_in_batches("_process_expired", domain=domain)

    def _process_expired(self):
        """Record that the documents ``self`` ran out; what was filed only afterwards was never relied on."""
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": "document_expired",
                    "contractor": document.partner_id,
                    "source": document,
                    "date": document.date_end + timedelta(days=1),
                    "key": document._get_expiry_key(),
                }
                for document in self
                if trade_day(document, document.date_verified) <= document.date_end
            ]
        )
        for day, documents in self.grouped("date_end").items():
            open_gate(documents).write({"date_expiry_recorded": day})

    def _get_expiry_key(self):
        return f"document_expired:{self._name}:{self.id}:{self.date_end}"

    def action_verify(self):
        """A renewal that leaves no gap, verified only later, takes back that its document ran out."""
        result = super().action_verify()
        renewed = self.sudo().filtered(  # the verification was checked
            lambda document: document.previous_id.date_end and document._leaves_no_gap()
        )
        keys = [document.previous_id._get_expiry_key() for document in renewed]
        if keys:
            reason = self.env._("A renewal without a gap was on file; it was verified later.")
            self.env["outsourcing.fact"]._keep_true(dict.fromkeys(keys), reason)
        return result

    def _leaves_no_gap(self):
        last = self.previous_id.date_end
        return not self.date_start or self.date_start <= last + timedelta(days=1)
