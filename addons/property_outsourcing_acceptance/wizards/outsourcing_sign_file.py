from odoo import fields, models


class OutsourcingSignFile(models.TransientModel):
    _name = "outsourcing.sign.file"
    _description = "Scan of a signed sheet"

    sign_id = fields.Many2one("outsourcing.sign", index=True, ondelete="cascade")
    score_paper_id = fields.Many2one(
        "outsourcing.score.paper", string="Signed score sheet", index=True, ondelete="cascade"
    )
    name = fields.Char(string="File name")
    # kept in the column: an attachment would resize a photographed sheet and drop the camera's data
    content = fields.Binary(string="File", required=True, attachment=False)
