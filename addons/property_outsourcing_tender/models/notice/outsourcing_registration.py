import re
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

PER_ADDRESS, PER_DAY = 5, 100  # registrations of one address and of all in a day
FILES_MAX = 6
PHONE = re.compile(r"\+?[0-9 -]{7,20}")
TAX_ID = re.compile(r"[0-9A-Z]{15,20}")


class OutsourcingRegistration(models.Model):
    """A firm nobody knows yet asks to be entered, from the public page of a tender.

    The tender it came from is not kept: who bids for what nobody learns before the opening.
    """

    _name = "outsourcing.registration"
    _description = "Registration of a Firm"
    _inherit = ["outsourcing.workflow.mixin", "outsourcing.file.owner.mixin"]
    _order = "id desc"

    name = fields.Char("Firm", required=True, readonly=True)
    vat = fields.Char("Tax ID", required=True, readonly=True, index=True)
    contact_name = fields.Char("Contact Person", required=True, readonly=True)
    phone = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    service_type_id = fields.Many2one("outsourcing.service.type", readonly=True, ondelete="restrict")
    note = fields.Text("About the Firm", readonly=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Documents", readonly=True, copy=False, bypass_search_access=True
    )
    date = fields.Datetime("Registered on", required=True, readonly=True, default=fields.Datetime.now)
    address = fields.Char("Sent from", readonly=True, groups=fields.NO_ACCESS)
    partner_id = fields.Many2one("res.partner", "Entered as", readonly=True, ondelete="restrict")
    decision = fields.Text("Reason of the Decision", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [("new", "To Check"), ("accepted", "Entered"), ("refused", "Refused")],
        required=True,
        default="new",
        index=True,
    )

    _address_idx = models.Index("(address, date)")
    _date_idx = models.Index("(date)")

    _waiting_uniq = models.UniqueIndex(
        "(vat) WHERE state = 'new'", "This firm is registered already and waits for our answer."
    )

    _deletable_states = ("refused",)
    _frozen_fields = {state: {"*"} for state in ("new", "accepted", "refused")}

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "name", "vat", "contact_name", "phone", "company_id", "service_type_id", "note",
            "attachment_ids", "date", "address", "partner_id", "decision", "decided_by_id",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {"accepted": ("new",), "refused": ("new",)}

    @api.model
    def _get_kept_files_domains(self):
        return {**super()._get_kept_files_domains(), "attachment_ids": [("state", "=", "new")]}

    # ---- registering ------------------------------------------------------------------------------------

    @api.model
    def _take(self, tender, vals, files, address):
        """Take a registration from the public page of ``tender`` (in sudo).

        :param dict vals: texts ``name``, ``vat``, ``contact_name``, ``phone``, ``note``
        :param files: list of (name, bytes), checked by their content
        :param str address: network address, for the limits
        """
        registrations = self.with_user(SUPERUSER_ID)._gated()  # a visitor has no name
        registrations._check_flood(address)
        vals = {**vals, "vat": re.sub(r"\s", "", vals["vat"]).upper()}
        registrations._check_typed(vals, files)
        registration = registrations.create(
            {
                **vals,
                "company_id": tender.company_id.id,
                "service_type_id": tender.service_type_id.id,
                "address": address,
            }
        )
        attachments = (
            self.env["ir.attachment"]
            .with_user(SUPERUSER_ID)
            .create(
                [
                    {"name": name[:200], "raw": data, "res_model": self._name, "res_id": registration.id}
                    for name, data in files
                ]
            )
        )
        registration.write({"attachment_ids": [fields.Command.set(attachments.ids)]})
        return registration

    @api.model
    def _check_flood(self, address):
        """Raise UserError if too many registrations came in a day, from ``address`` or altogether."""
        day = [("date", ">", fields.Datetime.now() - timedelta(days=1))]
        own = [("address", "=", address), *day]
        if (
            self.search_count(own, limit=PER_ADDRESS) >= PER_ADDRESS
            or self.search_count(day, limit=PER_DAY) >= PER_DAY
        ):
            raise UserError(
                self.env._("Too many registrations came in today. Please call us, or try again tomorrow.")
            )

    @api.model
    def _check_typed(self, vals, files):
        """Raise UserError that says all that is wrong with the form at once."""
        _, wrong = self.env._, []
        if len(vals["name"]) < 2 or len(vals["contact_name"]) < 2:
            wrong.append(_("Enter the full name of the firm and of a contact person."))
        if not TAX_ID.fullmatch(vals["vat"]):
            wrong.append(_("Enter the tax id of the firm: 15 to 20 digits and capital letters."))
        if not PHONE.fullmatch(vals["phone"]):
            wrong.append(_("Enter a telephone number."))
        if not files:
            wrong.append(_("Add a scan of the business licence."))
        if len(files) > FILES_MAX:
            wrong.append(_("Add %s files at most.", FILES_MAX))
        waiting = [("vat", "=", vals["vat"]), ("state", "=", "new")]
        if not wrong and self.search_count(waiting, limit=1):
            wrong.append(_("This firm is registered already and waits for our answer."))
        if wrong:
            raise UserError("\n".join(wrong))
