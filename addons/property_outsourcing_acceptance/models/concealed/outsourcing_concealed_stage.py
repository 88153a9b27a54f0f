from odoo import fields, models


class OutsourcingConcealedStage(models.Model):
    _name = "outsourcing.concealed.stage"
    _inherit = ["outsourcing.signature.mixin"]
    _description = "Signature on a concealed work"

    work_id = fields.Many2one(
        "outsourcing.concealed.work", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="work_id.company_id", store=True, index=True)

    _level_uniq = models.UniqueIndex("(work_id, round, level)", "Each party signs once.")
    _signer_uniq = models.UniqueIndex(
        "(work_id, round, signer_id) WHERE signer_id IS NOT NULL",
        "Contractor and property side are signed for by different people.",
    )
