from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import Quantity, join_names
from ..units.uom_uom import UNITS


class OutsourcingContractScope(models.Model):
    """What is covered in one community: places and equipment, the work, what is left out, how much."""

    _name = "outsourcing.contract.scope"
    _description = "Contract Scope Line"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "contract_id, sequence, id"
    _workflow_parent = "contract_id"

    contract_id = fields.Many2one("outsourcing.contract", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    community_id = fields.Many2one(
        "outsourcing.community",
        compute="_compute_community_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
    )
    allowed_community_ids = fields.Many2many(related="contract_id.community_ids", string="Communities")
    location_ids = fields.Many2many(
        "outsourcing.location",
        domain="[('community_id', '=', community_id)]",
        context={"active_test": False},
    )
    equipment_ids = fields.Many2many(
        "maintenance.equipment",
        "outsourcing_contract_scope_equipment_rel",
        "scope_id",
        "equipment_id",
        domain="[('outsourcing_community_id', '=', community_id)]",
        context={"active_test": False},
    )
    name = fields.Text("Work Content", required=True)
    exclusions = fields.Text()
    quantity = Quantity("Workload")
    uom_id = fields.Many2one("uom.uom", "Counted in", domain=UNITS, help="Elevators, m², posts, metres.")
    frequency = fields.Selection(
        [
            ("once", "Once"),
            ("always", "Around the clock"),
            ("daily", "Daily"),
            ("weekly", "Weekly"),
            ("half_month", "Every half month"),
            ("month", "Monthly"),
            ("quarter", "Quarterly"),
            ("half_year", "Half-yearly"),
            ("year", "Yearly"),
            ("on_call", "On call"),
        ]
    )

    _quantity_not_negative = models.Constraint("CHECK(quantity >= 0)", "The workload cannot be negative.")

    @api.depends("contract_id")
    def _compute_community_id(self):
        for line in self:
            line.community_id = line.community_id or line.contract_id.community_id

    @api.depends("name", "community_id")
    def _compute_display_name(self):
        for line in self:
            first = (line.name or "").strip().splitlines()[:1]
            line.display_name = " ".join(part for part in (line.community_id.name, *first) if part)

    @api.onchange("community_id")
    def _onchange_community_id(self):
        self.location_ids = self.location_ids.filtered(lambda place: place.community_id == self.community_id)
        self.equipment_ids = self.equipment_ids.filtered(
            lambda item: item.outsourcing_community_id == self.community_id
        )

    @api.constrains("community_id", "contract_id", "location_ids", "equipment_ids")
    def _check_community(self):
        for line in self.sudo():  # compares ids only
            if line.community_id not in line.contract_id.community_ids | line.contract_id.community_id:
                raise ValidationError(
                    self.env._("%s: the community is not part of the contract.", line.display_name)
                )
            strangers = [p.complete_name for p in line.location_ids if p.community_id != line.community_id]
            strangers += [
                item.name for item in line.equipment_ids if item.outsourcing_community_id != line.community_id
            ]
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(names)s: not in the community %(community)s of the scope line.",
                        names=join_names(self.env, strangers),
                        community=line.community_id.name,
                    )
                )
