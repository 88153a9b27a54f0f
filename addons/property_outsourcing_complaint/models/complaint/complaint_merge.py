from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .outsourcing_complaint import ENDS, OPEN_STATES


class OutsourcingComplaint(models.Model):
    """Forty people report one lift: one complaint is dealt with, all of them are told."""

    _inherit = "outsourcing.complaint"

    def _get_duplicate_domain(self):
        """Return the domain of the open complaints that ``self`` may be another report of."""
        self.ensure_one()
        domain = Domain("community_id", "=", self.community_id.id) & Domain("state", "in", OPEN_STATES)
        same = Domain("equipment_id", "=", self.equipment_id.id) if self.equipment_id else Domain.FALSE
        if self.location_id:
            same |= Domain("location_id", "=", self.location_id.id)
        if self.service_type_id:
            domain &= Domain("service_type_id", "in", (False, self.service_type_id.id))
        return domain & same & Domain("id", "not in", self.ids)

    def action_merge(self):
        """Open the dialogue that merges the complaints into the one that is dealt with."""
        self._check_actor("merged")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": "outsourcing.complaint.merge",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }

    def _merge_into(self, target):
        """Let the complaints ``self`` be further reports of ``target``; their reporters follow it.

        :raise UserError: ``target`` is over, one of them, or in another community
        """
        target.ensure_one()
        self._check_actor("merged")
        target.check_access("write")
        target._wait_for_others()
        if target in self:
            raise UserError(self.env._("A complaint is not merged into itself."))
        if target.state in ENDS:
            raise UserError(
                self.env._(
                    "%(complaint)s is %(state)s: nothing more is merged into it.",
                    complaint=target.display_name,
                    state=target._get_state_label(),
                )
            )
        if self.community_id - target.community_id:
            raise UserError(self.env._("Only reports of one community are one matter."))
        if self.merged_ids:
            self.merged_ids._gated().write({"merged_into_id": target.id})
        self._gated().write({"merged_into_id": target.id})
        self._transition_to("merged")
        self._tell_event("merged", number=target.name)
        target.message_post(body=self.env._("Merged: %s", ", ".join(self.mapped("name"))))

    def _wait_for_others(self):
        """Wait for whoever is changing the complaint; if that came to something, this is run again."""
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM outsourcing_complaint WHERE id IN %s FOR UPDATE", tuple(self.ids))
        )

    @api.model
    def _get_main(self, complaint):
        """Return the complaint under which ``complaint`` is dealt with."""
        return complaint.merged_into_id or complaint
