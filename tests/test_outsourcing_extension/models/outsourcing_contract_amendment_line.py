from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.property_outsourcing_amendment.models.amendment.changes.change_kind import ChangeKind

_lt = LazyTranslate(__name__)


class PowerPrice(ChangeKind):
    """The price of electricity, which runs fixed with the contract until both parties agree on another."""

    label = _lt("Price per kWh")
    required = ("amount",)

    def get_subject_keys(self):
        return ["power_price"]

    def describe(self):
        return self.money(self.contract.extension_power_price), self.money(self.line.amount)

    def get_problem(self):
        if self.line.amount > 10:
            return self.env._("Electricity never costs %s.", self.money(self.line.amount))
        return None

    def prepare_contract_vals(self):
        return {"extension_power_price": self.line.amount}


class OutsourcingContractAmendmentLine(models.Model):
    _inherit = "outsourcing.contract.amendment.line"

    @api.model
    def _get_change_kinds(self):
        return super()._get_change_kinds() | {"power_price": PowerPrice}
