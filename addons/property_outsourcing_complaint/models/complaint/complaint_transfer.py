from odoo import models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.tools import join_names

EVENT_NEW = "property_outsourcing_complaint.activity_type_complaint_new"


class OutsourcingComplaint(models.Model):
    """What belongs to another community goes there with everybody who reported it."""

    _inherit = "outsourcing.complaint"

    def action_transfer(self):
        """Open the dialogue that passes the complaint on to another community."""
        self.ensure_one()
        self._check_transferable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pass on to Another Community"),
            "res_model": "outsourcing.complaint.transfer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _check_transferable(self):
        """Raise UserError with all that binds the complaint to its community."""
        self._check_actor("transferred")
        blockers = self._get_transfer_blockers()
        if blockers:
            raise UserError(
                self.env._(
                    "%(complaint)s stays in its community: %(reasons)s.",
                    complaint=self.display_name,
                    reasons=join_names(self.env, blockers),
                )
            )

    def _get_transfer_blockers(self):
        """Return what binds the complaint to its community: list of phrases. Hook: add to super's."""
        self.ensure_one()
        if self.state in ("new", "accepted"):
            return []
        return [self.env._("it is %s, not waiting to be dispatched", self._get_state_label())]

    def _transfer(self, community, location, equipment, reason):
        """Pass ``self`` on to ``community``, whose desk takes it up anew; merged reports and people follow.

        :param location, equipment: the place there, as far as it is known
        """
        self.ensure_one()
        self._check_transferable()
        community.check_access("read")
        if community == self.community_id:
            raise UserError(self.env._("It is in this community already."))
        if community.company_id != self.company_id:
            raise UserError(
                self.env._("Another company answers there: enter it anew, and do not take this one up.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Write why it belongs there."))
        body = self.env._(
            "Passed on from %(old)s to %(new)s: %(reason)s",
            old=self.community_id.name,
            new=community.name,
            reason=reason.strip(),
        )
        self.message_post(body=body)
        self._move_to(community, location, equipment)

    def _move_to(self, community, location, equipment):
        """Write the new place; module code, who may do so was checked."""
        moved = self._gated()
        moved.activity_unlink([EVENT_NEW, *self._get_community_events()])
        place = {
            "community_id": community.id,
            "location_id": location.id,
            "equipment_id": equipment.id,
        }
        rows = moved | moved.merged_ids
        rows.message_unsubscribe(rows.message_partner_ids.ids)  # the old desk hears no more of it
        moved.merged_ids.write(place)
        moved.write({**place, **self._prepare_transfer_vals()})
        moved._tell_event("transferred")
        moved._announce_new()

    def _get_community_events(self):
        """Return the to-dos that people of the old community are rid of."""
        return ["property_outsourcing_complaint.activity_type_complaint_repeated"]

    def _prepare_transfer_vals(self):
        """Return what starts anew at the other desk. Hook: extend super's dict."""
        return {"state": "new", "user_id": False, "date_accepted": False}
