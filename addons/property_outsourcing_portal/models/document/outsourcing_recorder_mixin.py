from odoo import api, fields, models


class OutsourcingRecorderMixin(models.AbstractModel):
    """A draft written on a shared phone: it notes which of the firm's people wrote it."""

    _name = "outsourcing.recorder.mixin"
    _inherit = ["outsourcing.guard.mixin"]
    _description = "Document with a recorder"

    recorder_id = fields.Many2one(
        "res.partner",
        "Written by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Who worked on the phone, where people of the firm have PINs; the draft is for that person.",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"recorder_id"}

    @api.model_create_multi
    def create(self, vals_list):
        performer = self.env.user.share and self.env.user._get_bound_performer()
        if performer:
            vals_list = [{**vals, "recorder_id": performer.id} for vals in vals_list]
        return super().create(vals_list)
