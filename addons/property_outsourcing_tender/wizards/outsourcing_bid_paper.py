from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class OutsourcingBidPaper(models.TransientModel):
    """An envelope that came on paper, typed by one of us; another confirms it against the paper."""

    _name = "outsourcing.bid.paper"
    _description = "Bid on Paper"

    tender_id = fields.Many2one("outsourcing.tender", required=True, readonly=True)
    currency_id = fields.Many2one(related="tender_id.currency_id")
    lot_id = fields.Many2one(
        "outsourcing.tender.lot",
        required=True,
        compute="_compute_lot_id",
        store=True,
        readonly=False,
        domain="[('tender_id', '=', tender_id), ('result', '=', 'open')]",
    )
    contractor_id = fields.Many2one(
        "res.partner",
        "Bidder",
        required=True,
        domain="[('outsourcing_state', '!=', False), ('parent_id', '=', False)]",
    )
    line_ids = fields.One2many(
        "outsourcing.bid.paper.line",
        "paper_id",
        "Prices",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    bid_bond = fields.Monetary(related="lot_id.bid_bond")
    bond_kind = fields.Selection(
        selection=lambda self: self.env["outsourcing.bid.bond"]._get_bond_kinds(),
        string="Bid Bond with it",
        help="Empty: none came with the paper, and the bid is excluded.",
    )
    bond_amount = fields.Monetary("Amount of the Bond")
    bond_number = fields.Char("Number of the Guarantee")
    bond_date_given = fields.Date("Paid or Issued on")
    bond_date_valid = fields.Date("Bond Valid until")
    stated_total = fields.Monetary(
        "Total as the Letter Says",
        help="Compared with the sum of the prices when the prices are opened; 0: the paper states none.",
    )
    scan = fields.Binary("Scan of the Signed Paper", required=True, attachment=False)
    scan_name = fields.Char(default="scan.pdf")

    @api.depends("tender_id")
    def _compute_lot_id(self):
        for paper in self:
            lots = paper.tender_id.lot_ids.filtered(lambda lot: lot.result == "open")
            paper.lot_id = paper.lot_id or lots[:1]

    @api.depends("lot_id")
    def _compute_line_ids(self):
        for paper in self:
            items = paper.lot_id.item_ids
            paper.line_ids = [Command.clear(), *(Command.create({"item_id": item.id}) for item in items)]

    @api.onchange("lot_id")
    def _onchange_lot_id(self):
        """The bond is proposed anew, as the prices are asked for anew: another lot asks for another one."""
        asked = self.lot_id.bid_bond
        self.bond_kind = asked and self.bond_kind
        self.bond_amount = asked if self.bond_kind else 0.0

    @api.onchange("bond_kind")
    def _onchange_bond_kind(self):
        if self.bond_kind and not self.bond_amount:
            self.bond_amount = self.bid_bond

    def action_confirm(self):
        """Record the bid and show it."""
        self.ensure_one()
        if any(line.price_unit <= 0 for line in self.line_ids):
            raise UserError(self.env._("Enter the price of every item."))
        if self.stated_total < 0:
            raise UserError(self.env._("A price cannot be negative."))
        prices = {line.item_id: line.price_unit for line in self.line_ids}
        scan = (self.scan_name or "scan.pdf", self.scan)
        bid = self.env["outsourcing.bid"]._record_paper(
            self.lot_id,
            self.contractor_id.commercial_partner_id,
            prices,
            scan,
            {"stated_total": self.stated_total},
        )
        bid._record_paper_bond(self._get_bond_vals(), scan)
        return self.tender_id._get_shown_action(bid)

    def _get_bond_vals(self):
        """Return what bidders tell of a bond, empty if none came with the paper."""
        if not self.bond_kind:
            return {}
        guarantee = self.bond_kind != "cash"  # what was typed before the kind changed is no longer shown
        return {
            "bond_kind": self.bond_kind,
            "bond_amount": self.bond_amount,
            "date_given": self.bond_date_given,
            "bond_number": guarantee and self.bond_number,
            "bond_date_valid": guarantee and self.bond_date_valid,
        }
