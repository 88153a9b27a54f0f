from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import join_names


class OutsourcingBid(models.Model):
    """The bidder acknowledges addenda before it hands in; one that came later, until the deadline.

    The acknowledgement lies in the envelope: elsewhere it would tell who bids.
    """

    _inherit = "outsourcing.bid"

    acknowledged_ids = fields.Many2many(
        "outsourcing.tender.addendum",
        "outsourcing_bid_addendum_rel",
        string="Addenda Acknowledged",
        readonly=True,
        copy=False,
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"acknowledged_ids"}

    def _get_open_addenda(self):
        """Return the addenda of the tender the bidder has not acknowledged (in sudo)."""
        self.ensure_one()
        bid = self.sudo()  # of a bid the caller may read or is opening
        return bid.tender_id._get_issued_addenda() - bid.acknowledged_ids

    def _portal_acknowledge(self):
        """Acknowledge all addenda there are, for a draft and for a bid that was handed in."""
        self.ensure_one()
        self._require_contractor()
        bid = self._gated()  # checked above
        self._check_open(bid.tender_id)
        bid._meet_opening()
        bid.write({"acknowledged_ids": [fields.Command.link(one.id) for one in bid._get_open_addenda()]})

    def _get_missing_acknowledgement(self):
        """Return what the bidder has not acknowledged (in sudo)."""
        addenda = self._get_open_addenda()
        if not addenda:
            return []
        return [
            MissingPoint(
                self.env._("Acknowledge addendum %s first.", join_names(self.env, addenda._get_numbers()))
            )
        ]

    def _find_void(self):
        """Return which of ``self`` (in sudo) do not count at the opening. Hook: add to super's lists.

        A bid without an addendum was made for papers that no longer hold.

        :return: dict bid -> list of sentences, not empty
        """
        void = {}
        for bid in self:
            addenda = bid._get_open_addenda()
            if addenda:
                numbers = join_names(self.env, addenda._get_numbers())
                void[bid] = [self.env._("Addendum %s was not acknowledged before the deadline.", numbers)]
        return void
