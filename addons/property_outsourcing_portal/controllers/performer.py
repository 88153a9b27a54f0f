from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin


class OutsourcingPerformerPages(OutsourcingPortalMixin, Controller):
    """On a shared phone: who works now. Two taps and a PIN."""

    _section = "performer"

    def _get_title(self):
        return request.env._("Who works on this phone?")

    @route(
        "/my/outsourcing/performer",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_performer(self, **kwargs):
        """Ask for the PIN and the name."""
        return self._show_choice()

    @route(
        "/my/outsourcing/performer/choose",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_performer_choose(self, person_id="", pin="", **kwargs):
        """Let a person of the firm work in this session."""
        user = request.env.user
        people = user._get_performer_choice()
        person = people.filtered(lambda person: person.id == self._to_int(person_id))
        error = user._choose_performer(person, self._to_text(pin, 128))
        if error:
            return self._show_choice(error)
        return self._redirect("/my/outsourcing", request.env._("%s works on this phone now.", person.name))

    def _show_choice(self, error=None):
        user = request.env.user
        facts = user._get_outsourcing_facts()
        own = user.partner_id.sudo()  # the acting person
        values = {
            "error": error,
            "people": user._get_performer_choice(),
            "own": own,
            "by_password": not facts.get(own.id, {}).get("stamp")
            and request.env._("%s has no PIN and enters the password of the login.", own.name),
            "back_url": "/my/outsourcing",
        }
        return self._render("property_outsourcing_portal.portal_performer_choice", values)
