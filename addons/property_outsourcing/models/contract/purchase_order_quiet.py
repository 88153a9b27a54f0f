from odoo import models

# Compared by identity: while an order follows its contract, the document that changed it tells the story.
QUIET_KEY = "outsourcing_order_quiet"
QUIET = object()


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _is_changed_quietly(self):
        return self.env.context.get(QUIET_KEY) is QUIET

    def message_post(self, **kwargs):
        # core posts a note per changed line; the document behind the change posts one for all of them
        if self._is_changed_quietly():
            return self.env["mail.message"]
        return super().message_post(**kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        if self._is_changed_quietly():
            return self.env["mail.message"]
        return super().message_post_with_source(source_ref, **kwargs)
