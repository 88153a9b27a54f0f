from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tender.tender_workflow import USER


class OutsourcingTenderLot(models.Model):
    """From the award to the contract: the terms of the tender, the prices of the bid, nothing retyped."""

    _inherit = "outsourcing.tender.lot"

    contract_id = fields.Many2one(
        "outsourcing.contract",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"contract_id"}

    def action_draft_contract(self):
        """Draft the contract of the lot, once nobody can object to its award any more."""
        contracts = self.env["outsourcing.contract"]
        for lot in self:
            lot.check_access("read")
            lot.tender_id._require_group(USER)
            lot.sudo()._check_contract_due()  # states only
            contracts |= lot._draft_contract()
        return self.env["outsourcing.tender"]._get_shown_action(contracts)

    def _check_contract_due(self):
        self.ensure_one()
        if self.result != "awarded" or not self.awarded_bid_id:
            raise UserError(self.env._("%s is not awarded.", self.display_name))
        if self.contract_id:
            raise UserError(self.env._("The contract of %s is drafted already.", self.display_name))
        self.tender_id._check_final()

    def _draft_contract(self):
        """Return the draft contract of the lot; whoever may create contracts of its communities drafts it."""
        source = self.sudo()  # terms of the tender and prices of the winning bid, which staff may read
        contract = self.env["outsourcing.contract"].create(source._prepare_contract_vals())
        contract._load_presets()
        contract.write(source._prepare_contract_terms())
        source._fill_payment_rows(contract)
        contract._gated().write({"tender_lot_id": self.id, "tender_bid_id": source.awarded_bid_id.id})
        self._gated().write({"contract_id": contract.id})
        return contract

    def _prepare_contract_vals(self):
        """Return the values of the contract of ``self`` (in sudo). Hook: extend super's dict."""
        tender, bid = self.tender_id, self.awarded_bid_id
        communities = self._get_communities()
        title = f"{tender.title} {self.name}" if tender.lot_count > 1 else tender.title
        return {
            "title": title,
            "service_type_id": tender.service_type_id.id,
            "contractor_id": bid.contractor_id.id,
            "company_id": tender.company_id.id,
            "currency_id": tender.currency_id.id,
            "community_id": communities[:1].id,
            "community_ids": [Command.set(communities.ids)],
            "manager_id": tender.manager_id.id,
            "fund_source_id": tender.fund_source_id.id,
            "date_start": tender.contract_date_start,
            "date_end": tender.contract_date_end,
            "amount_total": bid.amount_total,
        }

    def _prepare_contract_terms(self):
        """Return what replaces the presets of the contract: terms of the tender, prices of the bid."""
        tender, bid = self.tender_id, self.awarded_bid_id
        terms = {
            "sla_ids": tender._copy_terms(tender.sla_ids, "_prepare_sla_vals"),
            "rule_ids": tender._copy_terms(tender.rule_ids, "_prepare_rule_vals"),
            "standard_ids": tender._copy_terms(tender.standard_ids, "_prepare_standard_vals"),
            "required_document_type_ids": [Command.set(tender.required_document_type_ids.ids)],
            "item_ids": [Command.create(line._prepare_contract_item_vals()) for line in bid.line_ids],
            "tax_rate": bid.tax_rate,
        }
        return terms | ({"work_content": tender.description} if tender.description else {})

    def _fill_payment_rows(self, contract):
        """Write the payment rows of ``contract``: by the scheme of the tender, periods share the quote."""
        scheme, total = self.tender_id.payment_scheme_id, self.awarded_bid_id.amount_total
        contract.payment_scheme_id = scheme or contract._get_default_payment_scheme()
        contract._fill_from_payment_scheme()
        if contract.kind != "service":
            return
        contract.period_amount = total  # the shape of the periods first, their amounts below
        contract.action_generate_periods()
        rows = contract.milestone_ids.filtered(lambda row: row.kind == "period")
        shares, rest = sum(rows.mapped("amount")), total
        for row in rows:
            amount = contract.currency_id.round(total * row.amount / shares) if shares else 0.0
            row.amount = rest if row == rows[-1:] else amount
            rest = contract.currency_id.round(rest - row.amount)
        contract.write({"amount_total": total, "period_amount": max(rows.mapped("amount"), default=0.0)})


class OutsourcingBidLine(models.Model):
    _inherit = "outsourcing.bid.line"

    def _prepare_contract_item_vals(self):
        """Return the contract item this price becomes."""
        self.ensure_one()
        item = self.item_id
        return {
            "sequence": item.sequence,
            "code": item.code,
            "name": item.name,
            "uom_id": item.uom_id.id,
            "quantity": item.quantity,
            "price_unit": self.price_unit,
        }
