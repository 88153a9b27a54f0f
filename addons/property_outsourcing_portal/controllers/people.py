from odoo.http import Controller, request, route

from .mixin import OutsourcingPortalMixin

LIST = "/my/outsourcing/people"


class OutsourcingPeoplePages(OutsourcingPortalMixin, Controller):
    """The people of a firm, for who looks after them; nobody else finds a page here."""

    _section = "people"

    def _get_title(self):
        return request.env._("Our people")

    def _get_list_url(self):
        return LIST

    # ---- pages --------------------------------------------------------------------------------------------

    @route(
        "/my/outsourcing/people",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_people(self, **kwargs):
        """List the people of the firm, with a form for another one."""
        return self._show_people()

    @route(
        "/my/outsourcing/people/<int:person_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_person(self, person_id, **kwargs):
        """Show what one of them may do."""
        return self._show_person(self._get_colleague(person_id))

    @route(
        "/my/outsourcing/people/add",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_people_add(self, name="", phone="", **kwargs):
        """Add a colleague."""
        self._check_admin()
        form = {"name": self._to_text(name, 80), "phone": self._to_text(phone, 40)}
        person = None

        def add():
            nonlocal person
            person = request.env.user._add_outsourcing_colleague(form["name"], form["phone"])

        error = self._attempt(add)
        if error:
            return self._refuse(error, lambda: self._show_people(error, form))
        return self._succeed(person.browse(), f"{LIST}/{person.id}", request.env._("Added."))

    @route(
        "/my/outsourcing/people/<int:person_id>/invite",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_person_invite(self, person_id, phone="", **kwargs):
        """Make the link by which a colleague sets a password; it is shown on this answer alone."""
        person = self._get_colleague(person_id)
        form = {"phone": self._to_text(phone, 40)}
        invitation = None

        def invite():
            nonlocal invitation
            invitation = request.env.user._invite_outsourcing_colleague(person, form["phone"])

        error = self._attempt(invite)
        return self._show_person(person, error, form, invitation)

    @route(
        "/my/outsourcing/people/<int:person_id>/pin",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_person_pin(self, person_id, pin="", **kwargs):
        """Set the PIN of a colleague, or take it away."""
        pin = self._to_text(pin, 40)
        message = request.env._("The PIN is set.") if pin else request.env._("The PIN is taken away.")
        return self._change_person(person_id, "_set_outsourcing_pin", message, pin)

    @route(
        "/my/outsourcing/people/<int:person_id>/contracts",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_person_contracts(self, person_id, **kwargs):
        """Say which contracts a colleague sees."""
        chosen = request.httprequest.form.getlist("contract_ids")
        ids = [contract_id for value in chosen if (contract_id := self._to_int(value))]
        return self._change_person(person_id, "_limit_outsourcing_contracts", request.env._("Saved."), ids)

    @route(
        "/my/outsourcing/people/<int:person_id>/admin",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_person_admin(self, person_id, give="", **kwargs):
        """Let a colleague look after the people, too, or no longer."""
        return self._change_person(person_id, "_make_outsourcing_admin", request.env._("Saved."), bool(give))

    @route(
        "/my/outsourcing/people/<int:person_id>/remove",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_person_remove(self, person_id, **kwargs):
        """Close login and PIN of a colleague."""
        person = self._get_colleague(person_id)
        error = self._attempt(lambda: request.env.user._remove_outsourcing_colleague(person))
        if error:
            return self._refuse(error, lambda: self._show_person(person, error))
        message = request.env._("%s is removed. What was signed and written stays.", person.name)
        return self._succeed(person.browse(), LIST, message)

    @route(
        "/my/outsourcing/account/people",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_account_people(self, **kwargs):
        """Look after the people of the firm, as its first login."""
        error = self._attempt(request.env.user._become_firm_admin)
        if error:
            return self._redirect("/my/outsourcing/account", error, "danger")
        return self._redirect(LIST, request.env._("You look after the people of your firm now."))

    # ---- inside -------------------------------------------------------------------------------------------

    def _check_admin(self):
        if not request.env.user._is_outsourcing_firm_admin():
            raise request.not_found()

    def _get_colleague(self, person_id):
        """Return the person of the own firm, in sudo; "not found" for others, and for who is no admin."""
        self._check_admin()
        people = request.env.user._get_outsourcing_people()
        person = people.filtered(lambda person: person.id == person_id)
        if not person:
            raise request.not_found()
        return person

    def _change_person(self, person_id, step, message, *values):
        person = self._get_colleague(person_id)
        user = request.env.user
        error = self._attempt(lambda: getattr(user, step)(person, *values))
        if error:
            return self._refuse(error, lambda: self._show_person(person, error))
        return self._succeed(person.browse(), f"{LIST}/{person.id}", message)

    def _show_people(self, error=None, form=None):
        self._check_admin()
        people = request.env.user._get_outsourcing_people().sorted("name")
        facts = request.env.user._get_outsourcing_facts()
        values = {
            "error": error,
            "form": form or {},
            "rows": [self._prepare_person(person, facts) for person in people],
            "back_url": "/my/outsourcing",
        }
        return self._render("property_outsourcing_portal.portal_people", values)

    def _prepare_person(self, person, facts):
        fact = facts.get(person.id, {})
        rights = [
            fact.get("is_admin") and request.env._("Looks after the people"),
            fact.get("stamp") and request.env._("PIN"),
            fact.get("limit") is not None and request.env._("%s contract(s)", len(fact["limit"])),
        ]
        login = person.user_ids.filtered("active")[:1].login
        return {
            "url": f"{LIST}/{person.id}",
            "title": person.name,
            "subtitle": login or person.phone or "",
            "badge": request.env._("Login") if login else "",
            "due": " · ".join(filter(None, rights)),
        }

    def _show_person(self, person, error=None, form=None, invitation=None):
        fact = request.env.user._get_outsourcing_facts().get(person.id, {})
        invitation = invitation or person.env["outsourcing.invitation"]
        # also those given that have ended: unticked by the page, they would turn into "all of them"
        given = request.env["outsourcing.contract"].browse(fact.get("limit") or ()).exists()
        contracts = self._get_contracts() | given
        values = {
            "error": error,
            "form": form or {},
            "person": person,
            "login": person.user_ids.filtered("active")[:1].login,
            "had_login": bool(person.with_context(active_test=False).user_ids),
            "fact": fact,
            "contracts": contracts.sudo(),  # found under the user's own access, or given by the firm
            "link": invitation and invitation._get_link(),
            "code_base64": invitation and invitation._get_qr_code(),
            "expiry": invitation.date_expiry,
            "is_self": person == request.env.user.partner_id,
            "page_title": person.name,
            "back_url": LIST,
        }
        return self._render("property_outsourcing_portal.portal_person", values)
