from odoo import api, fields, models
from odoo.exceptions import UserError

STAFF = "property_outsourcing.group_outsourcing_user"
UNSEEN_STATES = ("new", "rejected", "merged")
SEVERITIES = {"p0": "critical", "p1": "major"}


class OutsourcingDefect(models.Model):
    """What is wrong on site may have been reported by a resident."""

    _inherit = "outsourcing.defect"

    complaint_id = fields.Many2one(
        "outsourcing.complaint",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
        help="What a resident reported and this was found by.",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"complaint_id"}


class OutsourcingComplaint(models.Model):
    """A complaint shows a defect, which the contractor is ordered to rectify."""

    _inherit = "outsourcing.complaint"

    defect_ids = fields.One2many("outsourcing.defect", "complaint_id", "Defects", copy=False, groups=STAFF)
    defect_count = fields.Integer("Number of Defects", compute="_compute_defect_count", groups=STAFF)
    may_record_defect = fields.Boolean(
        compute="_compute_may_record_defect", groups=STAFF, export_string_translation=False
    )

    def _compute_defect_count(self):
        counts = dict(
            self.env["outsourcing.defect"]._read_group(
                [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
            )
        )
        for complaint in self:
            complaint.defect_count = counts.get(complaint._origin, 0)

    @api.depends("state", "contract_id", "equipment_id", "service_type_id", "defect_ids.state")
    def _compute_may_record_defect(self):
        for complaint in self:
            complaint.may_record_defect = bool(
                complaint.id
                and complaint.state not in UNSEEN_STATES
                and not complaint._get_open_defect()
                and complaint._get_defect_contract()
            )

    def _get_open_defect(self):
        return self.defect_ids.filtered(lambda row: row.state != "closed")[:1]

    def _get_defect_contract(self):
        """Return the one contract under which a defect is recorded, or an empty recordset."""
        contracts = self.contract_id or self._find_contracts()
        return contracts if len(contracts) == 1 else contracts.browse()

    def action_view_defects(self):
        """Open the defects found by the complaint."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_site.outsourcing_defect_action"
        )
        return {**action, "domain": [("complaint_id", "in", self.ids)], "context": {}}

    def action_record_defect(self):
        """Record the defect the complaint shows, and open it; one that is still open is opened again."""
        self.ensure_one()
        self._check_actor("defect")
        if self.state in UNSEEN_STATES:
            raise UserError(self.env._("%s has to be taken up before it shows a defect.", self.display_name))
        defect = self._get_open_defect()
        if not defect:
            defect = self.env["outsourcing.defect"].create(self._prepare_defect_vals())
            defect._gated().complaint_id = self
            self.message_post(body=self.env._("Defect recorded: %s", defect.display_name))
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.defect",
            "res_id": defect.id,
            "views": [(False, "form")],
        }

    def _prepare_defect_vals(self):
        """Return the values of the defect; like an order it never names a resident."""
        contract = self._get_defect_contract()
        if not contract:
            raise UserError(
                self.env._(
                    "%s: no contract, or more than one, covers this place and service; dispatch it first.",
                    self.display_name,
                )
            )
        told = [self._hide_numbers(self.title), self._get_instruction()]
        return {
            "contract_id": contract.id,
            "community_id": self.community_id.id,
            "equipment_id": self.equipment_id.id,
            "location_id": self.location_id.id,
            "description": "\n".join(dict.fromkeys(filter(None, told))),
            "severity": SEVERITIES.get(self.priority, "minor"),
            "found_by": "property",
        }
