import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# what is told by itself, and what its words may stand for
EVENTS = {
    "arrived": ("number", "place"),
    "arrived_undone": ("number", "place"),
    "done": ("number", "place"),
    "merged": ("number", "place"),
    "transferred": ("number", "place"),
    "rejected": ("number", "place", "reason"),
}


class OutsourcingComplaintReply(models.Model):
    """Words for residents: what the desk chooses while it answers, and what is told by itself."""

    _name = "outsourcing.complaint.reply"
    _description = "Reply to Residents"
    _order = "event desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="What is told by itself and archived is not told.")
    event = fields.Selection(
        [
            ("arrived", "Somebody is on site"),
            ("arrived_undone", "The report from the site was taken back"),
            ("done", "The work order is closed"),
            ("merged", "Merged into another report"),
            ("transferred", "Passed on to another community"),
            ("rejected", "Not taken up"),
        ],
        "Told by Itself",
        readonly=True,
        copy=False,
        help="Empty: the desk chooses it while it answers.",
    )
    category_id = fields.Many2one(
        "outsourcing.complaint.category",
        index="btree_not_null",
        ondelete="cascade",
        help="Offered for complaints of this category only; empty: for all.",
    )
    body = fields.Text("Words", required=True, translate=True)

    _event_uniq = models.UniqueIndex("(event)", "This event has its words already.")

    @api.constrains("body", "event")
    def _check_placeholders(self):
        for reply in self:
            known = EVENTS.get(reply.event, ("number", "place"))
            wrong = set(PLACEHOLDER.findall(reply.body)).difference(known)
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(wrong)s stands for nothing here; possible are %(known)s.",
                        wrong=", ".join(f"{{{name}}}" for name in sorted(wrong)),
                        known=", ".join(f"{{{name}}}" for name in known),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_event(self):
        if any(reply.event for reply in self):
            raise UserError(self.env._("What is told by itself is archived, not deleted."))

    @api.model
    def _get_event_reply(self, event):
        """Return the living words of ``event``, or an empty recordset: then nothing is told."""
        replies = self.sudo()  # words for residents are no secret
        return replies.search([("event", "=", event)]).with_env(replies.env)

    def _write_for(self, **values):
        """Return the words, with ``values`` in the places of their names."""
        return PLACEHOLDER.sub(lambda found: str(values.get(found[1]) or ""), self.body or "")
