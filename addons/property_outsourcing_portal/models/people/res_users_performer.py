from odoo import models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

SESSION_KEY = "outsourcing_performer"


class ResUsersPerformer(models.Model):
    """Who works on the phone: the person of the login, or a colleague let in with a PIN.

    Bound to the session, never taken from a form. Firms whose people have no PINs know nothing of it.
    """

    _inherit = "res.users"

    def _get_outsourcing_facts(self):
        """Return what the firm says of its people, as ``outsourcing.firm.person._get_facts`` does."""
        self.ensure_one()
        firm = self.sudo().partner_id.commercial_partner_id  # the user's own firm
        return self.env["outsourcing.firm.person"]._get_facts(firm.id)

    def _has_outsourcing_performers(self):
        """Return whether anybody of the firm works with a PIN."""
        facts = self._get_outsourcing_facts().values()
        return any(fact["stamp"] and not fact["is_removed"] for fact in facts)

    def _get_outsourcing_performer(self):
        """Return who works now (in sudo): the chosen colleague, else the person of the login.

        Nobody, if whoever was chosen was removed or got another PIN since: it has to be chosen anew.
        """
        self.ensure_one()
        own = self.sudo().partner_id  # names and firm of the own people
        chosen = self._get_chosen_performer()
        if not chosen:
            return own
        fact = self._get_outsourcing_facts().get(chosen[0])
        if not fact or fact["is_removed"] or fact["stamp"] != chosen[1]:
            return own.browse()
        return own.browse(chosen[0])

    def _get_performer_key(self):
        """Return what tells pages, drafts and forms of who works now from those of others.

        "" for the person of the login, else the id of the colleague; "0" while somebody has to be chosen.
        """
        performer = self._get_outsourcing_performer()
        return "" if performer == self.sudo().partner_id else str(performer.id or 0)  # compared only

    def _get_chosen_performer(self):
        """Return (id of the person, stamp of the PIN) from the session, None if nobody was chosen."""
        kept = request.session.get(SESSION_KEY) if request and request.session.uid == self.id else None
        return kept["chosen"] if kept and kept["uid"] == self.id else None

    def _get_bound_performer(self):
        """Return who works now (in sudo), where people of the firm have PINs; else nobody is bound.

        :raise UserError: whoever was chosen may no longer work with that PIN
        """
        self.ensure_one()
        performer = self._get_outsourcing_performer()
        if not performer:
            raise UserError(self._get_performer_lapsed())
        return performer if self._is_performer_bound() else performer.browse()

    def _is_performer_bound(self):
        """Return whether it matters who works with this login: a colleague was chosen, or could be."""
        self.ensure_one()
        return self._get_performer_key() != "" or self._has_outsourcing_performers()

    def _get_performer_lapsed(self):
        return self.env._("Choose at the top of the page who works on this phone; nothing was recorded.")

    def _check_outsourcing_owner(self):
        """Raise UserError while a colleague works with this login: its data are the owner's alone."""
        self.ensure_one()
        if self._get_chosen_performer():
            raise UserError(self._get_owner_sentence())

    def _get_owner_sentence(self):
        return self.env._(
            "The data of this login are seen and changed by its owner alone. If yours are to be changed, ask "
            "whoever looks after the people of your firm."
        )

    def _change_password(self, new_passwd):
        if self == self.env.user:
            self._check_outsourcing_owner()
        return super()._change_password(new_passwd)

    def _get_performer_choice(self):
        """Return the persons (in sudo) who may be chosen with a PIN, and the person of the login."""
        facts = self._get_outsourcing_facts()
        people = self._get_outsourcing_people().filtered(lambda person: facts.get(person.id, {}).get("stamp"))
        return (self.sudo().partner_id | people).sorted("name")  # names of colleagues only

    def _choose_performer(self, person, secret):
        """Let ``person`` work in this session with a PIN; the person of the login without one by password.

        :param person: one of :meth:`_get_performer_choice`
        :param str secret: what was typed
        :return: why not, a sentence, or None; not raised, so that nothing of the count is rolled back
        """
        self.ensure_one()
        if person not in self._get_performer_choice():
            return self.env._("Choose a person of your own firm.")
        attempts = self.env["outsourcing.pin.attempt"]
        if not attempts._may_try(person, self):
            return self.env._(
                "%s: too many wrong tries. Wait a quarter of an hour, or let whoever looks after your "
                "people set a new PIN.",
                person.name,
            )
        stamp = self._check_performer_secret(person, secret)
        if stamp is None:
            return self.env._("The PIN of %s is not right.", person.name)
        attempts._forget(person)
        is_own = person == self.sudo().partner_id  # compared only
        request.session[SESSION_KEY] = {"uid": self.id, "chosen": None if is_own else [person.id, stamp]}
        # core asks for the password once in ten minutes before keys are added to a login: not the colleague's
        request.session.pop("identity-check-last", None)
        return None

    def _check_performer_secret(self, person, secret):
        """Return the stamp of the PIN, "" for the right password, None if it is wrong."""
        row = self.env["outsourcing.firm.person"].sudo().search([("partner_id", "=", person.id)])  # its PIN
        if row.pin_hash:
            return row.pin_stamp if row._is_pin(secret) else None
        try:
            credential = {"login": self.login, "password": secret, "type": "password"}
            self._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            return None
        return ""

    def _get_outsourcing_people(self, firm=None):
        people = super()._get_outsourcing_people(firm)
        removed = {key for key, fact in self._get_outsourcing_facts().items() if fact["is_removed"]}
        return people.filtered(lambda person: person.id not in removed)
