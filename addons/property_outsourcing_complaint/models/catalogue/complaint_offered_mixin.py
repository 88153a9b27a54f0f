from odoo import api, models


class OutsourcingComplaintOfferedMixin(models.AbstractModel):
    """What residents choose from is kept in the cache: every visitor reads it, hardly anybody changes it."""

    _name = "outsourcing.complaint.offered.mixin"
    _description = "Offered on the Residents' Page"

    def _forget_offered(self):
        self.env.registry.clear_cache()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._forget_offered()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._forget_offered()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_offered()
        return result

    def _update_field_translations(self, *args, **kwargs):
        result = super()._update_field_translations(*args, **kwargs)
        self._forget_offered()
        return result
