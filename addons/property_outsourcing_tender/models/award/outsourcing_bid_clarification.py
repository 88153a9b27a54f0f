from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint

from ..bid.outsourcing_bid import EFFECTIVE_STATES
from ..tender.tender_workflow import MANAGER

KINDS = [
    ("question", "Clarification"),
    ("arithmetic", "Arithmetic Error"),
    ("low", "Abnormally Low Price"),
]


class OutsourcingBidClarification(models.Model):
    """What a bidder is asked in writing during the evaluation. Its answer changes no price.

    Clarification, correction of arithmetic and the explanation of a low price: order 87 of the Ministry of
    Finance, art. 51, 59 and 60.
    """

    _name = "outsourcing.bid.clarification"
    _description = "Clarification of a Bid"
    _inherit = ["outsourcing.workflow.mixin"]
    _order = "id"

    bid_id = fields.Many2one("outsourcing.bid", required=True, index=True, ondelete="cascade", readonly=True)
    tender_id = fields.Many2one(related="bid_id.tender_id", store=True, index=True)
    contractor_id = fields.Many2one(related="bid_id.contractor_id", string="Bidder", store=True)
    company_id = fields.Many2one(related="bid_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, default="question", readonly=True)
    text = fields.Text("What is Asked", required=True, readonly=True)
    date_asked = fields.Datetime("Asked on", required=True, readonly=True)
    date_due = fields.Datetime("Answer Due", required=True, readonly=True)
    answer = fields.Text(readonly=True)
    date_answered = fields.Datetime("Answered on", readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    decision = fields.Text("Reason of the Decision", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [("asked", "Asked"), ("answered", "Answered"), ("accepted", "Accepted"), ("refused", "Not Accepted")],
        required=True,
        default="asked",
        index=True,
    )

    _deletable_states = ()
    _frozen_fields = {state: {"*"} for state in ("asked", "answered", "accepted", "refused")}

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "bid_id", "kind", "text", "date_asked", "date_due", "answer", "date_answered", "answered_by_id",
            "decision", "decided_by_id",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {
            "answered": ("asked",),
            "accepted": ("asked", "answered"),
            "refused": ("asked", "answered"),
        }

    @api.depends("kind", "contractor_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for asked in self:
            firm = asked.contractor_id.sudo().name  # whoever reads the clarification
            asked.display_name = " · ".join(filter(None, (firm, labels.get(asked.kind))))

    # ---- the bidder answers -----------------------------------------------------------------------------

    def _portal_answer(self, text, agrees=None):
        """Answer as the bidder, in time.

        :param bool agrees: for a corrected total: whether the bidder stands by it; it is decided by that
        """
        self.ensure_one()
        self._require_contractor()
        asked = self._gated()  # checked above
        asked._check_source_state("answered")
        if fields.Datetime.now() > asked.date_due or asked.tender_id.state != "evaluating":
            raise UserError(self.env._("The time for this answer is over."))
        if asked.kind == "arithmetic":
            if agrees is None:
                raise UserError(self.env._("Say whether you stand by the corrected total."))
            text = text or (self.env._("We stand by it.") if agrees else self.env._("We do not stand by it."))
        if not text:
            raise UserError(self.env._("Write your answer."))
        vals = {"answer": text, "date_answered": fields.Datetime.now(), "answered_by_id": self.env.uid}
        if asked.kind != "arithmetic":
            asked.write({**vals, "state": "answered"})
            return
        asked.write({**vals, "state": "accepted" if agrees else "refused"})
        if not agrees:
            bid = asked.bid_id.with_env(self.env)._as_system()  # the rule excludes, not a person
            bid._exclude(self.env._("The bidder does not stand by the corrected total."))

    # ---- we decide --------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(MANAGER)

    def _check_transition(self, target):
        super()._check_transition(target)
        for asked in self:
            if target in ("accepted", "refused") and asked.state == "asked":
                if target == "accepted":
                    raise UserError(self.env._("The bidder has not answered yet."))
                if fields.Datetime.now() <= asked.date_due:
                    raise UserError(self.env._("The bidder still has time to answer."))

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "accept": (self.env._("Accept the answer"), "_accept"),
            "refuse": (self.env._("Do not accept: exclude the bid"), "_refuse"),
        }

    def action_accept(self):
        """Ask why the answer is accepted, then accept it."""
        return self._ask_reason("accept", "accepted")

    def action_refuse(self):
        """Ask why it is not accepted, then exclude the bid."""
        return self._ask_reason("refuse", "refused")

    def _accept(self, reason):
        self._transition_to("accepted")
        self._gated().write({"decision": reason, "decided_by_id": self.env.uid})

    def _refuse(self, reason):
        self._transition_to("refused")
        self._gated().write({"decision": reason, "decided_by_id": self.env.uid})
        self.bid_id._exclude(reason)

    def _get_event_document(self):
        return self.tender_id


class OutsourcingBid(models.Model):
    _inherit = "outsourcing.bid"

    clarification_ids = fields.One2many(
        "outsourcing.bid.clarification",
        "bid_id",
        "Clarifications",
        readonly=True,
        groups="base.group_user",
    )

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {
            "clarify": (self.env._("What is to be clarified?"), "_ask_clarification")
        }

    def action_clarify(self):
        """Ask what the bidder is to clarify in writing, then ask the bidder."""
        self._check_may_clarify()
        return self._ask_reason("clarify", "disqualified")

    def _check_may_clarify(self):
        self.check_access("read")
        self._require_group(MANAGER)
        if any(bid.tender_id.state != "evaluating" or bid.state not in EFFECTIVE_STATES for bid in self):
            raise UserError(self.env._("Bids are clarified during the evaluation."))

    def _ask_clarification(self, reason):
        self._check_may_clarify()
        self.sudo()._create_clarifications("question", dict.fromkeys(self.sudo(), reason))  # checked above

    @api.model
    def _create_clarifications(self, kind, texts):
        """Ask the bidders (in sudo).

        :param dict texts: bid -> what is asked
        """
        now = fields.Datetime.now()
        self.env["outsourcing.bid.clarification"]._gated().create(
            [
                {
                    "bid_id": bid.id,
                    "kind": kind,
                    "text": text,
                    "date_asked": now,
                    "date_due": now + timedelta(days=bid.tender_id.way_id.clarification_days),
                }
                for bid, text in texts.items()
            ]
        )


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    clarification_ids = fields.One2many(
        "outsourcing.bid.clarification",
        "tender_id",
        "Clarifications",
        readonly=True,
        groups="base.group_user",
    )

    def _get_winner_points(self, bids):
        waiting = bids.clarification_ids.filtered(lambda asked: asked.state in ("asked", "answered"))
        return super()._get_winner_points(bids) + [
            MissingPoint(self.env._("Not clarified yet: %s.", asked.display_name), self, page="bids")
            for asked in waiting
        ]
