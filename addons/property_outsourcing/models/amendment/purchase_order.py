from odoo import models

# Compared by identity, as the gate is: while an amendment follows up the order, it tells the story itself.
QUIET_KEY = "outsourcing_amendment_quiet"
QUIET = object()


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _is_amended_quietly(self):
        return self.env.context.get(QUIET_KEY) is QUIET

    def message_post(self, **kwargs):
        # core posts a note per changed line; the amendment posts one for all of them
        if self._is_amended_quietly():
            return self.env["mail.message"]
        return super().message_post(**kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        if self._is_amended_quietly():
            return self.env["mail.message"]
        return super().message_post_with_source(source_ref, **kwargs)
