from odoo import api, fields, models
from odoo.exceptions import AccessError


class OutsourcingTender(models.Model):
    """The buttons of the form: the acting member's seat on the panel, papers, contracts."""

    _inherit = "outsourcing.tender"

    is_due_to_open = fields.Boolean("Due to be Opened", compute="_compute_is_due_to_open")
    contract_count = fields.Integer(
        "Number of Contracts", compute="_compute_contract_count", groups="base.group_user"
    )

    @api.depends("state", "date_opening", "date_deadline")
    def _compute_is_due_to_open(self):
        now = fields.Datetime.now()
        for tender in self:
            opening = tender.date_opening or tender.date_deadline
            tender.is_due_to_open = tender.state == "published" and bool(opening) and opening <= now

    def _compute_contract_count(self):
        contracts = self.env["outsourcing.contract"]
        counts = {}
        if contracts.has_access("read"):
            domain = [("tender_lot_id.tender_id", "in", self.ids)]
            for lot, count in contracts._read_group(domain, ["tender_lot_id"], ["__count"]):
                tender = lot.sudo().tender_id.id  # which one
                counts[tender] = counts.get(tender, 0) + count
        for tender in self:
            tender.contract_count = counts.get(tender._origin.id, 0)

    def action_view_contracts(self):
        """Open the contracts that were drafted from the tender."""
        self.ensure_one()
        contracts = self.env["outsourcing.contract"].search([("tender_lot_id.tender_id", "=", self.id)])
        return self._get_shown_action(contracts)

    def _get_my_seat(self):
        self.ensure_one()
        if not self.my_panelist_id:
            raise AccessError(self.env._("You are not on the panel of this tender."))
        return self.my_panelist_id

    def action_declare_none(self):
        """Declare that nothing binds the acting member to a bidder."""
        self._get_my_seat().action_declare_none()

    def action_stand_aside(self):
        """Declare an interest: the acting member takes no part."""
        self._get_my_seat().action_stand_aside()

    def action_open_scores(self):
        """Open the acting member's own score sheet."""
        return self._get_my_seat().action_open_scores()

    def action_hand_in(self):
        """Hand in the acting member's scores."""
        self._get_my_seat().action_hand_in()

    def action_print_minutes(self):
        """Print the minutes of the opening."""
        return self.env.ref("property_outsourcing_tender.report_tender_minutes").report_action(self)

    def action_print_comparison(self):
        """Print the comparison of the bids."""
        return self.env.ref("property_outsourcing_tender.report_tender_comparison").report_action(self)

    def action_record_paper(self):
        """Record a bid that came on paper."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a Bid on Paper"),
            "res_model": "outsourcing.bid.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_tender_id": self.id},
        }


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    def action_print_notice(self):
        """Print the notice that tells the bidder the result."""
        return self.env.ref("property_outsourcing_tender.report_bid_notice").report_action(self)
