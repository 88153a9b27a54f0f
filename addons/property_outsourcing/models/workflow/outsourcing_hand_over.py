from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import groupby

from .gate import open_gate
from .ir_model_data import SUITE
from .res_company import MANAGER

EVENT_HANDOVER = "property_outsourcing.activity_type_handover"


class ResUsers(models.Model):
    """Who leaves, leaves nothing behind: what waited for the person goes up the tree at once."""

    _inherit = "res.users"

    def write(self, vals):
        if "active" not in vals or vals["active"]:
            return super().write(vals)
        leaving = self.filtered("active").sudo()  # what names them; super decides who may archive them
        offices = {user: user._get_outsourcing_offices() for user in leaving}
        result = super().write(vals)
        leaving._hand_over(offices)
        return result

    def unlink(self):
        self.check_access("unlink")
        leaving = self.sudo()  # the activities would go with the user; checked in the line before
        leaving._hand_over({user: user._get_outsourcing_offices() for user in leaving})
        return super().unlink()

    def _hand_over(self, offices):
        """Give what waits for ``self`` (in sudo) to the next person up the tree; post the list of it.

        Whoever gets something finds the list in one activity; who of the company stands for missing managers
        gets what still names the person.

        :param dict offices: user -> what named him or her, as :meth:`_get_outsourcing_offices` said before
        """
        for user in self:
            company, names = user.company_id, offices[user]
            user = user.with_context(lang=company.partner_id.lang)
            moved = user._hand_over_activities() + user._hand_over_documents()
            if names:
                deputies = company._get_outsourcing_deputies() | company._get_outsourcing_admins()
                receiver = (deputies - user)[:1]
                moved += [(receiver, self.env._("Name another person: %s", name)) for name in names]
            for receiver, group in groupby(moved, lambda row: row[0]):
                user._tell_handed_over(receiver, [name for _receiver, name in group])

    def _hand_over_activities(self):
        """Move the open activities on our documents; return a list of (who got it, what)."""
        moved = []
        activities = self.env["mail.activity"].search(
            [("user_id", "=", self.id), ("res_model", "in", self._get_event_models())]
        )
        events = self._get_events()
        for model, rows in activities.grouped("res_model").items():
            documents = self.env[model].browse(rows.mapped("res_id")).exists()
            by_id = {document.id: document for document in documents}
            for row in rows.filtered(lambda row, known=by_id: row.res_id in known):
                document = by_id[row.res_id]
                if row.activity_type_id in events or document._is_of_outsourcing():
                    receiver = self._get_receiver(document, row.activity_type_id)
                    row.with_context(mail_activity_quick_update=True).user_id = receiver
                    asked = row.summary or row.activity_type_id.name
                    moved.append((receiver, self._get_link(document, asked)))
        return moved

    def _get_events(self):
        """Return the events of the suite."""
        brought = [("model", "=", "mail.activity.type"), ("module", "=like", f"{SUITE}%")]
        rows = self.env["ir.model.data"].search(brought)
        return self.env["mail.activity.type"].browse(rows.mapped("res_id"))

    def _get_receiver(self, document, event=None):
        """Return who takes over; whoever follows a manager is a manager, if there is one."""
        barred = self | (document._get_barred_users(event) if event else self)
        group = MANAGER if self.has_group(MANAGER) else None
        return document._get_responsible_user(barred, group) or document._get_responsible_user(barred)

    def _hand_over_documents(self):
        """Move the open documents the person is to deal with; return a list of (who got it, what)."""
        moved = []
        for model in self._get_event_models():
            for name, still_open in self.env[model]._get_duty_fields().items():
                found = self.env[model].search(Domain(name, "in", self.ids) & Domain(still_open))
                for document in found:
                    receiver = self._get_receiver(document)
                    document._hand_over_field(name, self, receiver)
                    label = document._fields[name]._description_string(self.env)
                    moved.append((receiver, self._get_link(document, label)))
        return moved

    @api.model
    def _get_link(self, document, text):
        return Markup("%s: %s") % (document._get_html_link(), text)

    def _get_event_models(self):
        names = self.pool.descendants(["outsourcing.event.mixin"], "_inherit")
        return [name for name in names if not self.pool[name]._abstract]

    def _get_outsourcing_offices(self):
        """Return what still names the person and has to be given to another: list of names. Hook."""
        self.ensure_one()
        return []

    def _tell_handed_over(self, receiver, names):
        """Post the list of what went to ``receiver``, and ask him or her to look at it."""
        items = Markup().join(Markup("<li>%s</li>") % name for name in names)
        text = self.env._(
            "%(user)s has left. This went to %(receiver)s:",
            user=self.name,
            receiver=receiver.name or self.env._("nobody"),
        )
        note = Markup("<p>%s</p><ul>%s</ul>") % (text, items)
        partner = self.partner_id
        partner._message_log(body=note)
        if receiver:
            partner._schedule_event(
                EVENT_HANDOVER,
                self.env._("Taken over from %(user)s: %(count)s", user=self.name, count=len(names)),
                note=note,
                users=receiver,
            )


class OutsourcingEventMixin(models.AbstractModel):
    _inherit = "outsourcing.event.mixin"

    def _hand_over_field(self, name, leaving, receiver):
        """Let ``receiver`` deal with the document (in sudo) instead of ``leaving``."""
        value = receiver.id
        if self._fields[name].type == "many2many":
            value = [Command.unlink(leaving.id), *(Command.link(user.id) for user in receiver)]
        open_gate(self).write({name: value})
