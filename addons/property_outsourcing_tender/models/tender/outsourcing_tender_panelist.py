from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.property_outsourcing.tools import join_names

DECLARATIONS = [("pending", "Asked"), ("none", "No interest"), ("conflict", "Stands aside")]


class OutsourcingTenderPanelist(models.Model):
    """A member of the panel: declares interests before anything is scored, then scores alone."""

    _name = "outsourcing.tender.panelist"
    _description = "Member of the Panel"
    _inherit = ["outsourcing.workflow.line.mixin"]
    _order = "tender_id, id"
    _workflow_parent = "tender_id"
    _line_open_states = ("draft", "published", "opened")

    tender_id = fields.Many2one("outsourcing.tender", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Member", required=True, index=True, domain=[("share", "=", False)], ondelete="restrict"
    )
    role = fields.Char(help="Engineering, finance, owners' representative, expert from outside.")
    declaration = fields.Selection(DECLARATIONS, required=True, default="pending", copy=False)
    declaration_note = fields.Char("What was Declared", readonly=True, copy=False)
    date_declared = fields.Datetime("Declared on", readonly=True, copy=False)
    date_handed_in = fields.Datetime("Scores Handed in on", readonly=True, copy=False)

    _user_uniq = models.Constraint(
        "UNIQUE(tender_id, user_id)", "This person is on the panel of the tender already."
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"declaration_note", "date_declared", "date_handed_in"}

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        if not self._is_gate_open() and any(member.declaration != "pending" for member in members):
            raise UserError(self.env._("Members of the panel declare their interests themselves."))
        # rules read the seats from there, before core would have written them
        members.tender_id.flush_recordset(["panel_user_ids"])
        for tender in members.tender_id.filtered(lambda tender: tender.state == "opened"):
            tender.sudo()._ask_panel()  # an activity for the member who was just named
        return members

    def write(self, vals):
        if "declaration" in vals and not self._is_gate_open():
            raise UserError(self.env._("Members of the panel declare their interests themselves."))
        if "user_id" in vals and not self._is_gate_open():
            self._check_seats_kept(vals["user_id"])
        return super().write(vals)

    def _check_seats_kept(self, user_id):
        """Raise UserError where ``user_id`` would take over what another person has declared."""
        for member in self.filtered(lambda member: member.declaration != "pending"):
            if member.user_id.id != user_id:
                raise UserError(
                    self.env._(
                        "%s has declared interests already: take the seat away and name another person.",
                        member.display_name,
                    )
                )

    @api.depends("user_id")
    def _compute_display_name(self):
        for member in self:
            member.display_name = member.user_id.sudo().name  # a colleague's name

    def action_declare_none(self):
        """Declare that nothing binds the acting member to a bidder."""
        self._declare("none", False)

    def _declare(self, declaration, note):
        for member in self:
            member._check_member()
            if member.tender_id.sudo().state != "opened":  # the state only
                raise UserError(
                    self.env._("Interests are declared after the opening and before the evaluation begins.")
                )
        if declaration == "none":
            for member in self.sudo():  # names of bidders the member is about to judge
                conflicts = member._get_conflicts()
                if conflicts:
                    raise UserError(
                        self.env._(
                            "%(member)s is bound to a bidder and has to stand aside: %(bidders)s.",
                            member=member.display_name,
                            bidders=join_names(self.env, conflicts),
                        )
                    )
        vals = {"declaration": declaration, "declaration_note": note, "date_declared": fields.Datetime.now()}
        self._gated().write(vals)

    def _check_member(self):
        self.check_access("read")
        if any(member.user_id != self.env.user for member in self):
            raise AccessError(self.env._("Members of the panel declare their interests themselves."))

    def _get_conflicts(self):
        """Return what binds ``self`` (in sudo) to a bidder, a list of names. Hook: add to super's."""
        self.ensure_one()
        return []
