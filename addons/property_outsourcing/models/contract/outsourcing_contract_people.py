from odoo import fields, models


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
    person_ids = fields.One2many("outsourcing.contract.person", "contract_id", "Key Persons", copy=True)
    duty_ids = fields.One2many("outsourcing.contract.duty", "contract_id", "Duties", copy=True)

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.manager_id | self.community_id._get_managers()

    def _load_presets(self):
        result = super()._load_presets()
        for contract in self.filtered("service_type_id"):
            duties = contract.service_type_id.duty_ids.sorted(lambda duty: (duty.sequence, duty.id))
            contract.duty_ids = self._replace_commands(duty._prepare_duty_vals() for duty in duties)
        return result
