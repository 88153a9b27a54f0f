from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, open_gate

LEVELS = [
    ("self_check", "Contractor's self-check"),
    ("property_check", "Property company's check"),
    ("third_party_check", "Third-party check"),
    ("witness", "Owners' witness"),
]


class OutsourcingSignatureMixin(models.AbstractModel):
    """One place on the form where one party signs: who, when, with what result."""

    _name = "outsourcing.signature.mixin"
    _description = "Signature of one party"
    _order = "round desc, sequence, id"
    _rec_name = "level"

    level = fields.Selection(LEVELS, required=True, readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    round = fields.Integer(default=1, readonly=True, help="A document given back for rework is signed anew.")
    party_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    result = fields.Selection(
        [
            ("pass", "Passed"),
            ("fail", "Failed"),
            ("deemed", "Deemed passed"),
            ("absent", "Absent, recorded"),
        ],
        readonly=True,
    )
    comment = fields.Text(string="Opinion", readonly=True)
    signer_id = fields.Many2one(
        "res.partner", string="Signed for the party by", readonly=True, ondelete="restrict", copy=False
    )
    signer_name = fields.Char(string="Name as signed", readonly=True)
    signed_by_id = fields.Many2one("res.users", string="Entered by", readonly=True, ondelete="restrict")
    # in the row itself: an attachment of its own could be deleted by whoever may write the document
    signature = fields.Binary(attachment=False, readonly=True)
    date_signed = fields.Datetime(string="Signed on", readonly=True)
    is_paper = fields.Boolean(
        string="On paper", readonly=True, help="Entered from a signed sheet; the scan is kept."
    )
    scan_ids = fields.Many2many("outsourcing.evidence", string="Scan of the signed sheet", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_gate("create")
        return super().create(vals_list)

    def write(self, vals):
        self._check_gate("write")
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_except_signed(self):
        if any(row.result for row in self):
            raise UserError(self.env._("What is signed is not deleted."))

    def _check_gate(self, operation):
        if not is_gate_open(self):
            self.check_access(operation)
            raise UserError(self.env._("Signatures are given through the buttons of the document."))

    def _gated(self):
        """Return ``self`` in sudo with the gate open. For module code only, after the signer was checked."""
        return open_gate(self)

    def _is_passed(self):
        """Return whether this place no longer holds the document up."""
        self.ensure_one()
        return self.result in ("pass", "deemed", "absent")

    def _get_level_label(self):
        self.ensure_one()
        return dict(self._fields["level"]._description_selection(self.env))[self.level]
