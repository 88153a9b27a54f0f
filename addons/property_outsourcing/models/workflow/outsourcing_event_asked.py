from odoo import fields, models
from odoo.tools import format_list


class OutsourcingEventMixin(models.AbstractModel):
    """Whose turn it is, for everybody who opens the document."""

    _inherit = "outsourcing.event.mixin"

    asked_names = fields.Char(
        "Asked", compute="_compute_asked_names", groups="base.group_user", export_string_translation=False
    )

    def _compute_asked_names(self):
        # names of colleagues; whoever reads the document may know whom it waits for
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search_fetch(
                [("res_model", "=", self._name), ("res_id", "in", self.ids), ("automated", "=", True)],
                ["res_id", "user_id"],
                order="date_deadline, id",
            )
        )
        by_document = activities.grouped("res_id")
        for document in self:
            users = by_document.get(document._origin.id, activities.browse()).user_id
            document.asked_names = format_list(self.env, users.mapped("name")) if users else False
