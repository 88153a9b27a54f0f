from markupsafe import Markup

from odoo import api, fields, models


class OutsourcingContract(models.Model):
    """What an author should know before handing a contract in; it does not keep anybody from doing so."""

    _inherit = "outsourcing.contract"

    submit_warnings = fields.Text("Before Submission", compute="_compute_submit_warnings")

    @api.depends("state", "date_start", "date_end", "standard_ids", "scope_ids", "service_type_id")
    @api.depends_context("lang")
    def _compute_submit_warnings(self):
        for contract in self:
            open_ = contract.state in ("draft", "to_approve")
            messages = open_ and contract._get_submit_warnings() + contract._get_submit_hints()
            contract.submit_warnings = "\n".join(messages or ())

    def _get_submit_warnings(self):
        """Return the messages to show before and at submission. Hook: extend super's list."""
        self.ensure_one()
        return []

    def _get_submit_hints(self):
        """Return what is shown while drafting and not kept in the chatter. Hook: extend super's list."""
        self.ensure_one()
        return []

    def action_submit(self):
        """Hand the draft in for approval; what should be looked at is kept in the chatter."""
        result = super().action_submit()
        warnings = {contract: contract._get_submit_warnings() for contract in self}
        bodies = {contract.id: Markup("<br/>").join(said) for contract, said in warnings.items() if said}
        self.browse(bodies)._message_log_batch(bodies)
        messages = [sentence for said in warnings.values() for sentence in said]
        return self._get_warning_notification(messages) if messages else result

    @api.model
    def _get_warning_notification(self, messages):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("Submitted, but please look at this"),
                "message": "\n".join(messages[:5]),
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
