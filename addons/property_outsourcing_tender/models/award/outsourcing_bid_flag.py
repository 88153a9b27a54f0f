from odoo import api, fields, models

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint

from ..tender.tender_workflow import MANAGER

KINDS = [
    ("device", "Same Device"),
    ("address", "Same Network Address"),
    ("author", "Same Author of Files"),
    ("phone", "Same Phone"),
    ("bank", "Same Bank Account"),
    ("pattern", "Regular Pattern of Prices"),
    ("prices", "Alike Prices of Items"),
]


class OutsourcingBidFlag(models.Model):
    """A sign that bidders may have agreed with each other: people look at it, no rule excludes by it."""

    _name = "outsourcing.bid.flag"
    _description = "Sign of Collusion"
    _inherit = ["outsourcing.workflow.mixin"]
    _order = "tender_id, kind, id"
    _rec_name = "note"

    tender_id = fields.Many2one(
        "outsourcing.tender", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    note = fields.Char("What is Alike", required=True, readonly=True)
    bid_ids = fields.Many2many(
        "outsourcing.bid", "outsourcing_bid_flag_rel", string="Bids", readonly=True, copy=False
    )
    decision = fields.Text("What was Found", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [("open", "To Look at"), ("cleared", "Looked at")], required=True, default="open", index=True
    )

    _deletable_states = ()
    _frozen_fields = {"open": {"*"}, "cleared": {"*"}}

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "tender_id", "kind", "note", "bid_ids", "decision", "decided_by_id",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {"cleared": ("open",)}

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(MANAGER)

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"clear": (self.env._("What was found?"), "_clear")}

    def action_clear(self):
        """Ask what was found, then keep it; bids are excluded on their own."""
        return self._ask_reason("clear", "cleared")

    def _clear(self, reason):
        self._transition_to("cleared")
        self._gated().write({"decision": reason, "decided_by_id": self.env.uid})

    def _get_event_document(self):
        return self.tender_id


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    flag_ids = fields.One2many(
        "outsourcing.bid.flag", "tender_id", "Signs of Collusion", readonly=True, groups="base.group_user"
    )

    def _get_winner_points(self, bids):
        points = super()._get_winner_points(bids)
        for flag in self.flag_ids.filtered(lambda flag: flag.state == "open" and flag.bid_ids & bids):
            sentence = self.env._("A sign of collusion is to be looked at first: %s.", flag.note)
            points.append(MissingPoint(sentence, self, page="flags"))
        return points

    def _follow_opening(self):
        result = super()._follow_opening()
        self._raise_flags(self._get_all_bids()._find_shared_marks())
        return result

    def _open_prices(self):
        result = super()._open_prices()
        for tender in self:
            tender._raise_flags(tender._get_all_bids()._find_price_signs())
        return result

    def _raise_flags(self, signs):
        """Keep the ``signs`` (in sudo), a list of (kind, note, bids)."""
        self.env["outsourcing.bid.flag"]._gated().create(
            [
                {"tender_id": self.id, "kind": kind, "note": note, "bid_ids": [fields.Command.set(bids.ids)]}
                for kind, note, bids in signs
            ]
        )
