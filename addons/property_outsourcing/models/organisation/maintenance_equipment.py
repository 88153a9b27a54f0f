from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.code_field import Code


class MaintenanceEquipment(models.Model):
    """The registry of a community's equipment; its repairs are work orders, not maintenance requests."""

    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "outsourcing.in.use.mixin", "outsourcing.code.mixin"]
    _rec_names_search = ["name", "serial_no", "outsourcing_barcode", "outsourcing_registration_code"]
    _code_fields = ("outsourcing_registration_code", "outsourcing_barcode")
    _scanned_fields = ("outsourcing_barcode", "outsourcing_registration_code", "serial_no")

    outsourcing_community_id = fields.Many2one(
        "outsourcing.community",
        string="Community",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        compute="_compute_outsourcing_community_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    outsourcing_location_id = fields.Many2one(
        "outsourcing.location",
        string="Location on site",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('community_id', '=?', outsourcing_community_id)]",
    )
    outsourcing_service_type_id = fields.Many2one(
        "outsourcing.service.type",
        string="Service type",
        index="btree_not_null",
        ondelete="restrict",
        help="The kind of outsourced service that looks after this equipment.",
    )
    outsourcing_registration_code = Code(
        string="Registration code",
        copy=False,
        help="Code on the registration certificate of special equipment, an elevator for example.",
    )
    outsourcing_barcode = Code(
        string="Barcode", copy=False, help="Text of the label or QR code on the equipment."
    )

    _outsourcing_registration_code_uniq = models.UniqueIndex(
        "(company_id, outsourcing_registration_code) WHERE outsourcing_registration_code <> ''",
        "Other equipment of the company has this registration code.",
    )
    _outsourcing_barcode_uniq = models.UniqueIndex(
        "(company_id, outsourcing_barcode) WHERE outsourcing_barcode <> ''",
        "Other equipment of the company has this barcode.",
    )

    @api.depends("outsourcing_community_id.name")
    @api.depends_context("outsourcing_show_community")
    def _compute_display_name(self):
        super()._compute_display_name()
        if self.env.context.get("outsourcing_show_community"):  # every community has an elevator 1
            for equipment in self.filtered("outsourcing_community_id"):
                place = equipment.outsourcing_community_id.sudo().name  # where it stands is no secret
                equipment.display_name = f"{equipment.display_name} · {place}"

    @api.depends("outsourcing_location_id")
    def _compute_outsourcing_community_id(self):
        for equipment in self:
            equipment.outsourcing_community_id = (
                equipment.outsourcing_location_id.community_id or equipment.outsourcing_community_id
            )

    @api.constrains("outsourcing_location_id", "outsourcing_community_id")
    def _check_outsourcing_location_id(self):
        for equipment in self:
            location = equipment.outsourcing_location_id
            if location and location.community_id != equipment.outsourcing_community_id:
                raise ValidationError(
                    self.env._(
                        "%(equipment)s: the location %(location)s is in another community.",
                        equipment=equipment.name,
                        location=location.complete_name,
                    )
                )
