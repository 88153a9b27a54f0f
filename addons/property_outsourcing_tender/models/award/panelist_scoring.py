from odoo import fields, models
from odoo.exceptions import UserError

from ..bid.outsourcing_bid import EFFECTIVE_STATES
from ..tender.tender_publication import EVENT_SCORE


class OutsourcingTenderPanelist(models.Model):
    """A member at work: what binds him to bidders, his own sheet, handing it in."""

    _inherit = "outsourcing.tender.panelist"

    score_ids = fields.One2many("outsourcing.bid.score", "panelist_id", "Scores")

    def _get_conflicts(self):
        conflicts = super()._get_conflicts()
        partner = self.user_id.partner_id
        phones = {phone for phone in (partner.phone_sanitized, partner.phone, self.user_id.login) if phone}
        accounts = set(partner.bank_ids.mapped("sanitized_acc_number"))
        bids = self.env["outsourcing.bid"].search(
            [("tender_id", "=", self.tender_id.id), ("state", "in", EFFECTIVE_STATES)]
        )
        for firm in bids.contractor_id:
            people = firm | firm.child_ids
            shared = phones & {
                phone for one in people for phone in (one.phone_sanitized, one.phone) if phone
            } or accounts & set(people.bank_ids.mapped("sanitized_acc_number"))
            if shared or partner.commercial_partner_id == firm or partner in people:
                conflicts.append(firm.name)
        return conflicts

    def action_stand_aside(self):
        """Declare an interest: the acting member takes no part in this tender."""
        self._declare("conflict", self.env._("Stands aside by own declaration"))

    def action_open_scores(self):
        """Open the acting member's own score sheet."""
        self.ensure_one()
        self._check_member()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_tender.outsourcing_bid_score_action"
        )
        return {
            **action,
            "domain": [("panelist_id", "=", self.id)],
            "context": {"search_default_group_bid": 1},
        }

    def action_hand_in(self):
        """Hand in the acting member's scores; when the last one does, all are shown."""
        for member in self:
            member._check_member()
            tender = member.tender_id.sudo()  # its state, and whose scores are in
            if tender.state != "evaluating" or member.declaration != "none":
                raise UserError(self.env._("You are not asked for scores of this tender now."))
            if member.date_handed_in:
                raise UserError(self.env._("Your scores are in already."))
            left = member.sudo().score_ids.filtered(lambda score: not score.is_given)  # own ones
            if left:
                raise UserError(self.env._("%s scores are still to be given.", len(left)))
            tender._take_turns()  # two who are the last would each wait for the other
            member._gated().write({"date_handed_in": fields.Datetime.now()})
            member._close_scoring()
            tender._reveal_scores()

    def _close_scoring(self):
        kind = self.env.ref(EVENT_SCORE)
        activities = self.env["mail.activity"].sudo()  # the acting member's own
        activities.search(
            [
                ("res_model", "=", self.tender_id._name),
                ("res_id", "in", self.tender_id.ids),
                ("activity_type_id", "=", kind.id),
                ("user_id", "in", self.user_id.ids),
            ]
        ).unlink()
