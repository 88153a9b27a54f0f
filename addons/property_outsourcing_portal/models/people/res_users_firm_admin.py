from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Datetime

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tools import normalise_login

NAME_MAX = 80


class ResUsersFirmAdmin(models.Model):
    """Who looks after the people of a firm: invites them, gives PINs and contracts, removes them.

    Each step asks who is acting, and that the person is of the same firm. A colleague who works on the
    phone of such a login has none of these rights.
    """

    _inherit = "res.users"

    # ---- who ----------------------------------------------------------------------------------------------

    def _is_outsourcing_firm_admin(self):
        """Return whether the user looks after the people of the own firm, and works as the own person."""
        self.ensure_one()
        own = self.sudo().partner_id  # compared only
        return self._get_outsourcing_facts().get(own.id, {}).get("is_admin", False) and (
            self._get_outsourcing_performer() == own
        )

    def _check_outsourcing_firm_admin(self, person=None):
        """Raise AccessError unless the user looks after the people of the firm, ``person`` among them.

        :return: the firm, in sudo
        """
        self.ensure_one()
        firm = self.sudo().partner_id.commercial_partner_id  # the user's own firm
        if not self._is_outsourcing_firm_admin():
            raise AccessError(self.env._("Only who looks after the people of %s may do this.", firm.name))
        if person is not None and person not in self._get_outsourcing_people():
            raise AccessError(self.env._("This person does not belong to your firm."))
        return firm

    def _may_become_firm_admin(self):
        """Return whether nobody looks after the people of the firm yet and the user came first."""
        self.ensure_one()
        firm = self.sudo().partner_id.commercial_partner_id  # the user's own firm
        if not firm.is_company or any(fact["is_admin"] for fact in self._get_outsourcing_facts().values()):
            return False
        own = self.sudo().partner_id  # compared only
        if self._get_outsourcing_performer() != own:
            return False
        if self._get_outsourcing_facts().get(own.id, {}).get("limit") is not None:
            return False  # whom the firm shows some contracts only does not open the others alone
        # sudo: which login of the own firm was first
        logins = self.sudo().search([("partner_id.commercial_partner_id", "=", firm.id)], order="id", limit=1)
        return logins == self

    def _become_firm_admin(self):
        """Look after the people of the firm, as its first login.

        :raise UserError: somebody else does, or came first
        """
        if not self._may_become_firm_admin():
            raise UserError(
                self.env._("Ask the property company, or who looks after the people of your firm.")
            )
        # sudo: the acting user's own person
        self.env["outsourcing.firm.person"]._take(self.sudo().partner_id).is_admin = True

    # ---- steps --------------------------------------------------------------------------------------------

    def _add_outsourcing_colleague(self, name, phone):
        """Add a person to the firm.

        :param str name: of the person
        :param str phone: mobile number, the later login; may be empty for who works with a PIN alone
        :return: the person, ``res.partner`` in sudo
        """
        firm = self._check_outsourcing_firm_admin()
        name, number = name.strip()[:NAME_MAX], normalise_login(phone)
        if not name:
            raise UserError(self.env._("Enter the name of the person."))
        known = self._get_outsourcing_people().filtered(lambda person: person.name == name)
        if any(normalise_login(person.phone or "") == number for person in known):
            raise UserError(self.env._("%s is in the list already.", name))
        people = open_gate(self.env["res.partner"])  # who looks after the people of this firm was checked
        person = people.create(
            {"name": name, "phone": number, "parent_id": firm.id, "type": "contact", "is_company": False}
        )
        return person.with_env(firm.env)

    def _invite_outsourcing_colleague(self, person, phone):
        """Give a colleague without login an invitation, to be forwarded.

        :return: ``outsourcing.invitation`` in sudo
        :raise UserError: the person has a password, which only the property company lets replace
        """
        self._check_outsourcing_firm_admin(person)
        # as this login, who allows no password to be replaced; sudo: checked in the line above
        invitations = self.env["outsourcing.invitation"].with_user(self).sudo()
        number = normalise_login(phone)
        if not number:
            raise UserError(self.env._("Enter the mobile number: the person logs in with it."))
        if person.with_context(active_test=False).user_ids:
            raise UserError(
                self.env._("%s has a login. Ask the property company for a new link.", person.name)
            )
        return invitations.create({"partner_id": person.id, "login": number})

    def _set_outsourcing_pin(self, person, pin):
        """Give a colleague the PIN to work with on a shared phone; empty takes it away."""
        self._check_outsourcing_firm_admin(person)
        row = self.env["outsourcing.firm.person"]._take(person)
        if pin:
            row._set_pin(pin)
        else:
            row._clear_pin()
        self.env["outsourcing.pin.attempt"]._forget(person)

    def _limit_outsourcing_contracts(self, person, contract_ids):
        """Say which contracts a colleague may see.

        :param list contract_ids: ids of contracts of the firm; none for all of them
        """
        firm = self._check_outsourcing_firm_admin(person)
        own = self.env["outsourcing.contract"].search([("contractor_id", "=", firm.id)])  # under own rules
        if set(contract_ids) - set(own.ids):
            raise UserError(self.env._("Choose one of your contracts."))
        row = self.env["outsourcing.firm.person"]._take(person)
        if row.is_admin and contract_ids:
            raise UserError(self.env._("Who looks after the people sees all contracts."))
        row.write({"is_limited": bool(contract_ids), "contract_ids": [Command.set(contract_ids)]})

    def _make_outsourcing_admin(self, person, is_admin):
        """Let a colleague with a login look after the people, too, or no longer."""
        self._check_outsourcing_firm_admin(person)
        row = self.env["outsourcing.firm.person"]._take(person)
        if is_admin and not person.user_ids.filtered("active"):
            raise UserError(self.env._("%s needs a login first.", person.name))
        if is_admin:
            row.write({"is_admin": True, "is_limited": False, "contract_ids": [Command.clear()]})
        elif row.is_admin:
            self._check_not_last(row)
            row.is_admin = False

    def _remove_outsourcing_colleague(self, person):
        """Close the login of a colleague and take PIN and rights away; what was signed and written stays."""
        self._check_outsourcing_firm_admin(person)
        row = self.env["outsourcing.firm.person"]._take(person)
        if row.is_admin:
            self._check_not_last(row)
        # sudo: whether the login serves owners as well
        communities = self.env["outsourcing.community"].sudo()
        if communities.search_count([("representative_ids", "in", person.id)], limit=1):
            raise UserError(
                self.env._(
                    "%s also represents owners: ask the property company to close the login.", person.name
                )
            )
        # sudo: links of a person of the own firm; none given before lets anybody in again
        invitations = self.env["outsourcing.invitation"].sudo()
        open_links = [("partner_id", "=", person.id), ("state", "in", ("new", "waiting"))]
        invitations.search(open_links).date_revoked = Datetime.now()
        users = person.user_ids.filtered("share")  # in sudo, of the own firm: checked above
        row.write(
            {
                "is_admin": False,
                "pin_hash": False,
                "pin_stamp": False,
                "date_removed": Datetime.now(),
                "removed_by_id": self.id,
            }
        )
        person._message_log(body=self.env._("%s has removed this person from the portal.", self.name))
        if users:
            # as the system: core lets nobody archive the own login
            users.with_user(SUPERUSER_ID).action_archive()

    def _check_not_last(self, row):
        """Raise UserError if nobody else with a login looks after the people of the firm."""
        rows = row.search([("firm_id", "=", row.firm_id.id), ("is_admin", "=", True)])
        rows.lock_for_update()  # two who remove each other wait for each other
        others = (rows - row).filtered(lambda other: other.partner_id.user_ids.filtered("active"))
        if not others:
            raise UserError(
                self.env._("Nobody else looks after the people of the firm: name somebody else first.")
            )

    def _hand_over_outsourcing_order(self, order, person):
        """Give an order to a colleague.

        :param order: ``project.task`` as the user, who reads it
        """
        self._check_outsourcing_firm_admin(person)
        order._portal_hand_over(person)
