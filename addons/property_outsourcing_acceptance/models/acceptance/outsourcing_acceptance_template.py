from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.catalogue.outsourcing_service_type import KINDS

NATURES = [
    ("ordinary", "Ordinary"),
    ("structural", "Structural"),
    ("concealed", "Concealed"),
    ("fund_paid", "Paid from the maintenance fund"),
]


class OutsourcingAcceptanceTemplate(models.Model):
    """Which parties check which work. The rows say it, nobody decides it case by case."""

    _name = "outsourcing.acceptance.template"
    _description = "Levels of acceptance"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    contract_kind = fields.Selection(KINDS, help="Empty: for every kind of contract.")
    nature = fields.Selection(NATURES, help="Empty: whatever the nature of the work.")
    amount_from = fields.Float(digits=(16, 2))
    amount_to = fields.Float(digits=(16, 2), help="Below this amount; 0 means no limit.")
    has_self_check = fields.Boolean(string="Contractor's self-check", default=True)
    has_third_party_check = fields.Boolean(string="Third-party check")
    requires_witness = fields.Boolean(string="Owners' witness")
    min_general_rate = fields.Float(
        string="General items passed (%)",
        default=80.0,
        digits=(16, 2),
        help="A main item that fails rejects the work. Of the general items at least this share must pass; "
        "below it only a manager may accept by concession.",
    )

    _rate_range = models.Constraint(
        "CHECK(min_general_rate >= 0 AND min_general_rate <= 100)", "The share lies between 0 and 100 %."
    )

    @api.constrains("amount_from", "amount_to")
    def _check_amounts(self):
        for template in self:
            if template.amount_from < 0 or (
                template.amount_to and template.amount_to <= template.amount_from
            ):
                raise ValidationError(
                    self.env._("%s: the upper amount is not above the lower one.", template.name)
                )

    @api.model
    def _choose(self, contract_kind, nature, amount):
        """Return the first template that fits.

        :raise UserError: there is none
        """
        # sudo: the templates are general terms, the contractor's request for acceptance reads them as well
        for template in self.sudo().search([]):
            if template._fits(contract_kind, nature, amount):
                return template.sudo(self.env.su)
        raise UserError(
            self.env._("No template of acceptance levels fits this work. An administrator must add one.")
        )

    def _fits(self, contract_kind, nature, amount):
        self.ensure_one()
        return (
            self.contract_kind in (False, contract_kind)
            and self.nature in (False, nature)
            and self.amount_from <= amount
            and (not self.amount_to or amount < self.amount_to)
        )
