from odoo import fields, models


class OutsourcingSiteUploadFile(models.TransientModel):
    _name = "outsourcing.site.upload.file"
    _description = "File to add"

    upload_id = fields.Many2one("outsourcing.site.upload", required=True, index=True, ondelete="cascade")
    name = fields.Char(string="File name")
    # kept in the column: an attachment would resize the photo and drop what the camera wrote into it
    content = fields.Binary(string="File", required=True, attachment=False)
