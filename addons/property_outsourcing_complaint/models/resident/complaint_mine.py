from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.property_outsourcing.tools import normalise_login

from ..complaint.outsourcing_complaint_reporter import PHONE, STAFF

SHOWN = 80
CODES = 24  # places offered to who represents owners


class OutsourcingComplaintReporter(models.Model):
    """What a resident who has a login reported, on any phone."""

    _inherit = "outsourcing.complaint.reporter"

    user_id = fields.Many2one(
        "res.users",
        "Login",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="The resident's own login, where the page was used with it: it lists the report.",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"user_id"}

    @api.model
    def _get_page_user(self):
        """Return the login with which the page is used; empty for visitors and staff."""
        user = self.env.user
        return user if user.share and not user._is_public() else user.browse()

    @api.model
    def _search_own(self, user):
        """Return what ``user`` reported, newest first, in sudo: with the login, or with its number.

        A login is a telephone number that the property company has invited. The number of a firm is on
        posters: what somebody reports with it is not shown to the firm.
        """
        own = Domain("user_id", "=", user.id)
        number = normalise_login(user.login or "")
        person = user.sudo().partner_id.commercial_partner_id  # whether it is a firm
        if PHONE.fullmatch(number) and not person.is_company:
            own |= Domain("phone_hash", "=", self._hash_phone(number))
        return self.sudo().search(own, order="id desc", limit=SHOWN)  # the own reports

    def _keep_for(self, user):
        """List the report (in sudo, found by its link) with the login ``user``."""
        if user and not self.user_id:
            self._gated().user_id = user

    def _prepare_split_vals(self):
        return {**super()._prepare_split_vals(), "user_id": self.user_id.id}

    def _erase(self):
        result = super()._erase()
        self._gated().write({"user_id": False})
        return result


class ResUsers(models.Model):
    """Residents with a login find what they reported."""

    _inherit = "res.users"

    def _get_outsourcing_cards(self, roles):
        cards = super()._get_outsourcing_cards(roles)
        person = self.sudo().partner_id.commercial_partner_id  # a firm's first page is for its work
        represents = "representative" in roles
        is_resident = self.share and (represents or not person.is_company)
        own = self.env["outsourcing.complaint.reporter"]._search_own(self) if is_resident else ()
        if not own and not represents:
            return cards
        waiting = [row for row in own if row.complaint_id._get_main(row.complaint_id).state == "done"]
        label = self.env._("Complain or report") if represents else self.env._("My reports")
        card = self._prepare_outsourcing_card("reports", "fa-comments-o", label)
        return [*cards, {**card, "count": len(waiting), "date": False, "is_late": False}]

    def _get_report_codes(self):
        """Return the codes (in sudo) behind which somebody who represents owners reports, by community.

        Those of whole places, buildings and grounds before what lies inside them.
        """
        self.ensure_one()
        ids = self._get_represented_community_ids()
        # sudo: whoever stands there reads the code; only of the communities the person represents
        codes = self.env["outsourcing.complaint.code"].sudo()
        places = Domain("community_id", "in", ids) & Domain("equipment_id", "=", False)
        found = codes.search(places & Domain("location_id.active", "=", True), limit=400) if ids else codes
        return found.sorted(
            lambda code: (code.community_id.id, bool(code.location_id.parent_id), code.place or "")
        )[:CODES]
