from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import ExactFloat, format_money


class OutsourcingContractItem(models.Model):
    _inherit = "outsourcing.contract.item"

    def _convert_records(self, records, **options):
        # core blames the first row for what another row did: rows are checked before they are saved
        for dbid, xid, values, info in super()._convert_records(records, **options):
            error = self._get_row_error(values)
            if error:
                options["log"](dict(info, type="error", **error))
            else:
                yield dbid, xid, values, info

    def _get_row_error(self, values):
        """Return the field and the message of a row's first figure that cannot be kept, or nothing."""
        for name, value in values.items():
            field = self._fields.get(name)
            if isinstance(field, ExactFloat):
                try:
                    field.check_kept(value, self)
                    self._check_not_negative(values.get("name"), value)
                except ValidationError as error:
                    return {"field": name, "message": str(error)}
        return None

    @api.model
    def get_import_templates(self):
        """Offer the workbook a bill of quantities is imported from, in the language of the user."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Contract Items"),
                "template": f"/property_outsourcing/static/xls/contract_items_{language}.xlsx",
            }
        ]


class OutsourcingContract(models.Model):
    """The bill of quantities of a contract: imported, totalled, compared with the contract amount."""

    _inherit = "outsourcing.contract"

    amount_items = fields.Monetary("Total of Items", compute="_compute_amount_items")
    items_hint = fields.Char(compute="_compute_amount_items")
    item_count = fields.Integer("Number of Items", compute="_compute_amount_items")

    @api.depends("item_ids.amount", "amount_total", "kind")
    @api.depends_context("lang")
    def _compute_amount_items(self):
        for contract in self:
            total = sum(contract.item_ids.mapped("amount"))
            contract.amount_items = total
            contract.item_count = len(contract.item_ids)
            contract.items_hint = False
            currency = contract.currency_id
            differs = currency and currency.compare_amounts(total, contract.amount_total)
            if contract.kind == "works" and contract.item_ids and differs:
                contract.items_hint = self.env._(
                    "The items add up to %(items)s, the contract amount is %(total)s.",
                    items=format_money(contract, total),
                    total=format_money(contract, contract.amount_total),
                )

    def action_import_items(self):
        """Open the import of items from a workbook, for this contract."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Items are imported into a draft only."))
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "name": self.env._("Import Items: %s", self.display_name),
            "params": {
                "active_model": "outsourcing.contract.item",
                "context": {"default_contract_id": self.id},
            },
        }

    def action_view_items(self):
        """Open the items of the contract in their own list."""
        return self._get_contract_action("property_outsourcing.outsourcing_contract_item_action")
