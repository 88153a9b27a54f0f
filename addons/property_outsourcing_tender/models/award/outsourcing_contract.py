from odoo import api, fields, models


class OutsourcingContract(models.Model):
    """Where the contract comes from: the lot and the bid that won it."""

    _inherit = "outsourcing.contract"

    tender_lot_id = fields.Many2one(
        "outsourcing.tender.lot",
        "Awarded Lot",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    tender_bid_id = fields.Many2one(
        "outsourcing.bid",
        "Winning Bid",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"tender_lot_id", "tender_bid_id"}

    def action_view_tender(self):
        """Open the tender the contract was awarded by."""
        self.ensure_one()
        self.check_access("read")
        tender = self.sudo().tender_lot_id.tender_id  # which one; its own rules decide who opens it
        return self._get_shown_action(tender.with_env(self.env))
