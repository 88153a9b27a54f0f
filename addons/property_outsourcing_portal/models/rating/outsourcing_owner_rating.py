from odoo import api, fields, models


class OutsourcingOwnerRating(models.Model):
    """What the owners' representatives of a community say of one finished document: stars and a comment.

    One for each document, whoever of them gives it. Only module code writes rows (``rating_portal.py``). The
    stars become a fact of the contract; the comment stays here, for staff and the firm it is about.
    """

    _name = "outsourcing.owner.rating"
    _description = "Rating by Owners' Representatives"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id desc"
    _rec_name = "document"
    _check_company_auto = True

    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", required=True, readonly=True)
    document = fields.Char(required=True, readonly=True)
    contract_id = fields.Many2one(
        "outsourcing.contract", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    community_id = fields.Many2one(
        "outsourcing.community", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", "Rated by", required=True, readonly=True, ondelete="restrict")
    stars = fields.Integer(required=True, readonly=True, aggregator=None, help="1 to 5.")
    # a mean of whole numbers would be shown as one
    stars_mean = fields.Float(
        "Mean Stars", compute="_compute_stars_mean", store=True, digits=(2, 1), aggregator="avg"
    )
    comment = fields.Text(readonly=True)
    date_rated = fields.Datetime("Rated on", required=True, readonly=True, default=fields.Datetime.now)
    date_changed = fields.Datetime("Changed on", readonly=True)

    _document_uniq = models.UniqueIndex("(res_model, res_id)", "This was rated before.")
    _stars_range = models.Constraint("CHECK (stars BETWEEN 1 AND 5)", "Give one to five stars.")

    @api.depends("stars")
    def _compute_stars_mean(self):
        for rating in self:
            rating.stars_mean = rating.stars

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "res_model", "res_id", "document", "contract_id", "community_id", "user_id", "stars", "comment",
            "date_rated", "date_changed",
        }  # fmt: skip

    def _get_document(self):
        """Return the rated document, in sudo."""
        self.ensure_one()
        return self.env[self.res_model].sudo().browse(self.res_id)  # whoever reads the rating

    def action_open_document(self):
        """Open what was rated."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
