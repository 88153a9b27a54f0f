from odoo import fields, models


class OutsourcingTenderInvitation(models.Model):
    """A firm that is asked to bid, written with the publication. A firm reads its own, never another's."""

    _name = "outsourcing.tender.invitation"
    _description = "Invitation to Bid"
    _order = "tender_id, id"

    tender_id = fields.Many2one(
        "outsourcing.tender", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(
        "res.partner", "Firm", required=True, index=True, ondelete="restrict", readonly=True
    )

    _firm_uniq = models.Constraint("UNIQUE(tender_id, contractor_id)", "The firm is invited already.")
