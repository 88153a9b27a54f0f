from odoo import fields, models


class ProjectTask(models.Model):
    """The board of work orders shows whose contractor has a card."""

    _inherit = "project.task"

    outsourcing_card_color = fields.Selection(
        related="outsourcing_contractor_id.outsourcing_card_color", groups="base.group_user"
    )
