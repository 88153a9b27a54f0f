from odoo import fields, models


class OutsourcingDocumentGrade(models.Model):
    """The grades a licence is issued in. The order is the rank: the first one covers all that follow."""

    _name = "outsourcing.document.grade"
    _description = "Grade of a document type"
    _order = "type_id, sequence, id"

    type_id = fields.Many2one("outsourcing.document.type", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        string="Rank",
        default=10,
        help="The lowest number is the highest grade; it covers the grades below it.",
    )
    description = fields.Char(translate=True, help="What the grade permits, the rated speed for example.")

    _rank_uniq = models.Constraint(
        "UNIQUE (type_id, sequence)", "Two grades of one document type cannot have the same rank."
    )

    def _covers(self, required):
        """Tell whether the grade ``self`` (or none) is at least ``required`` (or none)."""
        return not required or bool(self and self.sequence <= required.sequence)
