import base64
import re
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing_portal.models.invitation.qr_code import make_qr_code

CODE = re.compile(r"[A-Za-z0-9_-]{12,24}")
PATH = "/outsourcing/report/"


class OutsourcingComplaintCode(models.Model):
    """The QR code of a place or a lift: whoever scans it reports what is wrong there, without a login."""

    _name = "outsourcing.complaint.code"
    _description = "Report Code"
    _inherit = ["outsourcing.guard.mixin"]
    _order = "community_id, place, id"
    _rec_name = "place"

    location_id = fields.Many2one(
        "outsourcing.location", index="btree_not_null", ondelete="restrict", readonly=True
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment", index="btree_not_null", ondelete="restrict", readonly=True
    )
    community_id = fields.Many2one(
        "outsourcing.community", compute="_compute_place", store=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True, index=True)
    place = fields.Char("Printed Place", compute="_compute_place", store=True)
    code = fields.Char(
        readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(12), groups="base.group_user"
    )
    active = fields.Boolean(default=True, help="An archived code is dead: print another sheet.")
    link = fields.Char(compute="_compute_link")
    qr_code = fields.Binary("QR Code", compute="_compute_link")

    _code_uniq = models.UniqueIndex("(code)", "Another place has this code.")
    _location_uniq = models.UniqueIndex(
        "(location_id) WHERE active AND equipment_id IS NULL", "The place has a code already."
    )
    _equipment_uniq = models.UniqueIndex("(equipment_id) WHERE active", "The equipment has a code already.")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"location_id", "equipment_id", "code"}

    @api.depends(
        "equipment_id.name",
        "equipment_id.outsourcing_community_id",
        "location_id.complete_name",
        "location_id.community_id",
    )
    def _compute_place(self):
        for row in self:
            row.community_id = row.equipment_id.outsourcing_community_id or row.location_id.community_id
            row.place = row.equipment_id.name or row.location_id.complete_name

    @api.depends("code", "active")
    def _compute_link(self):
        for row in self:
            company = row.company_id.sudo()  # the address of the site
            row.link = row.active and row.code and f"{company.get_base_url()}{PATH}{row.code}"
            row.qr_code = row.link and base64.b64encode(make_qr_code(row.link))

    @api.model
    def _get_or_create(self, places):
        """Return the codes of ``places``, locations or equipment, in their order; new ones where none is."""
        name = "equipment_id" if places._name == "maintenance.equipment" else "location_id"
        domain = Domain(name, "in", places.ids)
        if name == "location_id":
            domain &= Domain("equipment_id", "=", False)
        codes = self.search(domain)
        missing = places - codes[name]
        codes |= self._gated().create([{name: place.id} for place in missing]).with_env(self.env)
        order = {place.id: index for index, place in enumerate(places)}
        return codes.sorted(lambda row: order[row[name].id])

    @api.model
    def _find(self, code):
        """Return the living code (in sudo) of a place that is still there, or an empty recordset."""
        codes = self.sudo()  # whoever has scanned it reports; nothing else follows from it
        if not CODE.fullmatch(code or ""):
            return codes.browse()
        found = codes.search([("code", "=", code)], limit=1)
        there = found.equipment_id or found.location_id
        return found if there.active and found.community_id.active else codes.browse()

    @api.model
    def _get_desk_phone(self, code):
        """Return whom to call instead of ``code``, which may be withdrawn; "" where it is unknown."""
        if not CODE.fullmatch(code or ""):
            return ""
        # sudo: the telephone that the withdrawn sheet shows as well
        found = self.sudo().with_context(active_test=False).search([("code", "=", code)], limit=1)
        return found.community_id.complaint_phone or found.community_id.desk_phone or ""

    def action_print(self):
        """Print the sheets."""
        if not all(self.mapped("active")):
            raise UserError(self.env._("An archived code is dead: print another sheet."))
        report = self.env.ref("property_outsourcing_complaint.outsourcing_complaint_code_report")
        return report.report_action(self)

    def action_renew(self):
        """Make the printed code useless and give the place another one."""
        self.check_access("write")
        equipment, locations = self.equipment_id, self.filtered(lambda row: not row.equipment_id).location_id
        self.write({"active": False})
        self._get_or_create(equipment)
        self._get_or_create(locations)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_complaint.outsourcing_complaint_code_action"
        )
