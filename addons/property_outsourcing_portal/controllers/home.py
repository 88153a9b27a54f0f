from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .mixin import OutsourcingPortalMixin


class OutsourcingHome(OutsourcingPortalMixin, Controller):
    """The first page: what waits for this person today."""

    _section = "home"

    @route(
        "/my/outsourcing",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def outsourcing_home(self, **kwargs):
        """Show what waits for the person today, then everything else."""
        user = request.env.user
        cards = user._get_outsourcing_cards(user._get_outsourcing_roles())
        waiting = sorted(
            (card for card in cards if card["count"]),
            key=lambda card: (not card["is_late"], str(card["date"] or "9")),
        )
        return self._render("property_outsourcing_portal.portal_home", {"cards": cards, "waiting": waiting})

    def _get_title(self):
        return request.env._("Today")


class OutsourcingCounters(CustomerPortal):
    """The card on the portal's own first page."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "outsourcing_count" in counters:
            user = request.env.user
            cards = user._get_outsourcing_cards(user._get_outsourcing_roles())
            values["outsourcing_count"] = sum(card["count"] for card in cards)
        return values
