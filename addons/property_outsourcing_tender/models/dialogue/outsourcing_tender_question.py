import hashlib
import hmac

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment

from ..tender.tender_publication import EVENT_QUESTION
from ..tender.tender_workflow import USER

OPEN_MAX = 10  # questions of one firm that wait for their answer


class OutsourcingTenderQuestion(models.Model):
    """A question about the papers. Its answer goes to all; who asked is known to nobody in the house.

    The row is written by the system, so no author stands on it, and keeps a keyed hash of the firm: enough to
    show the firm its own question, not enough to find the firm.
    """

    _name = "outsourcing.tender.question"
    _description = "Question about a Tender"
    _inherit = ["outsourcing.workflow.mixin"]
    _order = "tender_id, id"
    _rec_name = "number"

    tender_id = fields.Many2one(
        "outsourcing.tender", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="tender_id.company_id", store=True, index=True)
    number = fields.Integer(readonly=True)
    date = fields.Datetime("Asked on", required=True, readonly=True)
    text = fields.Text("Question", required=True, readonly=True)
    asker_hash = fields.Char(readonly=True, copy=False, index=True, groups=fields.NO_ACCESS)
    answer = fields.Text(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    date_answered = fields.Datetime("Answered on", readonly=True)
    state = fields.Selection(
        [("open", "To answer"), ("answered", "Answered")], required=True, default="open", index=True
    )

    _number_uniq = models.Constraint(
        "UNIQUE(tender_id, number)", "Another question came in at this moment: send yours again."
    )

    _frozen_fields = {"open": {"*"}, "answered": {"*"}}
    _deletable_states = ()

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            "tender_id", "number", "date", "text", "asker_hash", "answer", "answered_by_id", "date_answered",
        }  # fmt: skip

    @api.model
    def _get_transitions(self):
        return super()._get_transitions() | {"answered": ("open",)}

    @api.depends("number", "tender_id.name")
    def _compute_display_name(self):
        for question in self:
            question.display_name = self.env._(
                "%(tender)s · question %(number)s", tender=question.tender_id.name, number=question.number
            )

    # ---- asking -----------------------------------------------------------------------------------------

    @api.model
    def _portal_ask(self, tender, text):
        """Ask ``text`` about ``tender`` for the acting person's firm, which stays unnamed."""
        user = self.env.user
        firm = user.partner_id.commercial_partner_id.sudo()  # the own firm
        if not user.share or not firm.is_company:
            raise UserError(self.env._("Only the people of a firm ask, in its name."))
        tender.check_access("read")  # strangers learn nothing
        tender.sudo()._check_questions_taken()  # state and day, which the notice tells
        if not text:
            raise UserError(self.env._("Write your question."))
        people = firm | firm.child_ids
        marks = [mark for one in people for mark in (one.name, one.phone, one.vat, one.email) if mark]
        if any(len(mark) > 1 and mark in text for mark in marks):
            raise UserError(self.env._("Leave out names and numbers of your firm: nobody may know who asks."))
        questions = self.with_user(SUPERUSER_ID)._gated()  # no author may stand on the row; checked above
        asker, own = questions._hash_asker(tender, firm), [("tender_id", "=", tender.id)]
        waiting = [*own, ("asker_hash", "=", asker), ("state", "=", "open")]
        if questions.search_count(waiting, limit=OPEN_MAX) >= OPEN_MAX:
            raise UserError(self.env._("%s of your questions wait for their answers already.", OPEN_MAX))
        question = questions.create(
            {
                "tender_id": tender.id,
                "number": questions.search_count(own) + 1,
                "date": fields.Datetime.now(),
                "text": text,
                "asker_hash": asker,
            }
        )
        question.tender_id._schedule_event(EVENT_QUESTION, self.env._("Answer the questions of bidders"))

    @api.model
    def _hash_asker(self, tender, firm):
        """Return what stands for ``firm`` on its questions about ``tender``."""
        key = self.env["ir.config_parameter"].sudo().get_param("database.secret")  # a key, not told
        return hmac.new(key.encode(), f"{tender.id}/{firm.id}".encode(), hashlib.sha256).hexdigest()

    # ---- answering --------------------------------------------------------------------------------------

    def _check_actor(self, target):
        super()._check_actor(target)
        self._require_group(USER)

    def _check_transition(self, target):
        super()._check_transition(target)
        for tender in self.tender_id:
            if tender.state != "published" or fields.Datetime.now() > tender.date_deadline:
                raise UserError(self.env._("After the deadline questions are no longer answered."))

    @api.model
    def _get_reasoned_steps(self):
        return super()._get_reasoned_steps() | {"answer": (self.env._("Answer to all bidders"), "_answer")}

    def action_answer(self):
        """Ask for the answer, then show question and answer to all who read the tender."""
        return self._ask_reason("answer", "answered")

    def _answer(self, reason):
        self._transition_to("answered")
        vals = {"answer": reason, "answered_by_id": self.env.uid, "date_answered": fields.Datetime.now()}
        self._gated().write(vals)
        tenders = self.sudo().tender_id  # of the questions answered
        waiting = tenders.question_ids.filtered(lambda question: question.state == "open").tender_id
        (tenders - waiting)._close_events(EVENT_QUESTION)

    def _get_event_document(self):
        return self.tender_id


class OutsourcingTender(models.Model):
    _inherit = "outsourcing.tender"

    date_questions = fields.Datetime(
        "Questions until", copy=False, help="Empty: until the deadline of the bids."
    )
    question_ids = fields.One2many(
        "outsourcing.tender.question", "tender_id", "Questions", readonly=True, groups="base.group_user"
    )

    @api.constrains("date_questions", "date_deadline")
    def _check_questions_day(self):
        for tender in self:
            if (
                tender.date_questions
                and tender.date_deadline
                and tender.date_questions > tender.date_deadline
            ):
                raise UserError(self.env._("Questions end before the deadline of the bids."))

    def _get_questions_end(self):
        """Return until when bidders may ask."""
        self.ensure_one()
        return self.date_questions or self.date_deadline

    def _are_questions_taken(self):
        """Return whether bidders may ask now."""
        self.ensure_one()
        return self.state == "published" and fields.Datetime.now() <= self._get_questions_end()

    def _check_questions_taken(self):
        if not self._are_questions_taken():
            moment = format_moment(self, self._get_questions_end())
            raise UserError(self.env._("Questions were taken until %s.", moment))

    def _get_questions_of(self, firm):
        """Return what ``firm`` reads: all answered questions, and its own that wait (in sudo)."""
        self.ensure_one()
        tender = self.sudo()  # read access to the tender was checked by the page
        own = tender.env["outsourcing.tender.question"]._hash_asker(tender, firm)
        return tender.question_ids.filtered(
            lambda question: question.state == "answered" or question.asker_hash == own
        )
