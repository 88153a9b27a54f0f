from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoints
from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

TEXTS = ("plan", "staffing", "emergency", "references")
DAYS_MAX = 3650


class OutsourcingBid(models.Model):
    """Drawing up: the firm's own people write prices and texts and add files, nobody else."""

    _inherit = "outsourcing.bid"

    @api.model
    def _portal_begin(self, lot):
        """Return the acting firm's draft for ``lot``, a new one with what it has submitted if it has none.

        :raise MissingPoints: what keeps the firm from bidding, all at once
        """
        firm = self._get_bidding_firm()
        lot.check_access("read")  # strangers learn nothing
        tender = lot.tender_id
        self._check_open(tender)
        blockers = firm._get_tender_blockers(tender)
        if blockers:
            raise MissingPoints("\n".join(blockers), blockers)
        own = [("lot_id", "=", lot.id), ("contractor_id", "=", firm.id)]
        found = self.search([*own, ("state", "=", "draft")], limit=1)
        if found:
            return found
        submitted = self.search([*own, ("state", "=", "submitted")], limit=1)
        bids = self._gated()  # the firm acts for itself, and may bid
        bid = bids.create(bids._prepare_draft_vals(lot.sudo(), firm, submitted.sudo()))
        return bid.with_env(self.env)

    @api.model
    def _prepare_draft_vals(self, lot, firm, former):
        """Return the values of a draft (all in sudo): every item of the lot, what ``former`` offered."""
        prices = {line.item_id: line.price_unit for line in former.line_ids}
        vals = {
            "tender_id": lot.tender_id.id,
            "lot_id": lot.id,
            "contractor_id": firm.id,
            "user_id": self.env.uid,
            "validity_days": lot.tender_id.bid_validity_days,
            "acknowledged_ids": [Command.set(former.acknowledged_ids.ids)],
            "tax_rate": former.tax_rate if former else lot.service_type_id.tax_rate,
            "line_ids": [
                Command.create({"item_id": item.id, "price_unit": prices.get(item, 0.0)})
                for item in lot.item_ids
            ],
            "file_ids": [
                Command.create({"kind": file.kind, "name": file.name, "content": file.content})
                for file in former.file_ids
            ],
        }
        return vals | {name: former[name] for name in TEXTS if former}

    def _portal_save(self, vals, prices, files):
        """Write what the firm offers into its draft.

        :param dict vals: ``validity_days``, ``tax_rate`` and texts
        :param dict prices: item id -> price per unit
        :param files: list of (kind, name, bytes)
        """
        self.ensure_one()
        self._check_own_draft()
        if not 1 <= vals.get("validity_days", 1) <= DAYS_MAX or not 0 <= vals.get("tax_rate", 0) < 100:
            raise UserError(self.env._("Enter days of validity and a tax rate that can be true."))
        if any(price < 0 for price in (*prices.values(), vals.get("stated_total", 0))):
            raise UserError(self.env._("A price cannot be negative."))
        bid = self._gated()  # checked above
        allowed = {"validity_days", "tax_rate", "stated_total", *TEXTS}
        bid.write({name: value for name, value in vals.items() if name in allowed})
        for line in bid.line_ids:
            if line.item_id.id in prices:
                line.price_unit = prices[line.item_id.id]
        bid.write(
            {
                "file_ids": [
                    Command.create({"kind": kind, "name": name, "content": bid._encode(data)})
                    for kind, name, data in files
                ]
            }
        )

    def _portal_remove_file(self, file_id):
        """Take a file out of the draft."""
        self.ensure_one()
        self._check_own_draft()
        bid = self._gated()  # checked above
        bid.file_ids.filtered(lambda file: file.id == file_id).unlink()

    def _portal_discard(self):
        """Throw the draft away; what was submitted before stays submitted."""
        self._check_own_draft()
        bids = self._gated()  # checked above
        bids.file_ids.unlink()
        bids.unlink()

    # ---- who and when -----------------------------------------------------------------------------------

    @api.model
    def _get_bidding_firm(self):
        """Return the firm the acting person bids for."""
        user = self.env.user
        firm = user.partner_id.commercial_partner_id
        if not user.share or not firm.sudo().is_company:  # the own firm
            raise AccessError(self.env._("Only the people of a firm bid, in its name."))
        return firm

    def _check_own_draft(self):
        self._require_contractor()
        for bid in self.sudo():  # state and deadline of the firm's own bid
            self._check_open(bid.tender_id)
            if bid.state != "draft":
                raise UserError(self.env._("A bid that was handed in is not changed: draw up a new one."))

    @api.model
    def _check_open(self, tender):
        """Raise UserError unless bids of ``tender`` are still taken, by the clock of this server."""
        tender = tender.sudo()  # state and deadline, which the notice tells
        if tender.state != "published":
            raise UserError(self.env._("Bids are no longer taken for this tender."))
        if fields.Datetime.now() > tender.date_deadline:
            raise UserError(
                self.env._(
                    "The deadline was %s by the clock of this server: nothing was handed in or changed.",
                    format_moment(tender, tender.date_deadline),
                )
            )
