from odoo import api, fields, models


class OutsourcingTender(models.Model):
    """Telling all who were asked to bid; of a public tender the notice itself tells."""

    _inherit = "outsourcing.tender"

    question_count = fields.Integer(
        "Questions of Bidders", compute="_compute_question_count", groups="base.group_user"
    )

    def _compute_question_count(self):
        questions = self.env["outsourcing.tender.question"]
        counts = {}
        if questions.has_access("read"):
            domain = [("tender_id", "in", self.ids)]
            counts = dict(questions._read_group(domain, ["tender_id"], ["__count"]))
        for tender in self:
            tender.question_count = counts.get(tender._origin, 0)

    @api.model
    def _has_talk(self):
        return False  # what one bidder asks is answered to all

    def action_view_questions(self):
        """Open the questions about the tender."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_tender.outsourcing_tender_question_action"
        )
        return {**action, "domain": [("tender_id", "=", self.id)], "context": {}}

    def _tell_bidders(self, text):
        """Tell ``text`` to the house in the chatter and to the invited firms (in sudo).

        By mail, which stands on their first page as well; who has no e-mail reads it there alone. Who has
        begun a bid is no reason to be written to: the queue of mails would tell who bids.
        """
        self.ensure_one()
        note = self.message_post(body=text, subtype_xmlid="mail.mt_note")
        firms = self.invitation_ids.contractor_id
        people = (firms | firms.child_ids).filtered(lambda person: person.user_ids.filtered("share"))
        reached = people.filtered("email")
        if others := people - reached:
            self.env["outsourcing.notice"]._tell([(self, others, text, f"message:{note.id}")])
        for person in reached:  # one message each: nobody reads who else is asked
            self.message_notify(
                body=text,
                subject=self.display_name,
                partner_ids=person.ids,
                email_layout_xmlid="mail.mail_notification_light",
            )
