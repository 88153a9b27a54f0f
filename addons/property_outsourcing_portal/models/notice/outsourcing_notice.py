from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .notice_channel import NoticeChannel

PAGE = "page"  # stands on the pages of the portal; what is unread is counted there alone
SENTENCE_MOST = 300


def _reads_portal(user):
    return user.active and user.share


class OutsourcingNotice(models.Model):
    """A sentence for one person of the portal by one channel, with the way to the document it is about.

    People without e-mail find it on their first page; what leaves the house is sent by a job. Only module
    code writes rows; the person reads them through the pages, which ask who may open the document.
    """

    _name = "outsourcing.notice"
    _description = "Notice to a Person of the Portal"
    _inherit = ["outsourcing.guard.mixin", "outsourcing.batch.mixin"]
    _order = "id desc"
    _rec_name = "sentence"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Recipient", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [("notice", "Notice"), ("message", "Message")], required=True, readonly=True, default="notice"
    )
    section = fields.Char("Section of the Portal", required=True, readonly=True)
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Document ID", model_field="res_model", required=True, readonly=True)
    sentence = fields.Char(required=True, readonly=True)
    url = fields.Char("Link", compute="_compute_url", help="Opens the document, after logging in.")
    channel = fields.Selection(
        selection="_list_channels", required=True, readonly=True, default=PAGE, index=True
    )
    state = fields.Selection(
        [
            ("waiting", "To be sent"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("unknown", "Perhaps sent"),
            ("failed", "Not sent"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        help="Perhaps sent: the gateway gave no answer. Such a notice is not sent again by itself, "
        "so that nobody gets it twice.",
    )
    tries = fields.Integer(readonly=True)
    date_next = fields.Datetime("Next Try", readonly=True)
    date_sent = fields.Datetime("Sent on", readonly=True)
    date_read = fields.Datetime("Read on", readonly=True)
    error = fields.Char("Last Error", readonly=True)
    once_key = fields.Char("Key", required=True, readonly=True)

    _once_uniq = models.UniqueIndex(
        "(once_key, partner_id, channel)", "This notice was given to the person before."
    )
    _document_idx = models.Index("(res_model, res_id)")
    _unread_idx = models.Index("(partner_id) WHERE date_read IS NULL AND channel = 'page'")
    _waiting_idx = models.Index("(state) WHERE state IN ('waiting', 'sending')")

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {
            name for name in self._fields if name not in models.MAGIC_COLUMNS and name != "display_name"
        }

    @api.model
    def _list_channels(self):
        return [(code, channel.label) for code, channel in self._get_notice_channels().items()]

    @api.model
    def _get_notice_channels(self):
        """Return the channels there are: dict code -> ``NoticeChannel``. Hook: extend super's dict."""
        return {
            PAGE: NoticeChannel(self.env._("Page of the portal"), "_find_page_readers"),
            "sms": NoticeChannel(self.env._("Text message"), "_find_sms_readers", "_send_sms"),
        }

    def _compute_url(self):
        for notice in self:
            base = notice.company_id.sudo().get_base_url()  # the address of the house
            notice.url = f"{base}/my/outsourcing/{notice.section}/{notice.res_id}"

    def action_open_document(self):
        """Open the document the notice is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    # ---- given ------------------------------------------------------------------------------------------

    @api.model
    def _tell(self, told, kind="notice"):
        """Give each sentence to those of its people who log in to the portal and may open the document.

        A person is told once under the same key; no query per document.

        :param list told: (document, people as ``res.partner``, sentence, key), documents of one model
        :param str kind: ``notice``, or ``message`` where somebody wrote
        :return: the new rows, in sudo
        """
        notices = self.sudo()  # rows are written by module code alone
        readers = self._map_readers(told)
        places = self._map_places(document for document, _people, _sentence, _key in told)
        vals_list = [
            {**places[document], "partner_id": person.id, "kind": kind, "once_key": key,
             "sentence": str(sentence)[:SENTENCE_MOST]}
            for document, people, sentence, key in told if places.get(document)
            for person in people if document.id in readers[person.id]
        ]  # fmt: skip
        return notices._gated().create(self._spread_over_channels(self._drop_known(vals_list)))

    @api.model
    def _map_places(self, documents):
        """Return where each document stands: dict document -> section, model, id and company."""
        sections = set(self.env.user._get_outsourcing_sections().values())
        places = {}
        for document in documents:
            if document._name in sections and (section := self.env.user._get_outsourcing_section(document)):
                company = document.sudo()._get_event_company()  # whose it is
                place = {"res_model": document._name, "res_id": document.id, "company_id": company.id}
                places[document] = {"section": section, **place}
        return places

    @api.model
    def _map_readers(self, told):
        """Return what each person may open: dict partner id -> ids of documents (defaultdict)."""
        wanted, readers = defaultdict(set), defaultdict(set)
        for document, people, _sentence, _key in told:
            for person in people:
                wanted[person].add(document.id)
        # sudo: who of them logs in, and whom their firm shows some contracts only
        people = self.env["res.partner"].sudo().union(*wanted)
        limited = self.env["outsourcing.firm.person"]._find_limited(people)
        # companies of the reader, not those whoever tells has ticked: core refuses them to others
        first = told[0][0].sudo(False).with_context(allowed_company_ids=[]) if told else self
        for person in people.filtered(lambda person: person.user_ids.filtered(_reads_portal)):
            documents = first.browse(wanted[person])
            if person in limited or not documents._is_for_firm(person.commercial_partner_id):
                user = person.user_ids.filtered(_reads_portal)[:1]
                documents = documents.with_user(user)._filtered_access("read")
            readers[person.id] = set(documents.ids)
        return readers

    @api.model
    def _drop_known(self, vals_list):
        keys = {(vals["once_key"], vals["partner_id"]) for vals in vals_list}
        # sudo: as in _tell
        known = self.sudo().search([("once_key", "in", [key for key, _person in keys])]) if keys else self
        told = {(notice.once_key, notice.partner_id.id) for notice in known}
        return [vals for vals in vals_list if (vals["once_key"], vals["partner_id"]) not in told]

    @api.model
    def _spread_over_channels(self, vals_list):
        """Return one dict of values per notice and channel that reaches the person."""
        now, spread = fields.Datetime.now(), []
        for company_id in {vals["company_id"] for vals in vals_list}:
            own = [vals for vals in vals_list if vals["company_id"] == company_id]
            notices = self.sudo().with_company(company_id)  # addresses and numbers of the recipients
            people = self.env["res.partner"].sudo().browse({vals["partner_id"] for vals in own})
            for code, channel in self._get_notice_channels().items():
                reached = set(getattr(notices, channel.takes)(people).ids)
                state = {"state": "waiting", "date_next": now}
                if not channel.send:
                    state = {"state": "sent", "date_sent": now}
                spread += [
                    {**vals, "channel": code, **state} for vals in own if vals["partner_id"] in reached
                ]
        return spread

    @api.model
    def _find_page_readers(self, people):
        return people

    # ---- read -------------------------------------------------------------------------------------------

    @api.model
    def _get_unread(self, partner):
        """Return what ``partner`` has not read: dict section -> dict document id -> number of notices."""
        rows = self.env.execute_query(
            SQL(
                "SELECT section, res_id, COUNT(*) FROM outsourcing_notice "
                "WHERE partner_id = %s AND date_read IS NULL AND channel = %s GROUP BY section, res_id",
                partner.id,
                PAGE,
            )
        )
        unread = defaultdict(dict)
        for section, res_id, count in rows:
            unread[section][res_id] = count
        return unread

    @api.model
    def _mark_read(self, partner, documents=None):
        """Mark what ``partner`` was told of ``documents`` (None: of all) as read."""
        domain = [("partner_id", "=", partner.id), ("date_read", "=", False)]
        if documents is not None:
            domain += [("res_model", "=", documents._name), ("res_id", "in", documents.ids)]
        # sudo: the person's own rows
        self.sudo().search(domain)._gated().write({"date_read": fields.Datetime.now()})
