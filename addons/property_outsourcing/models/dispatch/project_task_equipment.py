from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import join_names
from .project_task_new import STAFF


class ProjectTask(models.Model):
    """A new order that begins with the equipment: it finds place, contract and contractor by itself."""

    _inherit = "project.task"

    outsourcing_candidate_ids = fields.Many2many(
        "outsourcing.contract",
        string="Contracts that fit",
        compute="_compute_outsourcing_candidates",
        groups=STAFF,
    )
    outsourcing_candidate_note = fields.Char(
        "Which Contract", compute="_compute_outsourcing_candidates", groups=STAFF
    )

    @api.depends("outsourcing_equipment_id", "outsourcing_contract_id")
    @api.depends_context("lang")
    def _compute_outsourcing_candidates(self):
        self.outsourcing_candidate_ids = self.outsourcing_candidate_note = False
        for task in self.filtered(lambda task: not task._origin and task.outsourcing_equipment_id):
            equipment, chosen = task.outsourcing_equipment_id._origin, task.outsourcing_contract_id._origin
            contracts = equipment._get_dispatch_contracts()
            task.outsourcing_candidate_ids = contracts
            task.outsourcing_candidate_note = self._get_candidate_note(equipment, contracts, chosen)

    @api.model
    def _get_candidate_note(self, equipment, contracts, chosen):
        """Return what the dispatcher has to know about the contract of the equipment, or False."""
        if not contracts:
            return self.env._(
                "No running contract covers %s: choose the contract yourself.", equipment.display_name
            )
        if len(contracts) > 1 and chosen not in contracts:
            return self.env._(
                "%(count)s running contracts cover %(equipment)s: choose one of %(contracts)s.",
                count=len(contracts),
                equipment=equipment.display_name,
                contracts=join_names(self.env, contracts.mapped("display_name")),
            )
        if chosen and chosen not in contracts:
            return self.env._("%s does not cover this equipment.", chosen.display_name)
        return False

    @api.onchange("outsourcing_equipment_id")
    def _onchange_outsourcing_equipment_id(self):
        equipment = self.outsourcing_equipment_id._origin
        if self._origin or not equipment or not self._may_dispatch():
            return
        contracts = equipment._get_dispatch_contracts()
        if contracts and self.outsourcing_contract_id._origin not in contracts:
            self.outsourcing_contract_id = contracts if len(contracts) == 1 else False
            self._onchange_outsourcing_contract_id()
        self.outsourcing_community_id = equipment.outsourcing_community_id
        self.outsourcing_location_id = equipment.outsourcing_location_id

    @api.constrains("outsourcing_equipment_id", "outsourcing_community_id")
    def _check_outsourcing_equipment(self):
        for task in self.sudo():  # compares links only
            equipment = task.outsourcing_equipment_id
            place = equipment.outsourcing_community_id
            if task.outsourcing_contract_id and place and place != task.outsourcing_community_id:
                raise ValidationError(
                    self.env._(
                        "%(equipment)s stands in %(community)s, the order is for another community.",
                        equipment=equipment.display_name,
                        community=place.display_name,
                    )
                )
