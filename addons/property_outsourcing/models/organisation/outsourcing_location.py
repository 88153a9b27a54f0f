from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.code_field import Code


class OutsourcingLocation(models.Model):
    _name = "outsourcing.location"
    _description = "Location within a community"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.in.use.mixin", "outsourcing.code.mixin"]
    _code_fields = ("barcode",)
    _scanned_fields = ("barcode",)
    _parent_name = "parent_id"
    _parent_store = True
    _rec_name = "complete_name"
    _rec_names_search = ["name", "complete_name", "barcode"]
    _order = "community_id, complete_name, id"

    name = fields.Char(required=True)
    complete_name = fields.Char(
        string="Full name", compute="_compute_complete_name", store=True, recursive=True
    )
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("building", "Building"),
            ("unit", "Building unit"),
            ("floor", "Floor"),
            ("room", "Room"),
            ("public_area", "Public area"),
        ],
        required=True,
        default="building",
    )
    community_id = fields.Many2one(
        "outsourcing.community",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(related="community_id.company_id", store=True, index=True, precompute=True)
    parent_id = fields.Many2one(
        "outsourcing.location",
        string="Part of",
        index=True,
        ondelete="restrict",
        domain="[('community_id', '=?', community_id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("outsourcing.location", "parent_id", string="Locations within")
    barcode = Code(
        copy=False, help="Text of the label or QR code on site; a scanner finds the location by it."
    )
    equipment_ids = fields.One2many(
        "maintenance.equipment",
        "outsourcing_location_id",
    )
    equipment_count = fields.Integer(string="Number of equipment", compute="_compute_equipment_count")

    _barcode_uniq = models.UniqueIndex(
        "(company_id, barcode) WHERE barcode <> ''", "Another location of the company has this barcode."
    )

    def _get_code_company(self, vals):
        community = self.env["outsourcing.community"].browse(vals.get("community_id") or ())
        parent = self.browse(vals.get("parent_id") or ())
        return (community or parent.community_id).company_id or super()._get_code_company(vals)

    @api.model
    def _resolve_code(self, code):
        """Return the record that the scanned ``code`` stands for, or None. Hook: ask super first.

        It is looked for with the rights of whoever scans. A location here; equipment and whatever else
        carries a label where the add-on that prints it answers.

        :param str code: the text of the label, as a scanner gives it
        """
        return self._find_by_code(code) or None

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for location in self:
            parent = location.parent_id.complete_name
            location.complete_name = f"{parent} / {location.name}" if parent else location.name

    @api.depends("parent_id")
    def _compute_community_id(self):
        for location in self:
            location.community_id = location.parent_id.community_id or location.community_id

    @api.depends("equipment_ids")
    def _compute_equipment_count(self):
        counts = dict(
            self.env["maintenance.equipment"]._read_group(
                [("outsourcing_location_id", "in", self.ids)], ["outsourcing_location_id"], ["__count"]
            )
        )
        for location in self:
            location.equipment_count = counts.get(location._origin, 0)

    @api.constrains("parent_id", "community_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A location cannot lie within itself."))
        for location in self | self.child_ids:
            parent = location.parent_id
            if parent and parent.community_id != location.community_id:
                raise ValidationError(
                    self.env._(
                        "%(location)s and %(parent)s must be in the same community.",
                        location=location.name,
                        parent=parent.complete_name,
                    )
                )
