from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingSurveyComment(models.Model):
    """What a household wrote, torn off its answer: for managers, never word for word for contractors."""

    _name = "outsourcing.survey.comment"
    _description = "Comment of a Household"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "round_id desc, is_handled, id"
    _rec_name = "text"

    round_id = fields.Many2one(
        "outsourcing.survey.round", "Survey", required=True, readonly=True, index=True, ondelete="cascade"
    )
    community_id = fields.Many2one(related="round_id.community_id", store=True, index=True)
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    text = fields.Text("Comment", required=True, readonly=True)
    is_handled = fields.Boolean("Dealt with")
    note = fields.Char("What was done")
    res_model = fields.Char("Kind of Matter", readonly=True, copy=False)
    res_id = fields.Many2oneReference(
        "Matter Made of it", model_field="res_model", readonly=True, copy=False, index=True
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"round_id", "text", "res_model", "res_id"}

    def _prepare_matter_vals(self):
        """Return what an add-on that makes a matter of its own of the comment starts from. Hook.

        :return: dict with ``community_id`` and ``description``; who wrote it is known to nobody
        """
        self.ensure_one()
        return {"community_id": self.community_id.id, "description": self.text}

    def _take_up(self, records):
        """Remember which of ``records`` a manager has made of which comment, in their order; once.

        :param records: as many records of one model as there are comments

        :raise UserError: something was made of one of them already
        """
        self.check_access("write")
        if any(comment.res_id for comment in self):
            raise UserError(self.env._("This comment was taken up already."))
        for comment, record in zip(self, records, strict=True):
            comment._gated().write({"res_model": record._name, "res_id": record.id, "is_handled": True})

    def action_view_matter(self):
        """Open what was made of the comment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }
