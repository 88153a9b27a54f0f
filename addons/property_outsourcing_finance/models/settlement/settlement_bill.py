from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.contract.purchase_order_quiet import QUIET, QUIET_KEY
from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import in_brackets


class OutsourcingSettlement(models.Model):
    """The vendor bill of a settlement: an ordinary one, made from the contract's purchase order."""

    _inherit = "outsourcing.settlement"

    def _create_bills(self):
        """Create one draft vendor bill per settlement in one batch and link it (in sudo, actor checked)."""
        for company, settlements in self.grouped("company_id").items():
            # the gate lets our own code, and nobody else's, write lines of contract orders into a bill
            Move = open_gate(self.env["account.move"]).with_company(company)
            Move = Move.with_context(default_move_type="in_invoice", **{QUIET_KEY: QUIET})
            bills = Move.create(settlements._prepare_bills_vals(company))
            for settlement, bill in zip(settlements._gated(), bills, strict=True):
                settlement.write({"bill_id": bill.id})

    def _get_bill_note(self, bill):
        """Return what the new ``bill`` says of where it comes from, and of a fapiao that is still to come."""
        self.ensure_one()
        names = {"settlement": self.name, "order": bill.invoice_origin}
        if bill.outsourcing_fapiao_number:
            return self.env._("Made from the settlement %(settlement)s, order %(order)s.", **names)
        return self.env._(
            "Made from the settlement %(settlement)s, order %(order)s. The vendor's fapiao is missing: enter "
            "its number when it arrives.",
            **names,
        )

    def _prepare_bills_vals(self, company):
        """Return the values of the bills of ``self``, all of ``company``; no query per settlement."""
        orders = self.contract_id.purchase_order_id.with_company(company)
        # core asks vendor by vendor, and reads order by order the bills to which it adds the new one
        orders.partner_id.fetch(["property_account_position_id", "country_id"])
        orders.fetch(["invoice_ids"])
        vals_list = [settlement._prepare_bill_vals(settlement) for settlement in self]
        journals = self._map_bill_journals(company, {vals["currency_id"] for vals in vals_list})
        return [{"journal_id": journals[vals["currency_id"]].id, **vals} for vals in vals_list]

    def _map_bill_journals(self, company, currency_ids):
        """Return the journal that core chooses for bills of ``company``: dict id of a currency -> journal.

        Core searches for it bill by bill.
        """
        Move = self.env["account.move"].with_company(company)
        bill = {"move_type": "in_invoice", "company_id": company.id}
        return {
            currency_id: Move.new({**bill, "currency_id": currency_id})._search_default_journal()
            for currency_id in currency_ids
        }

    def _prepare_bill_vals(self, settlement):
        """Return the values of the vendor bill of ``settlement``, lines included. Hook: extend super's dict.

        :param settlement: one approved ``outsourcing.settlement``
        """
        order = settlement.contract_id.purchase_order_id.with_company(settlement.company_id)
        unordered = settlement._get_unordered_lines()
        if order.outsourcing_contract_id != settlement.contract_id or unordered:
            raise UserError(
                self.env._("%s: the contract's purchase order does not cover it.", settlement.display_name)
            )
        vals = order._prepare_invoice()
        vals.update(
            {
                "move_type": "in_invoice",
                "ref": settlement.name,
                "invoice_date": trade_today(self),
                "invoice_origin": order.name,
                "narration": False,
                "outsourcing_settlement_id": settlement.id,
                "invoice_line_ids": [
                    Command.create({"sequence": 10 + index, **settlement._prepare_bill_line_vals(line)})
                    for index, line in enumerate(settlement.line_ids)
                ],
            }
        )
        return vals

    def _get_unordered_lines(self):
        """Return the lines of accepted work that no line of the contract's order stands for."""
        return self.line_ids.filtered(lambda line: line.kind == "milestone" and not line.purchase_line_id)

    def _prepare_bill_line_vals(self, line):
        """Return the values of the bill line of one settlement line. Hook: extend super's dict.

        :param line: an ``outsourcing.settlement.line``; only accepted work is linked to the purchase order
        """
        vals = line.purchase_line_id._prepare_account_move_line() if line.purchase_line_id else {}
        vals.update(
            {
                "name": line.name + in_brackets(self.env, line.formula),
                "quantity": line.quantity,
                "price_unit": line.price_unit,
                "tax_ids": [Command.set(line.tax_ids.ids)],
                "outsourcing_settlement_line_id": line.id,
            }
        )
        if line.account_id:
            vals["account_id"] = line.account_id.id
        if line.analytic_distribution:
            vals["analytic_distribution"] = line.analytic_distribution
        return vals

    def action_open_bill(self):
        """Open the vendor bill, or the list of them."""
        bills = self.bill_id
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_in_invoice_type")
        if len(bills) == 1:
            return {
                **action,
                "res_id": bills.id,
                "views": [(False, "form")],
                "view_mode": "form",
                "context": {},
            }
        return {**action, "domain": [("id", "in", bills.ids)], "context": {}}

    def action_view_contract(self):
        """Open the contract that is settled."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.contract",
            "res_id": self.contract_id.id,
            "views": [(False, "form")],
        }

    def _get_open_action(self):
        """Return the action that opens ``self``: the form of one, else the list."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_finance.outsourcing_settlement_action"
        )
        if len(self) == 1:
            return {
                **action,
                "res_id": self.id,
                "views": [(False, "form")],
                "view_mode": "form",
                "context": {},
            }
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    # ---- the bill is gone -------------------------------------------------------------------------------

    def _release_bills(self):
        """Take billed settlements back to approved, because their bill was deleted, cancelled or reversed."""
        billed = self.filtered(lambda settlement: settlement.state == "billed")
        if not billed:
            return
        billed._message_log_batch(
            {
                settlement.id: self.env._(
                    "The bill %s is gone; the settlement can be billed again.",
                    settlement.bill_id.display_name,
                )
                for settlement in billed
            }
        )
        billed.line_ids.adjustment_id._reopen_from_settlement()
        billed._as_system()._transition_to("approved")

    def _restore_bill(self, bill):
        """Bind ``self``, approved, to its ``bill`` again: the credit note that undid it was taken back."""
        self.ensure_one()
        if any(not line._is_billed_by(bill) for line in self.line_ids):
            raise UserError(
                self.env._(
                    "%(settlement)s was drawn up anew since its bill %(bill)s was reversed: "
                    "the credit note stands.",
                    settlement=self.display_name,
                    bill=bill.display_name,
                )
            )
        self._gated().write({"state": "billed", "bill_id": bill.id})
        self.line_ids.adjustment_id._settle_again()
        self.contract_id._count_recovered_advance()
        self.message_post(
            body=self.env._("The bill %s stands again; its credit note was taken back.", bill.display_name),
            subtype_xmlid="mail.mt_note",
        )
