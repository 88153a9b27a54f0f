from odoo import api, models


class OutsourcingWorkflowMixin(models.AbstractModel):
    """What staff says beside a document is for staff, whichever door of core is tried."""

    _inherit = "outsourcing.workflow.mixin"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # the portal reads the pages of its documents, and what it is sent
        if self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        # with a token, even a wrong one, core shows every comment to whoever reads the document
        if self.env.user.share and kwargs.keys() & {"hash", "pid", "token"}:
            return self.browse()
        return super()._get_thread_with_access(thread_id, mode=mode, **kwargs)
