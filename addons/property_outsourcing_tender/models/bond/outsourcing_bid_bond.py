from odoo import api, fields, models

STAFF = "base.group_user"


class OutsourcingBidBond(models.Model):
    """The bid bond of a firm for a lot: one, however often the bid is replaced."""

    _name = "outsourcing.bid.bond"
    _description = "Bid Bond"
    _inherit = ["outsourcing.sealed.mixin", "outsourcing.bond.mixin", "outsourcing.workflow.mixin"]
    _order = "tender_id desc, lot_id, id"

    lot_id = fields.Many2one(
        "outsourcing.tender.lot", required=True, index=True, ondelete="restrict", readonly=True
    )
    tender_id = fields.Many2one(related="lot_id.tender_id", store=True, index=True)
    company_id = fields.Many2one(related="lot_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="lot_id.currency_id")
    contractor_id = fields.Many2one(
        "res.partner", "Bidder", required=True, index=True, ondelete="restrict", readonly=True
    )
    date_given = fields.Date("Paid or Issued on", required=True, readonly=True)
    proof = fields.Binary(attachment=True, readonly=True)
    proof_name = fields.Char("File Name", readonly=True)
    date_return_due = fields.Date("Return until", compute="_compute_date_return_due", store=True, index=True)
    date_noticed = fields.Date("Return Announced", readonly=True)
    reason = fields.Text("Reason of the Decision", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [
            ("given", "To Check"),
            ("received", "Received"),
            ("missing", "Not Received"),
            ("returned", "Returned"),
            ("forfeited", "Forfeited"),
        ],
        required=True,
        default="given",
        index=True,
    )
    bond_state = fields.Selection(selection_add=[("missing", "Not Received"), ("forfeited", "Forfeited")])

    _firm_uniq = models.Constraint(
        "UNIQUE(lot_id, contractor_id)", "The firm has given a bid bond for this lot already."
    )

    _deletable_states = ()
    _frozen_fields = {state: {"*"} for state in ("given", "received", "missing", "returned", "forfeited")}

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "lot_id", "contractor_id", "date_given", "proof", "proof_name", "date_return_due", "date_noticed",
            "reason", "decided_by_id", "bond_kind", "bond_amount", "bond_number", "bond_date_received",
            "bond_date_valid", "bond_date_returned",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "received": ("given",),
            "missing": ("given",),
            "returned": ("received",),
            "forfeited": ("received",),
        }

    @api.depends("contractor_id.name", "lot_id.name")
    def _compute_display_name(self):
        for bond in self:
            firm = bond.contractor_id.sudo().name  # whoever may read the bond reads whose it is
            bond.display_name = " · ".join(filter(None, (bond.lot_id.display_name, firm)))

    @api.model
    def _get_bond_kinds(self):
        """Return the kinds of bond as a selection, in the reader's language."""
        return self._fields["bond_kind"]._description_selection(self.env)

    @api.depends("state")
    def _compute_bond_state(self):
        return super()._compute_bond_state()

    def _get_bond_state(self):
        return self.state if self.state in ("missing", "forfeited") else super()._get_bond_state()

    def _get_event_document(self):
        return self.tender_id
