from odoo import fields, models


class OutsourcingDocumentType(models.Model):
    """The documents on file of a type."""

    _inherit = "outsourcing.document.type"

    document_count = fields.Integer(string="Number of documents", compute="_compute_document_count")

    def _compute_document_count(self):
        counts = dict(
            self.env["outsourcing.document"]._read_group(
                [("type_id", "in", self.ids)], ["type_id"], ["__count"]
            )
        )
        for document_type in self:
            document_type.document_count = counts.get(document_type._origin, 0)

    def action_view_documents(self):
        """Open the documents of this type."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_document_action"
        )
        return action | {"domain": [("type_id", "=", self.id)], "context": {"default_type_id": self.id}}
