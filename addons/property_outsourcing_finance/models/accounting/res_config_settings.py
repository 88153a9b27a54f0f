from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    outsourcing_retention_account_id = fields.Many2one(
        related="company_id.outsourcing_retention_account_id", readonly=False, string="Retention Account"
    )
    outsourcing_prepayment_account_id = fields.Many2one(
        related="company_id.outsourcing_prepayment_account_id", readonly=False, string="Prepayment Account"
    )
    outsourcing_deduction_account_id = fields.Many2one(
        related="company_id.outsourcing_deduction_account_id", readonly=False, string="Deduction Account"
    )
    outsourcing_reward_account_id = fields.Many2one(
        related="company_id.outsourcing_reward_account_id", readonly=False, string="Reward Account"
    )

    def action_outsourcing_create_retention_account(self):
        """Create the retention account of the company when there is none yet."""
        self.check_access("write")
        self.company_id._outsourcing_ensure_finance_accounts()
        return {"type": "ir.actions.client", "tag": "reload"}
