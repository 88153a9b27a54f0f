from odoo import fields, models


class OutsourcingAcceptanceStage(models.Model):
    _name = "outsourcing.acceptance.stage"
    _inherit = ["outsourcing.signature.mixin"]
    _description = "Level of an acceptance"

    acceptance_id = fields.Many2one(
        "outsourcing.acceptance", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="acceptance_id.company_id", store=True, index=True)

    _level_uniq = models.UniqueIndex("(acceptance_id, round, level)", "Each level is signed once.")
    _signer_uniq = models.UniqueIndex(
        "(acceptance_id, round, signer_id) WHERE signer_id IS NOT NULL",
        "The levels of one acceptance are signed by different people.",
    )

    def _prepare_fact_vals(self):
        """Return what this signature says about the contractor's performance."""
        self.ensure_one()
        acceptance = self.acceptance_id
        fact_type = "level_passed" if self._is_passed() else "level_failed"
        return {
            "fact_type": fact_type,
            "contract": acceptance.contract_id,
            "source": acceptance,
            "community": acceptance.community_id,
            "milestone": acceptance.milestone_id,
            "key": f"{fact_type}:{self._name}:{self.id}",
            "note": self._get_level_label(),
        }
