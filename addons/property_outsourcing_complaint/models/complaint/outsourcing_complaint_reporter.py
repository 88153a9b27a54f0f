import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import hmac

from odoo.addons.property_outsourcing.tools import normalise_login

from .outsourcing_complaint import CHANNELS, ENDS

STAFF = "property_outsourcing.group_outsourcing_user"
PHONE = re.compile(r"\+?\d{6,15}")


class OutsourcingComplaintReporter(models.Model):
    """One of the people who reported it. The telephone is for the desk alone, no contractor ever reads it."""

    _name = "outsourcing.complaint.reporter"
    _description = "Reporter of a Complaint"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "id"
    _fixed_fields = ("complaint_id",)

    complaint_id = fields.Many2one(
        "outsourcing.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    community_id = fields.Many2one(related="complaint_id.community_id", store=True, index=True)
    name = fields.Char("Form of Address")
    phone = fields.Char("Telephone", groups=STAFF)
    phone_hash = fields.Char(
        "Digest of the Telephone",
        compute="_compute_phone_hash",
        store=True,
        index="btree_not_null",
        groups=STAFF,
    )
    room = fields.Char("Building and Room")
    channel = fields.Selection(CHANNELS, required=True, default="phone")
    date = fields.Datetime("Reported", required=True, default=fields.Datetime.now, readonly=True)
    date_called = fields.Datetime("Informed by Telephone", readonly=True)
    called_by_id = fields.Many2one("res.users", readonly=True)
    is_erased = fields.Boolean("Personal Data Erased", readonly=True)
    split_from_id = fields.Many2one(
        "outsourcing.complaint.reporter",
        "Reporter of the First Matter",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_called", "called_by_id", "is_erased", "split_from_id"}

    @api.depends("phone")
    def _compute_phone_hash(self):
        for reporter in self:
            reporter.phone_hash = self._hash_phone(reporter.phone)

    @api.depends("name", "room", "channel")
    @api.depends_context("lang")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for reporter in self:
            said = " · ".join(filter(None, (reporter.name, reporter.room)))
            reporter.display_name = said or channels.get(reporter.channel, "")

    @api.constrains("phone")
    def _check_phone(self):
        for reporter in self.filtered("phone"):
            if not PHONE.fullmatch(reporter.phone):
                raise ValidationError(self.env._("%s is no telephone number.", reporter.phone))

    @api.model_create_multi
    def create(self, vals_list):
        reporters = super().create([self._clean_phone(vals) for vals in vals_list])
        reporters._check_complaint_open()
        return reporters

    def write(self, vals):
        self._check_complaint_open()
        return super().write(self._clean_phone(vals))

    @api.ondelete(at_uninstall=True)
    def _unlink_except_over(self):
        self._check_complaint_open()

    def _check_complaint_open(self):
        """Raise UserError where somebody changes who reported a complaint that is over."""
        over = self.sudo().complaint_id.filtered(lambda row: row.state in ENDS)  # its state only
        if over and not self._is_gate_open():
            raise UserError(self.env._("Who reported a complaint that is over stays on record."))

    @api.model
    def _clean_phone(self, vals):
        if "phone" not in vals:
            return vals
        return {**vals, "phone": normalise_login((vals["phone"] or "").strip()) or False}

    @api.model
    def _hash_phone(self, phone):
        """Return what the same telephone number is found again by; False without one."""
        number = normalise_login((phone or "").strip())
        # sudo: the secret of the database, with which no list of all numbers finds the hash
        return hmac(self.env(su=True), "outsourcing.complaint.phone", number) if number else False

    def _prepare_split_vals(self):
        """Return what follows the person (in sudo) to a second matter. Hook: extend super's dict."""
        self.ensure_one()
        return {
            "name": self.name,
            "phone": self.phone,
            "room": self.room,
            "channel": self.channel,
            "split_from_id": self.id,
        }

    def action_called(self):
        """Note that these people were informed by telephone."""
        self.check_access("write")
        self._gated().write({"date_called": fields.Datetime.now(), "called_by_id": self.env.uid})

    def _erase(self):
        """Erase who these people are; that somebody reported stays, figures rest on it."""
        self._gated().write({"name": False, "phone": False, "room": False, "is_erased": True})


class OutsourcingComplaint(models.Model):
    _inherit = "outsourcing.complaint"

    phone = fields.Char(
        "Telephone of a Reporter", compute="_compute_phone", search="_search_phone", groups=STAFF
    )

    @api.depends("reporter_ids.phone")
    def _compute_phone(self):
        for complaint in self:
            complaint.phone = complaint.reporter_ids.filtered("phone")[:1].phone

    def _search_phone(self, operator, value):
        """Find complaints by the whole number of somebody who reported; parts of numbers find nothing."""
        if operator not in ("in", "ilike"):
            return NotImplemented
        reporters = self.env["outsourcing.complaint.reporter"].sudo()  # by hash; rules of complaints follow
        numbers = [value] if isinstance(value, str) else value
        hashes = [reporters._hash_phone(number) for number in numbers if number]
        found = reporters.search([("phone_hash", "in", list(filter(None, hashes)))])
        return [("id", "in", found.complaint_id.ids)]
