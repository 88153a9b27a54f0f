from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..bid.outsourcing_bid import OPEN_STATES
from ..tender.tender_publication import EVENT_OBJECTION
from ..tender.tender_workflow import MANAGER


class OutsourcingTenderObjection(models.Model):
    """What a bidder objects to during the publicity of the award, and what came of it."""

    _name = "outsourcing.tender.objection"
    _description = "Objection to an Award"
    _inherit = ["outsourcing.workflow.mixin"]
    _order = "date desc, id desc"

    tender_id = fields.Many2one(
        "outsourcing.tender", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    contractor_id = fields.Many2one(
        "res.partner", "Bidder", required=True, index=True, ondelete="restrict", readonly=True
    )
    user_id = fields.Many2one("res.users", "Raised by", readonly=True)
    date = fields.Datetime("Raised on", required=True, readonly=True)
    text = fields.Text("Objection", required=True, readonly=True)
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    date_answered = fields.Datetime("Answered on", readonly=True)
    state = fields.Selection(
        [("open", "To answer"), ("rejected", "Not upheld"), ("upheld", "Upheld")],
        required=True,
        default="open",
        index=True,
    )

    _deletable_states = ()

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "tender_id", "contractor_id", "user_id", "date", "text", "answer", "answered_by_id",
            "date_answered",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {"rejected": ("open",), "upheld": ("open",)}

    @api.depends("tender_id.name", "contractor_id.name")
    def _compute_display_name(self):
        for objection in self:
            firm = objection.contractor_id.sudo().name  # whoever reads the objection
            objection.display_name = " · ".join(filter(None, (objection.tender_id.name, firm)))

    @api.model
    def _portal_raise(self, tender, text):
        """Raise an objection for the acting person's firm; only a bidder, only during the publicity."""
        firm = self.env["outsourcing.bid"]._get_bidding_firm()
        tender.check_access("read")
        bids = self.env["outsourcing.bid"].sudo()  # whether the own firm has bid
        own = [("tender_id", "=", tender.id), ("contractor_id", "=", firm.id), ("state", "in", OPEN_STATES)]
        if not bids.search_count(own, limit=1):
            raise AccessError(self.env._("Only bidders object to an award."))
        if not tender._is_publicity_running():
            raise UserError(self.env._("The time for objections is over."))
        if not text:
            raise UserError(self.env._("Write what you object to."))
        objection = self._gated().create(  # checked above
            {
                "tender_id": tender.id,
                "contractor_id": firm.id,
                "user_id": self.env.uid,
                "date": fields.Datetime.now(),
                "text": text,
            }
        )
        objection.tender_id._schedule_event(
            EVENT_OBJECTION,
            self.env._("Answer the objection of %s", firm.sudo().name),  # its own name
        )
        return objection.with_env(self.env)

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(MANAGER)

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "reject": (self.env._("Do not uphold the objection"), "_reject"),
            "uphold": (self.env._("Uphold the objection"), "_uphold"),
        }

    def action_reject(self):
        """Ask for the answer, then leave the award as it is."""
        return self._ask_reason("reject", "rejected")

    def action_uphold(self):
        """Ask for the answer, then stop the award: no contract follows from it."""
        return self._ask_reason("uphold", "upheld")

    def _reject(self, reason):
        self._answer("rejected", reason)

    def _uphold(self, reason):
        self._answer("upheld", reason)

    def _answer(self, target, reason):
        self._transition_to(target)
        vals = {"answer": reason, "answered_by_id": self.env.uid, "date_answered": fields.Datetime.now()}
        self._gated().write(vals)
        tenders = self.sudo().tender_id  # of the objections answered
        tenders.filtered(
            lambda tender: not tender.objection_ids.filtered(lambda row: row.state == "open")
        )._close_events(EVENT_OBJECTION)

    def _get_responsible_candidates(self):
        return super()._get_responsible_candidates() | self.tender_id._get_responsible_candidates()

    def _get_event_document(self):
        return self.tender_id


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    objection_ids = fields.One2many(
        "outsourcing.tender.objection", "tender_id", "Objections", readonly=True, groups="base.group_user"
    )

    @api.model
    def _get_transitions(self):
        transitions = super()._get_transitions()
        return transitions | {"failed": (*transitions["failed"], "awarded")}

    def _check_transition(self, target):
        super()._check_transition(target)
        for tender in self if target == "failed" else ():
            upheld = tender.objection_ids.filtered(lambda row: row.state == "upheld")
            if tender.state == "awarded" and (not upheld or tender.lot_ids.contract_id):
                raise UserError(
                    self.env._("An award falls only by an objection that was upheld, before its contract.")
                )

    def _check_final(self):
        result = super()._check_final()
        if self.objection_ids.filtered(lambda row: row.state == "open"):
            raise UserError(self.env._("An objection waits for its answer; the contract follows afterwards."))
        if self.objection_ids.filtered(lambda row: row.state == "upheld"):
            raise UserError(self.env._("An objection was upheld: no contract follows from this award."))
        return result
