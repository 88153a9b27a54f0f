from odoo import api, fields, models
from odoo.exceptions import ValidationError

RESULTS = [("open", "Open"), ("failed", "Failed"), ("awarded", "Award Decided")]
STAFF = "base.group_user"


class OutsourcingTenderLot(models.Model):
    """A part of the tender that is bid for and awarded on its own; a tender has one at least."""

    _name = "outsourcing.tender.lot"
    _description = "Lot of a Tender"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "tender_id, sequence, id"
    _workflow_parent = "tender_id"

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="tender_id.currency_id")
    service_type_id = fields.Many2one(related="tender_id.service_type_id", store=True, index=True)
    way_id = fields.Many2one(related="tender_id.way_id", store=True, index=True)
    tender_state = fields.Selection(related="tender_id.state", string="State of the Tender", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, default=lambda self: self._get_default_name())
    community_ids = fields.Many2many(
        "outsourcing.community",
        string="Communities",
        context={"active_test": False},
        help="Empty: all communities of the tender.",
    )
    item_ids = fields.One2many("outsourcing.tender.item", "lot_id", "Items to Price", copy=True)
    ceiling = fields.Monetary("Ceiling Price", groups=STAFF, help="A bid above it is not valid; 0: none.")
    estimate = fields.Monetary(groups=STAFF, help="What we expect to pay; never shown to bidders.")
    result = fields.Selection(RESULTS, required=True, default="open", copy=False, index=True)
    fail_reason = fields.Char("Why it Failed", readonly=True, copy=False)
    amount_awarded = fields.Monetary("Awarded Amount", readonly=True, copy=False, groups=STAFF)
    saving = fields.Monetary(compute="_compute_saving", store=True, groups=STAFF)
    saving_rate = fields.Float(
        "Saving (%)", compute="_compute_saving", store=True, aggregator="avg", groups=STAFF
    )

    _amounts_not_negative = models.Constraint(
        "CHECK(ceiling >= 0 AND estimate >= 0)", "Ceiling price and estimate cannot be negative."
    )

    @api.model
    def _get_default_name(self):
        return self.env._("Lot %s", self.env.context.get("outsourcing_lot_number", 1))  # the form counts

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"fail_reason", "amount_awarded"}

    @api.depends("estimate", "amount_awarded")
    def _compute_saving(self):
        for lot in self:
            known = lot.estimate and lot.amount_awarded
            lot.saving = lot.estimate - lot.amount_awarded if known else 0.0
            lot.saving_rate = round(100 * lot.saving / lot.estimate, 2) if known else 0.0

    @api.depends("name", "tender_id.name")
    def _compute_display_name(self):
        for lot in self:
            lot.display_name = " · ".join(part for part in (lot.tender_id.name, lot.name) if part)

    @api.constrains("result")
    def _check_result(self):
        for lot in self:
            if lot.result != "open" and lot.tender_id.state in ("draft", "published"):
                raise ValidationError(self.env._("A lot has no result before the opening."))

    def _get_communities(self):
        """Return the communities the lot serves."""
        self.ensure_one()
        return self.community_ids or self.tender_id.community_ids

    def _get_ceiling(self):
        """Return the ceiling price as bidders may know it, 0.0 where there is none or it is not published."""
        self.ensure_one()
        lot = self.sudo()  # published, or compared with the bid's own price only
        return lot.ceiling if lot.tender_id.show_ceiling else 0.0
