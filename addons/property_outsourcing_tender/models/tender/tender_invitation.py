from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from .tender_workflow import USER


class OutsourcingTender(models.Model):
    """Whom to invite: the supplier base is asked, best firms first; a person decides."""

    _inherit = "outsourcing.tender"

    def action_propose_firms(self):
        """Invite firms of the service that may bid until the way of award has enough; chosen ones stay."""
        self.ensure_one()
        self._require_group(USER)
        self.check_access("write")
        self._check_source_state("published")
        left = self.way_id.min_bidders - len(self.invited_ids)
        firms = self._find_firms_to_invite(max(left, 0))
        if left > 0 and not firms:
            raise UserError(
                self.env._(
                    "No other qualified firm of the service %s has all its documents.",
                    self.service_type_id.name,
                )
            )
        self.invited_ids = [Command.link(firm.id) for firm in firms]

    def _find_firms_to_invite(self, count):
        """Return ``count`` more firms at most that may bid for ``self``, the first ones of their rank."""
        self.ensure_one()
        found = self.env["res.partner"]
        qualified = [
            ("outsourcing_service_type_ids", "in", self.service_type_id.ids),
            ("outsourcing_state", "=", "qualified"),
            ("parent_id", "=", False),
            ("company_id", "in", (self.company_id.id, False)),
            ("id", "not in", self.invited_ids.ids),
        ]
        firms = found.search(qualified, order="name, id")
        ranks = firms._map_invitation_ranks(self)
        for firm in firms.sorted(lambda firm: ranks[firm]):
            if len(found) >= count:
                break
            if not firm._get_tender_blockers(self):
                found |= firm
        return found


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _map_invitation_ranks(self, tender):
        """Return what the firms ``self`` are sorted by where ``tender`` looks for bidders. Hook.

        The best tier of the supplier base comes first.

        :return: dict ``res.partner`` -> list of values that compare; put the stronger value first
        """
        firms = self.with_company(tender.company_id)
        return {
            firm: [not tiered.outsourcing_tier, tiered.outsourcing_tier or "", firm.name or "", firm.id]
            for firm, tiered in zip(self, firms, strict=True)
        }
