from odoo import api, models


class ProjectTask(models.Model):
    """What staff says beside a work order is for staff; core shows comments to whoever reads the task."""

    _inherit = "project.task"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if not self.env.user.share:
            return found
        # sudo: whether it is an order of a contract
        orders = self.filtered(lambda task: task.sudo().outsourcing_contract_id)
        return {**found, **dict.fromkeys(orders, "write")}

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        # with a token, even a wrong one, core shows every comment to whoever reads the task
        is_tried = self.env.user.share and kwargs.keys() & {"hash", "pid", "token"}
        # sudo: whether it is an order of a contract
        if is_tried and self.sudo().browse(int(thread_id)).exists().outsourcing_contract_id:
            return self.browse()
        return super()._get_thread_with_access(thread_id, mode=mode, **kwargs)
