from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..workflow.core_guard import get_changed_fields, get_labels

MANAGER = "property_outsourcing.group_outsourcing_manager"
# who is asked for us, who signs for the contractor, who supervises
LEADERS = ("manager_id", "contractor_manager_id", "supervising_engineer_id")


class OutsourcingContract(models.Model):
    """Who leads the work on every side, and who answers for what."""

    _inherit = "outsourcing.contract"

    supervising_firm_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_company', '=', True), ('id', '!=', contractor_id)]",
        help="Independent firm that supervises the works (监理).",
    )
    supervising_engineer_id = fields.Many2one(
        "res.partner", ondelete="restrict", domain="[('parent_id', '=', supervising_firm_id)]"
    )
    leaders_are_fixed = fields.Boolean("Leaders Named", compute="_compute_leaders_are_fixed")
    person_ids = fields.One2many("outsourcing.contract.person", "contract_id", "Key Persons", copy=True)
    duty_ids = fields.One2many("outsourcing.contract.duty", "contract_id", "Duties", copy=True)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_leaders_are_fixed(self):
        may_change = self.env.su or self.env.user.has_group(MANAGER)
        for contract in self:
            contract.leaders_are_fixed = contract.state != "draft" and not may_change

    @api.constrains(
        "contractor_id", "contractor_manager_id", "supervising_firm_id", "supervising_engineer_id"
    )
    def _check_leaders_firm(self):
        for contract in self.sudo():  # compares people and their firms only
            for person, firm in (
                (contract.contractor_manager_id, contract.contractor_id),
                (contract.supervising_engineer_id, contract.supervising_firm_id),
            ):
                if person and person.commercial_partner_id != firm.commercial_partner_id:
                    raise ValidationError(
                        self.env._(
                            "%(person)s is not a person of %(firm)s.",
                            person=person.name,
                            firm=firm.name or self.env._("the supervising firm"),
                        )
                    )

    def write(self, vals):
        if set(LEADERS) & set(vals):
            self.filtered("leaders_are_fixed")._check_leaders_kept(vals)
        return super().write(vals)

    def _check_leaders_kept(self, vals):
        """Raise AccessError where it changes who is asked for approvals or signs for the contractor."""
        for contract in self:
            if changed := get_changed_fields(contract, vals, set(vals) - set(LEADERS)):
                raise AccessError(
                    self.env._(
                        "%(contract)s is %(state)s: a manager changes this, or an amendment: %(fields)s.",
                        contract=contract.display_name,
                        state=contract._get_state_label(),
                        fields=get_labels(contract, changed),
                    )
                )

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.manager_id | self.community_id._get_managers()

    def _load_presets(self):
        result = super()._load_presets()
        for contract in self.filtered("service_type_id"):
            duties = contract.service_type_id.duty_ids.sorted(lambda duty: (duty.sequence, duty.id))
            contract.duty_ids = self._replace_commands(duty._prepare_duty_vals() for duty in duties)
        return result
