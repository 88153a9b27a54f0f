import base64
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import hmac

from odoo.addons.property_outsourcing.tools import normalise_login

from .qr_code import make_qr_code

MANAGER = "property_outsourcing.group_outsourcing_manager"
SUPERVISOR = "property_outsourcing.group_outsourcing_user"
MOBILE = re.compile(r"\+?\d{6,15}")
TOKEN_LENGTH = 32  # hexadecimal digits: 128 bits
# written by the methods of this folder only
_SYSTEM_FIELDS = {
    "nonce", "token_hash", "date_used", "date_revoked", "user_id", "date_expiry", "company_id",
    "is_reset", "approved_by_id", "date_approved",
}  # fmt: skip


class OutsourcingInvitation(models.Model):
    """A one-time link that lets a person without e-mail set a password for the portal.

    The link is never stored: it is derived from a random nonce and the secret of the database, and looked up
    by its hash.
    """

    _name = "outsourcing.invitation"
    _description = "Portal invitation"
    _order = "id desc"
    _rec_name = "partner_id"
    _rec_names_search = ["partner_id.name", "login"]

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_company", "=", False), ("partner_share", "=", True)],
        help="Who will log in: of a contractor, of a third-party body, or an owners' representative.",
    )
    firm_id = fields.Many2one(related="partner_id.commercial_partner_id", string="Firm")
    login = fields.Char(
        string="Mobile number", required=True, help="The person logs in with it. No e-mail is needed or sent."
    )
    role = fields.Char(help="What the person does, as printed on the sheet, e.g. foreman or owners' witness.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    date_expiry = fields.Datetime(string="Valid until", readonly=True, copy=False)
    date_used = fields.Datetime(string="Used on", readonly=True, copy=False)
    date_revoked = fields.Datetime(string="Revoked on", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", string="Portal user", readonly=True, copy=False, ondelete="set null"
    )
    nonce = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    state = fields.Selection(
        [
            ("waiting", "Waits for a manager"),
            ("new", "New"),
            ("used", "Used"),
            ("expired", "Expired"),
            ("revoked", "Revoked"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    link = fields.Char(compute="_compute_link", help="Forward it to this person only. It works once.")
    qr_code = fields.Binary(string="QR code", compute="_compute_link")

    _token_hash_uniq = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("date_used", "date_revoked", "date_expiry", "is_reset", "approved_by_id")
    def _compute_state(self):
        now = fields.Datetime.now()
        for invitation in self:
            if invitation.date_used:
                invitation.state = "used"
            elif invitation.date_revoked:
                invitation.state = "revoked"
            elif invitation.date_expiry and invitation.date_expiry < now:
                invitation.state = "expired"
            elif invitation.is_reset and not invitation.approved_by_id:
                invitation.state = "waiting"
            else:
                invitation.state = "new"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        unused = fields.Domain("date_used", "=", False) & fields.Domain("date_revoked", "=", False)
        waiting = fields.Domain("is_reset", "=", True) & fields.Domain("approved_by_id", "=", False)
        domains = {
            "used": fields.Domain("date_used", "!=", False),
            "revoked": fields.Domain("date_used", "=", False) & fields.Domain("date_revoked", "!=", False),
            "expired": unused & fields.Domain("date_expiry", "<", now),
            "waiting": unused & fields.Domain("date_expiry", ">=", now) & waiting,
            "new": unused & fields.Domain("date_expiry", ">=", now) & ~waiting,
        }
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("date_used", "date_revoked", "date_expiry", "is_reset", "approved_by_id")
    @api.depends_context("uid")
    def _compute_link(self):
        for invitation in self:
            open_link = invitation.id and invitation.state == "new" and not self.env.user.share
            invitation.link = open_link and invitation._get_link()
            invitation.qr_code = open_link and invitation._get_qr_code()

    # ---- constraints and CRUD ---------------------------------------------------------------------------

    @api.constrains("login")
    def _check_login(self):
        for invitation in self:
            if not MOBILE.fullmatch(invitation.login):
                raise ValidationError(self.env._("Enter a mobile number: digits only, at least six."))

    @api.constrains("login", "partner_id")
    def _check_login_free(self):
        for invitation in self:
            # sudo: whose login it is, told as a yes or no
            user = invitation.sudo()._find_login_user()
            if user and user.partner_id != invitation.partner_id:
                raise ValidationError(
                    self.env._("The number %s is already the login of somebody else.", invitation.login)
                )

    @api.constrains("partner_id")
    def _check_partner(self):
        for invitation in self.sudo():  # reads the kind of the person's users only
            partner = invitation.partner_id
            if partner.is_company:
                raise ValidationError(self.env._("Invite a person, not a firm: %s.", partner.name))
            users = partner.with_context(active_test=False).user_ids
            if any(not user.share for user in users):
                raise ValidationError(self.env._("%s is staff and logs in as such.", partner.name))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user.has_group(SUPERVISOR):
            raise AccessError(self.env._("Invitations are given by supervisors and managers."))
        vals_list = [self._prepare_create_vals(vals) for vals in vals_list]
        invitations = super().create(vals_list)
        invitations._check_may_invite()
        for invitation in invitations.sudo():  # the inviter was checked
            invitation._issue()
        invitations._authorise()
        return invitations

    def _prepare_create_vals(self, vals):
        clean = {key: value for key, value in vals.items() if key not in _SYSTEM_FIELDS}
        # named here, so that no default_<field> of a client's context is used; _issue writes nonce and hash
        blank = dict.fromkeys(
            ("date_used", "date_revoked", "user_id", "approved_by_id", "date_approved"), False
        )
        return {
            **clean,
            **blank,
            "is_reset": False,
            "login": normalise_login(clean.get("login") or self.env.context.get("default_login") or ""),
            "company_id": self.env.company.id,
            "date_expiry": fields.Datetime.now()
            + timedelta(days=self.env.company.outsourcing_invitation_days),
        }

    def _issue(self):
        """Give the invitation its token and take back those the person still has."""
        self.ensure_one()
        self.search(
            [("partner_id", "=", self.partner_id.id), ("id", "!=", self.id), ("date_used", "=", False)]
        ).filtered(lambda other: not other.date_revoked).date_revoked = fields.Datetime.now()
        self.nonce = secrets.token_hex(16)
        self.token_hash = self._hash_token(self._get_token())

    # ---- who may ----------------------------------------------------------------------------------------

    def _check_may_invite(self):
        """Raise AccessError unless the acting person may invite the persons of ``self``.

        Whoever invites resets a password, so a supervisor may do it for people of the own communities only.
        """
        user = self.env.user
        if self.env.su or user.has_group(MANAGER):
            return
        for invitation in self:
            if not invitation._is_known_to(user):
                # sudo: the name only
                raise AccessError(
                    self.env._(
                        "%s has nothing to do with your communities.", invitation.partner_id.sudo().name
                    )
                )

    def _is_known_to(self, user):
        """Return whether the person stands on a community or a contract that ``user`` sees."""
        self.ensure_one()
        partner = self.partner_id.sudo()  # firm and status only
        firm = partner.commercial_partner_id
        env = self.with_user(user).env
        if env["outsourcing.community"].search_count([("representative_ids", "in", partner.id)], limit=1):
            return True
        if firm._is_outsourcing_firm_known_to(user):
            return True
        # a firm without any contract, and a person without a login: an invitation resets passwords
        has_login = partner.with_context(active_test=False).user_ids
        unknown = [("contractor_id", "=", firm.id)]
        return (
            bool(firm.outsourcing_state)
            and not has_login
            # sudo: whether there is one
            and not env["outsourcing.contract"].sudo().search_count(unknown, limit=1)
        )

    # ---- token ------------------------------------------------------------------------------------------

    def _get_token(self):
        self.ensure_one()
        invitation = self.sudo()  # nonce and secret; callers have checked who asks
        digest = hmac(invitation.env, "outsourcing.invitation", (invitation.id, invitation.nonce))
        return digest[:TOKEN_LENGTH]

    def _get_link(self):
        self.ensure_one()
        # sudo: the address of the site; callers have checked who asks
        return f"{self.company_id.sudo().get_base_url()}/outsourcing/join/{self._get_token()}"

    def _get_qr_code(self):
        self.ensure_one()
        return base64.b64encode(make_qr_code(self._get_link()))

    def _get_state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_open(self):
        """Show the invitation just created, with its link and QR code."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_print(self):
        """Print the sheet with the QR code."""
        self._check_printable()
        return self.env.ref("property_outsourcing_portal.outsourcing_invitation_report").report_action(self)

    def _check_printable(self):
        for invitation in self:
            if invitation.state != "new":
                raise UserError(
                    self.env._(
                        "The invitation of %(person)s is %(state)s: create a new one.",
                        person=invitation.partner_id.name,
                        state=invitation._get_state_label(),
                    )
                )

    def action_revoke(self):
        """Make the links useless at once."""
        self.check_access("read")
        if not self.env.user.has_group(SUPERVISOR):
            raise AccessError(self.env._("Invitations are given by supervisors and managers."))
        if any(invitation.state == "used" for invitation in self):
            raise UserError(self.env._("A used invitation is over; archive the user to lock the person out."))
        self.sudo().date_revoked = fields.Datetime.now()  # group and access were checked

    def action_renew(self):
        """Create a new invitation for the same person: a new link, or a new password."""
        self.ensure_one()
        invitation = self.create({"partner_id": self.partner_id.id, "login": self.login, "role": self.role})
        return invitation.action_open()
