from odoo import api, fields, models

STATUS_LABELS = [
    ("none", "Not a contractor"),
    ("candidate", "Candidate"),
    ("qualified", "Qualified"),
    ("suspended", "Suspended"),
    ("blacklisted", "Blacklisted"),
]


class OutsourcingContractorHistory(models.Model):
    """Each decision on the status of a contractor. Written by the module alone, never changed."""

    _name = "outsourcing.contractor.history"
    _description = "Contractor status history"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Contractor", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="partner_id.company_id", store=True, index="btree_not_null")
    state_from = fields.Selection(STATUS_LABELS, string="Former status", readonly=True)
    state_to = fields.Selection(STATUS_LABELS, string="New status", required=True, readonly=True)
    date = fields.Datetime(string="Decided on", required=True, readonly=True)
    date_until = fields.Date(string="Until", readonly=True)
    reason = fields.Char(readonly=True)
    decided_by_id = fields.Many2one(
        "res.users",
        string="Decided by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the term of the former status had run out.",
    )
    decided_for_id = fields.Many2one(
        "res.company", string="Decided for", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "partner_id", "state_from", "state_to", "date", "date_until", "reason", "decided_by_id",
            "decided_for_id",
        }  # fmt: skip
