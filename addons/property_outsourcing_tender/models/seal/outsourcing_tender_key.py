from odoo import fields, models


class OutsourcingTenderKey(models.Model):
    """The key pair of a tender. What opens envelopes is in it only wrapped under passphrases of openers."""

    _name = "outsourcing.tender.key"
    _description = "Key of a Tender"
    _rec_name = "tender_id"

    tender_id = fields.Many2one(
        "outsourcing.tender", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    opener_ids = fields.Many2many(
        "res.users", string="Openers", readonly=True, context={"active_test": False}
    )
    need = fields.Integer("Openers Needed", readonly=True)
    public_key = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    wrapped_key = fields.Json(readonly=True, groups=fields.NO_ACCESS)

    _tender_uniq = models.Constraint("UNIQUE(tender_id)", "A tender has one key.")
