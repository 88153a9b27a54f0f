from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.gate import is_uninstalling


class OutsourcingBidScore(models.Model):
    """What one member of the panel gives one bid for one factor; others read it when all are in."""

    _name = "outsourcing.bid.score"
    _description = "Score of a Bid"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "bid_id, criterion_sequence, id"

    bid_id = fields.Many2one("outsourcing.bid", required=True, index=True, ondelete="cascade", readonly=True)
    tender_id = fields.Many2one(related="bid_id.tender_id", store=True, index=True)
    lot_id = fields.Many2one(related="bid_id.lot_id", store=True)
    company_id = fields.Many2one(related="bid_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(related="bid_id.contractor_id", string="Bidder", store=True)
    criterion_id = fields.Many2one(
        "outsourcing.tender.criterion",
        "Factor",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    criterion_sequence = fields.Integer(related="criterion_id.sequence", store=True)
    weight = fields.Float(related="criterion_id.weight", string="Highest")
    guide = fields.Text(related="criterion_id.guide")
    panelist_id = fields.Many2one(
        "outsourcing.tender.panelist", required=True, index=True, ondelete="restrict", readonly=True
    )
    user_id = fields.Many2one(related="panelist_id.user_id", string="Member", store=True, index=True)
    value = fields.Float("Points", digits=(16, 2), aggregator="avg")
    is_given = fields.Boolean("Given", readonly=True)
    is_revealed = fields.Boolean("All In", readonly=True, index=True)
    note = fields.Char()

    _score_uniq = models.Constraint(
        "UNIQUE(bid_id, criterion_id, panelist_id)", "A member gives one score per bid and factor."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "bid_id", "criterion_id", "panelist_id", "is_given", "is_revealed",
        }  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_gate_open():
            raise UserError(self.env._("Score sheets are drawn up when the evaluation begins."))
        return super().create(vals_list)

    def write(self, vals):
        if self._is_gate_open():
            return super().write(vals)
        self.check_access("write")
        if any(score.user_id != self.env.user for score in self):
            raise AccessError(self.env._("A score is given by the member of the panel alone."))
        if any(score.panelist_id.sudo().date_handed_in for score in self):  # whether it is in
            raise UserError(self.env._("Scores that were handed in are not changed."))
        result = super().write(vals)
        if "value" in vals:
            self._gated().write({"is_given": True})
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        if not self._is_gate_open() and not is_uninstalling(self.env):
            raise UserError(self.env._("A score is not deleted."))

    @api.constrains("value")
    def _check_value(self):
        for score in self:
            if not 0 <= score.value <= score.criterion_id.weight:
                raise ValidationError(
                    self.env._(
                        "%(factor)s: points lie between 0 and %(most)s.",
                        factor=score.criterion_id.name,
                        most=f"{score.criterion_id.weight:g}",
                    )
                )
