from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from .page import CARD_KEYS, CARD_OPTIONS, OutsourcingPage, check_keys


class OutsourcingHome(OutsourcingPage, Controller):
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
        waiting = sorted(
            (card for card in cards if card["count"]),
            # what is late by hours has no day
            key=lambda card: (not card["is_late"], str(card["date"] or ("" if card["is_late"] else "9"))),
        )
        values = {
            "cards": cards,
            "waiting": waiting,
            "urgent": self._prepare_urgent_rows(user, {card["key"]: card["icon"] for card in cards}),
            "notices": user._get_password_notices(),
        }
        return self._render("property_outsourcing_portal.portal_home", values)

    def _prepare_urgent_rows(self, user, icons):
        """Return the lines of what waits by name, each as the list of its section shows it.

        :param dict icons: section -> class of Font Awesome 4
        """
        found = user._find_outsourcing_urgent(self._get_roles())
        sections = user._get_outsourcing_sections()
        ids = {}
        for section, document_id in found:
            ids.setdefault(section, []).append(document_id)
        rows = {}
        for section, document_ids in ids.items():
            page = self._get_page(section)
            # sudo: found under the user's own access
            for record in request.env[sections[section]].sudo().browse(document_ids):
                row = page._check_row(page._prepare_row(record))
                rows[section, record.id] = {"icon": icons.get(section), **row}
        return [rows[key] for key in found]

    def _get_page(self, section):
        """Return the controller that serves the list of ``section``, whichever add-on brought it."""
        rule, _args = request.env["ir.http"]._match(f"/my/outsourcing/{section}")
        return rule.endpoint.func.__self__

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
