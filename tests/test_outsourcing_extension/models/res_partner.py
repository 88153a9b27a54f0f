from odoo import fields, models


class ResPartner(models.Model):
    """A firm on strike is neither chosen nor sent anywhere; what it has earned is paid all the same."""

    _inherit = "res.partner"

    extension_is_on_strike = fields.Boolean("On Strike")

    def _get_contractor_blockers(self, purpose, contract=None):
        blockers = super()._get_contractor_blockers(purpose, contract)
        if purpose in ("pay", "payout"):
            return blockers
        firms = self.sudo().commercial_partner_id  # the sentence only is told
        return blockers + [
            self.env._("%s is on strike.", firm.name) for firm in firms if firm.extension_is_on_strike
        ]
