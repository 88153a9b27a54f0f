from odoo import models
from odoo.exceptions import AccessError


class OutsourcingSigningMixin(models.AbstractModel):
    _inherit = "outsourcing.signing.mixin"

    def _sign(self, stage, vals, amount):
        """Sign as who works on the phone, where people of the firm have PINs; the login is kept beside it."""
        performer = self.env.user.share and self.env.user._get_bound_performer()
        if performer:
            if not self._is_signer(stage.level, performer):
                raise AccessError(
                    self.env._("%s does not belong to the party that signs here.", performer.name)
                )
            vals = {**vals, "signer_id": performer.id, "signer_name": performer.name}
        return super()._sign(stage, vals, amount)
