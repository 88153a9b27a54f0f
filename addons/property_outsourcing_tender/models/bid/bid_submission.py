import base64
import hashlib

from odoo import api, fields, models
from odoo.http import request

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import format_money

DEVICE_COOKIE = "outsourcing_device"


class OutsourcingBid(models.Model):
    """Handing in, replacing, withdrawing: one small call each, until the deadline."""

    _inherit = "outsourcing.bid"

    def action_submit(self):
        """Hand in the bid; the one handed in before for the same lot is withdrawn with it."""
        self._transition_to("submitted")

    def action_withdraw(self):
        """Withdraw the bid that was handed in."""
        self._transition_to("withdrawn")

    def _check_actor(self, target):
        if target in ("submitted", "withdrawn"):
            self.check_access("read")  # strangers do not even learn whether there is such a bid
            self._require_contractor()
            for bid in self.sudo():  # deadline of the firm's own bid
                self._check_open(bid.tender_id)
            return
        super()._check_actor(target)
        self._require_group("property_outsourcing.group_outsourcing_manager")

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "submitted":
            points += self.contractor_id._get_tender_blockers(self.tender_id)
            points += self._get_missing_acknowledgement() + self._get_missing_content()
        return points

    def _get_missing_content(self):
        """Return what is missing in the bid ``self`` (in sudo) itself."""
        points = self._get_missing_prices()
        if self.validity_days < self.tender_id.bid_validity_days:
            points.append(
                MissingPoint(
                    self.env._("The bid has to be valid for %s days.", self.tender_id.bid_validity_days)
                )
            )
        if not self.file_ids.filtered(lambda file: file.kind == "letter"):
            points.append(MissingPoint(self.env._("The scan of the signed letter of tender is missing.")))
        return points

    def _get_missing_prices(self):
        """Return what is wrong with the prices of ``self`` (in sudo)."""
        points = [
            MissingPoint(self.env._("%s: the price is missing.", line.item_id.display_name))
            for line in self.line_ids
            if line.price_unit <= 0
        ]
        total, ceiling = self._get_quote(), self.lot_id._get_ceiling()
        if ceiling and self.currency_id.compare_amounts(total, ceiling) > 0:
            points.append(
                MissingPoint(
                    self.env._(
                        "The quote of %(total)s is above the ceiling price of %(ceiling)s.",
                        total=format_money(self, total),
                        ceiling=format_money(self, ceiling),
                    )
                )
            )
        return points

    def _get_quote(self):
        """Return the sum of the prices of ``self`` (in sudo)."""
        self.ensure_one()
        return self.currency_id.round(sum(self.line_ids.mapped("amount")))

    def _check_transition(self, target):
        super()._check_transition(target)
        if target in ("submitted", "withdrawn"):
            self._meet_opening()
        if target == "submitted":
            self._withdraw_former()

    def _meet_opening(self):
        """Let handing in and an opening in the same moment meet in the row of the tender (in sudo).

        Otherwise each works on a picture of the time before the other: the bid would be in, and stay closed.
        Whoever comes second starts anew and sees the other. Nothing of the row changes, so it tells nothing.
        """
        self.tender_id._take_turns()

    def _withdraw_former(self):
        """Withdraw what the firms of ``self`` (in sudo) handed in before for the same lots."""
        for bid in self:
            former = self.search(
                [
                    ("lot_id", "=", bid.lot_id.id),
                    ("contractor_id", "=", bid.contractor_id.id),
                    ("state", "=", "submitted"),
                ]
            )
            former._gated().write({"state": "withdrawn"})
            former.flush_recordset(["state"])  # before the new one takes its place in the index

    def _split_for_transition(self, target):
        if target == "submitted":  # each has a receipt of its own
            return list(self)
        return super()._split_for_transition(target)

    def _prepare_transition_vals(self, target):
        vals = super()._prepare_transition_vals(target)
        if target == "submitted":
            vals |= {"date_submitted": fields.Datetime.now(), **self._prepare_seal_vals()}
            vals |= self._prepare_trace_vals()
        return vals

    @api.model
    def _prepare_trace_vals(self):
        """Return where the request comes from; read after the opening, see the signs of collusion."""
        if not request:
            return {}
        device = request.httprequest.cookies.get(DEVICE_COOKIE)
        return {
            "submit_address": request.httprequest.remote_addr,
            "submit_device": device and hashlib.sha256(device.encode()).hexdigest()[:16],
        }

    @api.model
    def _encode(self, data):
        return base64.b64encode(data)
