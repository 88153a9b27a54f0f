from odoo import models
from odoo.exceptions import UserError

from ...tools import RUNNING_STATES, labelled


class OutsourcingDocument(models.Model):
    """A document that a running contract rests on is not put out of sight, and has its manager's eye."""

    _inherit = "outsourcing.document"

    def write(self, vals):
        hidden = self.filtered("date_verified") if vals.get("active") is False else self.browse()
        before = hidden._get_running_blockers()
        result = super().write(vals)
        if hidden:
            hidden.partner_id.invalidate_recordset(["outsourcing_compliance_ids"])
            new = [sentence for sentence in hidden._get_running_blockers() if sentence not in before]
            if new:
                raise UserError(
                    self.env._(
                        "Running contracts rest on what is to be archived; renew it instead:\n%s",
                        "\n".join(f"- {sentence}" for sentence in new),
                    )
                )
        return result

    def _get_reminder_users(self):
        """Prefer the manager of the document's contract, then of the firm's latest running contract."""
        managers = self.env["outsourcing.contract"]._read_group(
            [
                ("contractor_id", "in", self.partner_id.ids),
                ("state", "in", RUNNING_STATES),
                ("manager_id.active", "=", True),
            ],
            ["contractor_id", "manager_id"],
            ["date_start:max"],
        )
        latest = {}
        for contractor, manager, _date in sorted(managers, key=lambda row: row[2]):
            latest[contractor] = manager
        return {
            document: document.contract_id.manager_id.filtered("active")
            or latest.get(document.partner_id)
            or users
            for document, users in super()._get_reminder_users().items()
        }

    def _get_running_blockers(self):
        """Return what keeps the firms of ``self`` from being dispatched, under each running contract."""
        # sudo: sentences about the firm's own contracts, for whoever may archive its documents
        contracts = self.env["outsourcing.contract"].sudo()
        if self:
            running = [("contractor_id", "in", self.partner_id.ids), ("state", "in", RUNNING_STATES)]
            contracts = contracts.search(running)
        return [
            labelled(self.env, contract.display_name, blocker)
            for contract in contracts
            for blocker in contract.contractor_id._get_contractor_document_blockers(contract)
        ]
