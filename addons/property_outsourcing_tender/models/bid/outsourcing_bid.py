from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("withdrawn", "Withdrawn"),
    ("opened", "Opened"),
    ("scored", "Scored"),
    ("awarded", "Awarded"),
    ("lost", "Not awarded"),
    ("disqualified", "Excluded"),
]
OPEN_STATES = ("opened", "scored", "awarded", "lost", "disqualified")
EFFECTIVE_STATES = ("opened", "scored", "awarded", "lost")
STAFF = "base.group_user"
SYSTEM = "base.group_system"


class OutsourcingBid(models.Model):
    """What a firm offers for a lot. Sealed until the opening; its price until the technical scores are in."""

    _name = "outsourcing.bid"
    _description = "Bid"
    _inherit = ["outsourcing.sealed.mixin", "outsourcing.printed.mixin", "outsourcing.workflow.mixin"]
    _order = "lot_id, id"
    _check_company_auto = True

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="restrict")
    lot_id = fields.Many2one(
        "outsourcing.tender.lot",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('tender_id', '=', tender_id)]",
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="tender_id.currency_id")
    tender_state = fields.Selection(related="tender_id.state", string="State of the Tender")
    contractor_id = fields.Many2one(
        "res.partner",
        "Bidder",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('outsourcing_state', '!=', False), ('parent_id', '=', False)]",
    )
    user_id = fields.Many2one("res.users", "Drawn up by", readonly=True, default=lambda self: self.env.user)
    state = fields.Selection(STATES, required=True, default="draft", copy=False, index=True)
    validity_days = fields.Integer("Valid for (days)")
    tax_rate = fields.Float("VAT (%)")
    plan = fields.Text("Method and Schedule")
    staffing = fields.Text("Key Persons and Certificates")
    emergency = fields.Text("Emergency Plan")
    references = fields.Text("Similar Projects")
    # no staff field: it would tell the price before the prices are opened
    stated_total = fields.Monetary("Total as the Letter Says", groups=fields.NO_ACCESS)
    line_ids = fields.One2many("outsourcing.bid.line", "bid_id", "Prices")
    file_ids = fields.One2many("outsourcing.bid.file", "bid_id", "Files")

    date_submitted = fields.Datetime("Submitted on", readonly=True, copy=False)
    receipt = fields.Char("Receipt (SHA-256)", readonly=True, copy=False)
    receipt_salt = fields.Char(readonly=True, copy=False, groups=SYSTEM)
    hash_state = fields.Selection(
        [("same", "As submitted"), ("changed", "Not as submitted"), ("paper", "On paper")],
        "Contents Compared",
        readonly=True,
        copy=False,
    )
    submit_address = fields.Char("Handed in from", readonly=True, copy=False, groups=STAFF)
    submit_device = fields.Char("Device", readonly=True, copy=False, groups=STAFF)
    is_paper = fields.Boolean("On Paper", readonly=True, copy=False)
    recorded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    has_price = fields.Boolean("Price Opened", readonly=True, copy=False)
    amount_total = fields.Monetary("Quote", readonly=True, copy=False, groups=STAFF)
    disqualify_reason = fields.Text("Reason of the Exclusion", readonly=True, copy=False)
    score_technical = fields.Float(
        "Technical Points", digits=(16, 2), readonly=True, copy=False, groups=STAFF
    )
    score_price = fields.Float("Price Points", digits=(16, 2), readonly=True, copy=False, groups=STAFF)
    score_bonus = fields.Float("Past Performance", digits=(16, 2), readonly=True, copy=False, groups=STAFF)
    score_total = fields.Float("Points", digits=(16, 2), readonly=True, copy=False, groups=STAFF)
    rank = fields.Integer(readonly=True, copy=False, groups=STAFF, aggregator=None)

    _submitted_uniq = models.UniqueIndex(
        "(lot_id, contractor_id) WHERE state = 'submitted'",
        "The firm has handed in a bid for this lot already.",
    )
    _draft_uniq = models.UniqueIndex(
        "(lot_id, contractor_id) WHERE state = 'draft'", "The firm is drawing up a bid for this lot already."
    )

    _frozen_fields = {state: {"*"} for state, _label in STATES if state != "draft"}

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "submitted": ("draft",),
            "withdrawn": ("submitted",),
            "opened": ("submitted",),
            "scored": ("opened",),
            "awarded": ("scored", "lost"),
            "lost": ("scored", "awarded"),
            "disqualified": ("opened", "scored", "awarded", "lost"),
        }

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "date_submitted", "receipt", "receipt_salt", "hash_state", "is_paper", "recorded_by_id",
            "confirmed_by_id", "has_price", "amount_total", "disqualify_reason", "score_technical",
            "score_price", "score_bonus", "score_total", "rank", "signed_data",
            "submit_address", "submit_device", "stated_total",
        }  # fmt: skip

    @api.depends("tender_id.name", "lot_id.name", "contractor_id.name")
    def _compute_display_name(self):
        for bid in self:
            lot = bid.lot_id.name if bid.tender_id.lot_count > 1 else False
            # sudo: whoever may read the bid reads the name of its firm
            parts = (bid.tender_id.name, lot, bid.contractor_id.sudo().name)
            bid.display_name = " · ".join(part for part in parts if part)

    @api.constrains("lot_id", "tender_id", "contractor_id")
    def _check_party(self):
        for bid in self:
            if bid.lot_id.tender_id != bid.tender_id:
                raise ValidationError(self.env._("The lot belongs to another tender."))

    def _get_event_document(self):
        return self.tender_id
