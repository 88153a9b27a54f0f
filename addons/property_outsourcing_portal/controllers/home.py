from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .page import CARD_KEYS, CARD_OPTIONS, check_keys
from .rows import OutsourcingRows


class OutsourcingHome(OutsourcingRows, Controller):
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
        cards = user._get_outsourcing_cards(self._get_roles())
        for card in cards:
            check_keys(card, "res.users._get_outsourcing_cards", CARD_KEYS, CARD_OPTIONS)
        cards = user._count_outsourcing_cards(cards)
        unread = dict(user._get_outsourcing_unread())
        for card in cards:  # two cards may lead to one section: said once
            card["unread"] = 0 if card.get("only_waiting") else sum(unread.pop(card["key"], {}).values())
        waiting = sorted(
            (card for card in cards if card["count"]),
            # what is late by hours has no day
            key=lambda card: (not card["is_late"], str(card["date"] or ("" if card["is_late"] else "9"))),
        )
        found = user._find_outsourcing_urgent(user._get_outsourcing_urgent(self._get_roles()))
        icons = {card["key"]: card["icon"] for card in cards}
        values = {
            "cards": cards,
            "waiting": waiting,
            "urgent": [
                {"icon": icons.get(section), **row} for section, _doc, row in self._prepare_rows(found)
            ],
            "notices": user._get_password_notices(),
        }
        return self._render("property_outsourcing_portal.portal_home", values)

    def _get_title(self):
        return request.env._("Today")


class OutsourcingAccount(CustomerPortal):
    """The portal's own first page offers a contractor tasks, orders and bills that our pages stand for."""

    @route()
    def home(self, **kw):
        """Lead the people of the outsourcing pages to what is theirs; all others as ever."""
        user = request.env.user
        if user.share and user._get_outsourcing_roles():
            return request.redirect("/my/outsourcing")
        return super().home(**kw)
