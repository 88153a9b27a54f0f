from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import html2plaintext

EVENT_MESSAGE = "property_outsourcing_portal.activity_type_party_message"
SUBTYPE = "property_outsourcing_portal.mt_party_message"
CONTRACTOR_FIELDS = ("contractor_id", "outsourcing_contractor_id")
PARTY_FIELDS = (*CONTRACTOR_FIELDS, "third_party_id", "party_partner_id")


class OutsourcingEventMixin(models.AbstractModel):
    """What the property company and a party write each other beside a document."""

    _inherit = "outsourcing.event.mixin"

    # ---- who --------------------------------------------------------------------------------------------

    def _get_talk_parties(self):
        """Return firms and owners' representatives this document is about, in sudo. Hook: add to super's.

        Who of them may really open it, their record rules say.
        """
        self.ensure_one()
        document = self.sudo()  # names of the parties
        parties = self.env["res.partner"].sudo()
        for name in PARTY_FIELDS:
            if name in document._fields:
                parties |= document[name].commercial_partner_id
        if "community_id" in document._fields:
            parties |= document.community_id.representative_ids
        return parties

    def _get_party_people(self, party):
        """Return the people of a party who log in to the portal, ``res.partner`` in sudo."""
        # sudo: names only
        users = self.env["res.users"].sudo()
        of_firms = ("partner_id.commercial_partner_id", "in", party.commercial_partner_id.ids)
        users = users.search([("share", "=", True), of_firms])
        people = users.partner_id
        # who represents owners is a party of one, whatever firm the person works for
        return people.filtered(lambda person: person in party or person.commercial_partner_id in party)

    def _is_for_firm(self, firm):
        """Return whether ``firm`` is the contractor of all documents ``self``, whose pages its people have.

        What a contractor is told of stands on its pages, so that nobody has to be asked person by person.
        """
        names = [name for name in CONTRACTOR_FIELDS if name in self._fields]
        documents = self.sudo()  # whose they are
        return bool(names) and all(
            document[name].commercial_partner_id == firm for document in documents for name in names
        )

    def _get_talk_readers(self, party):
        """Return the people of ``party`` who may open this document, ``res.partner`` in sudo."""
        self.ensure_one()
        people = self._get_party_people(party)
        readers = self.env["outsourcing.notice"]._map_readers([(self, people, "", "")])
        return people.filtered(lambda person: self.id in readers[person.id])

    @api.model
    def _has_talk(self):
        """Return whether documents of this model have a chatter and ask people to act. Hook.

        What answers False takes no messages, neither on its page nor by the dialogue of staff.
        """
        return isinstance(self, self.pool["mail.thread"]) and isinstance(
            self, self.pool["mail.activity.mixin"]
        )

    def _get_party_of(self, user):
        """Return the party that ``user`` writes for: the own firm, or the representative alone (in sudo)."""
        self.ensure_one()
        person = user.partner_id.sudo()  # the acting person
        return person.commercial_partner_id if person not in self._get_talk_parties() else person

    # ---- read and written -------------------------------------------------------------------------------

    def _get_talk(self, party):
        """Return what was written with ``party``, oldest first, in sudo: the caller has checked who reads."""
        self.ensure_one()
        rows = self.env["outsourcing.message"].sudo()  # the caller has checked who reads
        return rows.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("party_id", "in", party.ids)]
        )

    def _portal_write_message(self, text, files=None):
        """Let the acting person of the portal write to the property company.

        :param str text: plain text
        :param files: attachments in sudo, checked by the caller
        """
        self.ensure_one()
        self.check_access("read")
        if not text and not files:
            raise UserError(self.env._("Write a message first."))
        party = self._get_party_of(self.env.user)
        document = self.sudo()  # read access was checked; a message changes nothing of the document
        document._keep_message(party, text, files, self.env._("From %s", party.name), is_from_party=True)
        said = text or self.env._("%s file(s)", len(files or ()))
        person = self.env.user.partner_id.sudo().name  # the acting person's own
        summary = self.env._("%(person)s asks: %(text)s", person=person, text=said[:80])
        document._schedule_event(EVENT_MESSAGE, summary, note=said)

    def _write_to_party(self, party, text, files=None):
        """Let the acting person of the staff write to ``party``, whose people find it on their first page.

        :raise UserError: nobody of the party logs in and may open the document
        """
        self.ensure_one()
        self.check_access("read")
        if self.env.user.share:
            raise AccessError(self.env._("Only staff writes to the parties."))
        if not (text or "").strip() and not files:
            raise UserError(self.env._("Write a message first."))
        readers = self._get_talk_readers(party)
        if not readers:
            raise UserError(
                self.env._("Nobody of %s has a login of the portal that opens this document.", party.name)
            )
        document = self.sudo()  # read access was checked; a message changes nothing of the document
        message = document._keep_message(party, text, files, self.env._("To %s", party.name))
        sentence = self.env._(
            "%(name)s writes: %(text)s",
            name=document._get_event_company().name,
            text=(text or self.env._("%s file(s)", len(files or ()))).strip(),
        )
        self.env["outsourcing.notice"]._tell(
            [(self, readers, sentence, f"message:{message.id}")], kind="message"
        )
        document.activity_unlink([EVENT_MESSAGE])

    def _keep_message(self, party, text, files, subject, is_from_party=False):
        message = self.message_post(
            body=(text or "").strip(),
            subject=subject,
            message_type="comment",
            subtype_xmlid=SUBTYPE,
        )
        if files:
            message.write({"attachment_ids": [Command.set(files.ids)]})  # people of the portal own none
        self.env["outsourcing.message"].create(
            {
                "message_id": message.id,
                "party_id": party.id,
                "is_from_party": is_from_party,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return message

    @api.model
    def _get_people_written_to(self, partners):
        """Return who is told of a letter to ``partners`` (in sudo): of a firm all its people."""
        firms = partners.filtered("is_company")
        return (partners - firms) | (self._get_party_people(firms) if firms else firms)

    @api.model
    def _to_plain_words(self, body):
        return " ".join(html2plaintext(body or "", include_references=False).split())

    # ---- text and link for a group ----------------------------------------------------------------------

    def _get_share_text(self):
        """Return what is pasted into a group: the document in words, and the link that opens it."""
        self.ensure_one()
        document = self.sudo()  # its name and state, which the party's page shows
        base = document._get_event_company().get_base_url()
        url = self.env.user._get_outsourcing_url(document)
        return f"{document._get_share_words()}\n{base}{url}" if url else ""

    def _get_share_words(self):
        """Return this document (in sudo) in one line. Hook."""
        self.ensure_one()
        return f"{self.env['ir.model']._get(self._name).name} {self.display_name}"
