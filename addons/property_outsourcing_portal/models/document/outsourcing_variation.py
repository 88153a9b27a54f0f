from odoo import api, fields, models


class OutsourcingVariation(models.Model):
    _inherit = "outsourcing.variation"
    _portal_takes_photos = True
    _told_states = {"approved": ("contractor_id", None), "rejected": ("contractor_id", None)}

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

    def _portal_check_may_add_evidence(self):
        self._get_own_draft()
