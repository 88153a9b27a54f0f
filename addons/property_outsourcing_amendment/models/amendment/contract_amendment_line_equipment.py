from odoo import api, models
from odoo.exceptions import ValidationError


class OutsourcingContractAmendmentLine(models.Model):
    """Single equipment, an elevator for example, that joins or leaves a running contract."""

    _inherit = "outsourcing.contract.amendment.line"

    @api.constrains("equipment_ids", "amendment_id")
    def _check_equipment(self):
        for line in self.sudo():  # compares ids; what is not the contract's is never named
            contract, equipment = line.contract_id, line.equipment_ids
            if equipment.company_id - contract.company_id:
                raise ValidationError(self.env._("Equipment of another company is not part of the contract."))
            if any(item.outsourcing_community_id not in contract.community_ids for item in equipment):
                raise ValidationError(
                    self.env._("The equipment is in a community that the contract does not serve.")
                )
            if len(equipment.outsourcing_community_id) > 1:
                raise ValidationError(
                    self.env._("Equipment of several communities: enter one change for each community.")
                )

    def _get_fee_change(self):
        """Return by how much the equipment raises or lowers the fee of a full period."""
        self.ensure_one()
        return -self.amount if self.kind == "equipment_remove" else self.amount

    def _get_equipment_problem(self):
        """Return why the equipment (in sudo) cannot join or leave on its day, or None."""
        self.ensure_one()
        contract, equipment = self.contract_id, self.equipment_ids._origin
        community = equipment.outsourcing_community_id
        last = contract._get_service_ends().get(community)
        if last and last < self.date:
            return self.env._("%s is not served by the contract.", community.name)
        if self.kind == "equipment_add":
            if served := equipment & contract._get_covered_equipment(community, self.date):
                return self.env._("%s is already served by the contract.", served[0].name)
        elif strange := equipment - contract._get_staying_equipment(community):
            return self.env._("%s is not served by the contract.", strange[0].name)
        return None
