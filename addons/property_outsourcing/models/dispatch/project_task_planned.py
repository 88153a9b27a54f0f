from collections import defaultdict

from odoo import models


class ProjectTask(models.Model):
    """Who follows an order: whoever works on one is told when it is dispatched, not whoever created it."""

    _inherit = "project.task"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let the persons follow the orders, of any number of contracts."""
        # core subscribes whoever creates, one task after the other; of a contract these are many at once
        if not self.env.context.get("mail_create_nosubscribe"):
            return self._subscribe_by_project(partner_ids, subtype_ids)
        plain = self.filtered(lambda task: not task.outsourcing_contract_id)
        return plain._subscribe_by_project(partner_ids, subtype_ids) if plain else True

    def _subscribe_by_project(self, partner_ids, subtype_ids):
        """Subscribe to tasks of many projects at once: core fails where one person follows two of them."""
        if subtype_ids or not partner_ids or len(self.project_id) < 2:
            # pylint: disable-next=super-method-mismatch
            return super().message_subscribe(partner_ids, subtype_ids)
        for (partner_id, subtypes, _project), tasks in self._group_by_subscription(partner_ids).items():
            # pylint: disable-next=super-method-mismatch
            super(ProjectTask, tasks).message_subscribe([partner_id], list(subtypes) or None)
        return True

    def _group_by_subscription(self, partner_ids):
        """Return what each person will be told of: dict (partner id, ids of subtypes, project) -> tasks.

        As core has it for the tasks of one project: who follows the project hears of its tasks what that
        person wants to hear of the project; whoever does not, what is told by default. The project is
        told apart only for those who follow it and want to hear nothing.
        """
        # sudo: how the persons follow the projects, nothing else
        followers = self.project_id.sudo().message_follower_ids
        chosen = {(row.res_id, row.partner_id.id): row.subtype_ids for row in followers}
        groups = defaultdict(self.browse)
        for task in self:
            for partner_id in partner_ids:
                of_project = chosen.get((task.project_id.id, partner_id))
                told, project = self.env["mail.message.subtype"], False
                if of_project:
                    told = of_project.parent_id | of_project.filtered(lambda sub: sub.internal or sub.default)
                elif of_project is not None:
                    project = task.project_id
                groups[partner_id, tuple(told.ids), project] |= task
        return groups
