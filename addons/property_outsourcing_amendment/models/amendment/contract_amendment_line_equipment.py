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
