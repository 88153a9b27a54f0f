from odoo import fields, models


class OutsourcingMessage(models.Model):
    """A message of the chatter that the property company and one party write each other about a document.

    It stands on the party's page of the document; whatever else stands in the chatter is for staff. Rows are
    written by module code after it has checked who writes, and read by the pages after the document.
    """

    _name = "outsourcing.message"
    _description = "Message with a Party"
    _order = "id"
    _rec_name = "message_id"

    message_id = fields.Many2one("mail.message", required=True, ondelete="cascade", index=True)
    party_id = fields.Many2one(
        "res.partner", required=True, ondelete="cascade", domain="[('parent_id', '=', False)]"
    )
    is_from_party = fields.Boolean("From the Party")
    res_model = fields.Char("Document Model", required=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", required=True)

    _thread_idx = models.Index("(res_model, res_id, party_id)")
