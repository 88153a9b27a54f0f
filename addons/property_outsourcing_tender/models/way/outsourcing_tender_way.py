import itertools

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("public", "Public tender"),
    ("invited", "Invited tender"),
    ("consultation", "Competitive consultation"),
    ("quotes", "Three quotes"),
    ("direct", "Direct award"),
]
SEALS = [("access", "By access"), ("encrypted", "Encrypted")]


class OutsourcingTenderWay(models.Model):
    """A way of award with its rules: who is asked, how many have to bid, who decides."""

    _name = "outsourcing.tender.way"
    _description = "Way of Award"
    _inherit = ["outsourcing.in.use.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10, help="The strictest way comes first.")
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="invited")
    min_bidders = fields.Integer(
        "Least Number of Bids", default=3, help="With fewer valid bids a lot is not opened: it has failed."
    )
    notice_days = fields.Integer(
        "Days to Bid", default=5, help="Least number of days between the publication and the deadline."
    )
    addendum_days = fields.Integer(
        "Days after an Addendum",
        default=2,
        help="Least number of days between an addendum and the deadline; with fewer it is put off.",
    )
    publicity_days = fields.Integer(
        "Days of Publicity", default=3, help="Days in which bidders may object to the award; 0: none."
    )
    seal_mode = fields.Selection(
        SEALS, "Seal", required=True, default="access", help="How bids are kept until the opening."
    )
    clarification_days = fields.Integer(
        "Days to Clarify", default=2, help="Days a bidder has to answer what it is asked in the evaluation."
    )
    low_price_rate = fields.Float(
        "Abnormally Low (%)",
        default=25.0,
        help="A quote that lies so far below the mean of the others has to be explained; 0: none.",
    )
    panel_size = fields.Integer(
        "Members of the Panel", help="An odd number from three; 0: the price alone decides, without a panel."
    )
    needs_reason = fields.Boolean("Reason Required")
    needs_approval = fields.Boolean(
        "Second Approval", help="Another manager than the one who asks for it publishes."
    )
    description = fields.Text(translate=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another way of award has this code.")

    def copy_data(self, default=None):
        """Give each copy a code that nothing else has."""
        rows = super().copy_data(default)
        known = set(self.with_context(active_test=False).search([]).mapped("code"))
        for way, row in zip(self, rows, strict=True):
            codes = (f"{way.code}-{number}" for number in itertools.count(2))
            row.setdefault("code", next(code for code in codes if code not in known))
            known.add(row["code"])
        return rows

    @api.constrains("clarification_days", "low_price_rate")
    def _check_clarification(self):
        for way in self:
            if way.clarification_days < 1 or not 0 <= way.low_price_rate < 100:
                raise ValidationError(
                    self.env._(
                        "%s: bidders have one day at least to clarify, and a price is abnormally low by 0 to "
                        "100 percent.",
                        way.name,
                    )
                )

    @api.constrains("min_bidders", "notice_days", "addendum_days", "publicity_days", "panel_size")
    def _check_figures(self):
        for way in self:
            if (
                way.min_bidders < 1
                or min(way.notice_days, way.addendum_days, way.publicity_days, way.panel_size) < 0
            ):
                raise ValidationError(
                    self.env._("%s: at least one bid is needed, and days cannot be negative.", way.name)
                )
            if way.panel_size and (way.panel_size < 3 or way.panel_size % 2 == 0):
                raise ValidationError(
                    self.env._("%s: a panel has an odd number of members, three at least.", way.name)
                )
