from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.act_time import act_day
from odoo.addons.property_outsourcing.tools import format_money, labelled


class OutsourcingPaymentApplication(models.Model):
    """The contractor's own step; every gate is here, whatever a page offers."""

    _inherit = "outsourcing.payment.application"

    @api.model
    def _get_open_rows(self, contract):
        """Return the accepted rows of ``contract`` (in sudo) that nobody has settled or applied for."""
        # sudo: amounts of the rows of contracts that the caller has checked
        rows = contract.sudo().milestone_ids.filtered(lambda row: row.amount_to_settle > 0)
        taken = self.env["outsourcing.payment.application.line"].sudo()  # which rows are applied for
        domain = [("milestone_id", "in", rows.ids), ("state", "=", "submitted")]
        return rows - taken.search(domain).milestone_id

    @api.model
    def _portal_apply(self, contract, amounts, note="", keep_files=None):
        """Apply for the payment of accepted rows of the contractor's own ``contract``.

        :param contract: one ``outsourcing.contract``, as the acting user
        :param dict amounts: id of a row -> amount in the currency of the contract
        :param keep_files: called with the new application (in sudo), returns its ``ir.attachment``
        :return: the application, as the acting user
        :raise AccessError: not the contractor of the contract
        :raise UserError: everything that is wrong with the rows, at once
        """
        contract.ensure_one()
        contract.check_access("read")
        contract._require_contractor()
        contract = contract.sudo()  # the party was checked
        problems = self._get_problems(contract, amounts)
        if problems:
            raise UserError("\n".join(problems))
        rows = contract.milestone_ids.filtered(lambda row: row.id in amounts)
        lines = [
            {
                "milestone_id": row.id,
                "amount": contract.currency_id.round(amounts[row.id]),
                "amount_accepted": row.amount_to_settle,
            }
            for row in rows
        ]
        vals = {
            "contract_id": contract.id,
            "date": act_day(contract),
            "note": (note or "").strip(),
            "submitted_by_id": self.env.uid,
            "line_ids": [Command.create(line) for line in lines],
        }
        application = self._gated().create(vals)  # the party was checked
        if keep_files and (files := keep_files(application)):
            application.write({"attachment_ids": [Command.set(files.ids)]})
        application._ask_to_settle()
        return self.browse(application.id)

    def _get_problems(self, contract, amounts):
        """Return a sentence for each thing that is wrong with ``amounts`` of ``contract`` (in sudo)."""
        if not amounts:
            return [self.env._("Choose at least one row, and enter the amount you apply for.")]
        rows = contract.milestone_ids.filtered(lambda row: row.id in amounts)
        if len(rows) < len(amounts):
            return [self.env._("Choose rows of this contract only.")]
        free = self._get_open_rows(contract)
        return [
            labelled(self.env, row.display_name, problem)
            for row in rows
            if (problem := self._get_row_problem(row, amounts[row.id], row in free))
        ]

    def _get_row_problem(self, row, amount, is_free):
        if row.amount_to_settle <= 0:
            return self.env._("nothing of it is accepted and not yet settled.")
        if not is_free:
            return self.env._("its payment was applied for already.")
        if row.currency_id.compare_amounts(amount, 0.0) <= 0:
            return self.env._("enter an amount above zero.")
        if row.currency_id.compare_amounts(amount, row.amount_to_settle) > 0:
            return self.env._(
                "only %s is accepted and not yet settled.", format_money(row, row.amount_to_settle)
            )
        return ""

    def _portal_withdraw(self):
        """Withdraw an application nobody has answered."""
        self._transition_to("withdrawn")
