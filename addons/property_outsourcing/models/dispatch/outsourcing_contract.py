from odoo import api, models
from odoo.exceptions import UserError


class OutsourcingContract(models.Model):
    _inherit = "outsourcing.contract"

    def _check_may_dispatch(self):
        """Raise UserError unless work may be dispatched under the contract today."""
        self.ensure_one()
        if self.state != "active":
            raise UserError(
                self.env._(
                    "%(contract)s is %(state)s: no work is dispatched under it.",
                    contract=self.display_name,
                    state=self._get_state_label(),
                )
            )
        blockers = self.contractor_id._get_contractor_blockers("dispatch", self)
        if blockers and self._is_dispatch_overridden():
            accepted = self._get_document_blockers_to_dispatch()
            blockers = [blocker for blocker in blockers if blocker not in accepted]
        if blockers:
            raise UserError(
                self.env._(
                    "%(contractor)s cannot be dispatched to:\n%(reasons)s",
                    contractor=self.contractor_id.display_name,
                    reasons="\n".join(f"- {reason}" for reason in blockers),
                )
            )

    def _is_dispatch_overridden(self):
        """Return whether a manager has allowed to dispatch in spite of missing documents, today."""
        self.ensure_one()
        overrides = self.env["outsourcing.dispatch.override"].sudo()  # whether, not why
        return bool(overrides.search_count([("contract_id", "=", self.id), ("is_valid", "=", True)], limit=1))

    def _get_document_blockers_to_dispatch(self):
        """Return the sentences about documents that keep work from being dispatched; no other reason."""
        self.ensure_one()
        contract = self.sudo()  # sentences, not documents, are answered
        return contract.contractor_id._get_contractor_document_blockers(contract)

    def _dispatch_order(self, vals):
        """Create a work order under the contract.

        :param dict vals: values of ``project.task``; ``name`` is required
        :return: the work order
        :raise UserError: contract not active, or the contractor's documents are missing or expired
        """
        self.ensure_one()
        return self._dispatch_orders([(self, vals)])

    @api.model
    def _dispatch_orders(self, orders):
        """Create work orders under several contracts, as :meth:`_dispatch_order` does one.

        :param orders: list of (contract, values of ``project.task``)
        """
        stage = self.env.ref("property_outsourcing.order_stage_dispatched")
        return self.env["project.task"].create(
            [
                {
                    "outsourcing_contract_id": contract.id,
                    "project_id": contract.sudo().project_id.id,  # the contract's own project
                    "stage_id": stage.id,
                    "user_ids": False,
                    **vals,
                }
                for contract, vals in orders
            ]
        )
