from odoo import fields, models


class OutsourcingContractTerminateLine(models.TransientModel):
    """Something that is open when a contract ends early, and what becomes of it."""

    _name = "outsourcing.contract.terminate.line"
    _description = "Open Point of a Termination"
    _order = "id"

    wizard_id = fields.Many2one("outsourcing.contract.terminate", required=True, ondelete="cascade")
    res_model = fields.Char()
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    kind = fields.Char("Kind of Document")
    name = fields.Char("Document Name")
    note = fields.Char()
    amount = fields.Monetary()
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    allowed = fields.Char("Possible Decisions")
    decision = fields.Selection(selection=lambda self: self._get_decisions(), required=True)

    def _get_decisions(self):
        return list(self.env["outsourcing.contract"]._get_end_decisions().items())
