from odoo import api, models
from odoo.exceptions import AccessError

MODULE = "property_outsourcing_tender"
SEALS = {
    f"{MODULE}.{name}"
    for name in (
        "outsourcing_bid_rule_seal",
        "outsourcing_bid_line_rule_seal",
        "outsourcing_bid_file_rule_seal",
        "outsourcing_bid_score_rule_seal",
        "outsourcing_bid_bond_rule_seal",
    )
}


class IrRule(models.Model):
    """The rules that seal bids: no administrator switches them off, and what they refuse is not named."""

    _inherit = "ir.rule"

    def write(self, vals):
        self.env["ir.model.data"]._search_kept(self)._refuse_to_go()
        return super().write(vals)

    def _make_access_error(self, operation, records):
        if not isinstance(records, self.env.registry["outsourcing.sealed.mixin"]):
            return super()._make_access_error(operation, records)
        records.invalidate_recordset()  # as core does: what was read to judge does not stay
        # core's own names the records in developer mode, and with them the bidders
        return AccessError(self.env._("This is sealed, it is not yours, or there is no such record."))


class IrModelData(models.Model):
    _inherit = "ir.model.data"

    @api.model
    def _get_kept_records(self):
        return super()._get_kept_records() | {
            "ir.rule": SEALS,
            # a firm that registers hands it in
            "outsourcing.document.type": {"property_outsourcing.document_type_business_license"},
        }
