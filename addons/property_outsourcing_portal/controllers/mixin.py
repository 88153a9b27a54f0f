"""What the pages of all documents share. Not a controller itself: each document has its own."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .answer import OutsourcingAnswer
from .files import OFFICE, SCANS, get_accept
from .form_input import OutsourcingFormInput
from .page import ROW_KEYS, ROW_OPTIONS, OutsourcingPage, check_keys

PAGE_SIZE = 20


class OutsourcingPortalMixin(OutsourcingPage, OutsourcingAnswer, OutsourcingFormInput):
    """List, detail and change of one kind of document; a subclass names it.

    ``_model`` and ``_section`` are those of ``res.users._get_outsourcing_sections``; routes, rules and
    templates belong to the add-on that brings the page.
    """

    _model = None
    _detail_template = None  # called with what _prepare_detail_values returns, ``record``, ``doc``, ``form``
    _new_template = None  # the form of a new document, if the contractor may open one
    _takes_messages = True  # whether people write to the property company beside its documents

    # ---- to be said by the document ---------------------------------------------------------------------

    def _get_filters(self):
        """Return the tabs of the list: dict key -> (label, domain); the first one is the default. Hook."""
        return {"all": (request.env._("All"), Domain.TRUE)}

    def _get_domain(self):
        """Return the domain all tabs share; record rules do the rest. Hook."""
        return []

    def _get_order(self):
        """Return the order of the list, None for that of the model. Hook."""
        return None

    def _prepare_row(self, record):
        """Return what the template ``portal_list`` shows of one document. To be said by the document.

        No search in here: the page shows twenty. Fields of other records are read in one go for all of them.

        :param record: the document, in sudo: it was found under the user's own access
        :return: dict with the keys

            * ``url`` (required): the page of the document, see :meth:`_get_url`
            * ``title`` (required): the first line, what people call it
            * ``subtitle``: the second line, such as number and community
            * ``badge`` and ``badge_class``: a word for the state and a value of ``BADGES``
            * ``due`` and ``due_class``: the third line, see :meth:`_format_deadline`
            * ``figure``: a text under the badge
            * ``icon``: class of Font Awesome 4; the first page, which mixes sections, sets it
            * ``amount`` and ``currency``: money under the badge, a number and a ``res.currency``

        A missing or unknown key is told to the developer in one sentence instead of the page.
        """
        raise NotImplementedError

    def _get_new_title(self):
        """Return what the button that opens the form of a new document says, and the form's title."""
        raise NotImplementedError

    def _prepare_new_values(self):
        """Return what the form of a new document offers to choose from. Hook."""
        return {}

    def _prepare_detail_values(self, record, **kwargs):
        """Return the values of the detail page; ``record`` carries the portal user. Hook."""
        return {}

    # ---- list and detail --------------------------------------------------------------------------------

    def _show_list(self, page=1, tab=None, **kwargs):
        documents = self._get_documents()
        filters = self._get_filters()
        tab = tab if tab in filters else next(iter(filters))
        domain = fields.Domain(self._get_domain()) & fields.Domain(filters[tab][1])
        url = self._get_list_url()
        query = request.env.user._search_outsourcing(self._model, domain)
        total = request.env.execute_query(query.select(SQL("COUNT(*)")))[0][0] if query is not None else 0
        pager = portal_pager(url, total, page=page, step=PAGE_SIZE, url_args={"tab": tab})
        records = documents
        if total:
            query.order = documents._order_to_sql(self._get_order() or documents._order, query)
            query.limit, query.offset = PAGE_SIZE, pager["offset"]
            records = documents.browse(query.get_result_ids())
        rows = [self._check_row(self._prepare_row(record)) for record in records.sudo()]  # found as the user
        self._mark_unread(zip(rows, records.ids, strict=True), self._section)
        values = {"rows": rows, "filters": filters, "tab": tab, "pager": pager, "list_url": url}
        values["elsewhere"] = self._count_elsewhere(tab) if not total else []
        return self._render(
            "property_outsourcing_portal.portal_list", {**values, **self._prepare_list_values()}
        )

    def _count_elsewhere(self, tab):
        """Return what the other tabs of an empty list hold: list of (key, label, number), none of them 0."""
        user, domain = request.env.user, fields.Domain(self._get_domain())
        others = {key: value for key, value in self._get_filters().items() if key != tab}
        asked = [
            query.select(SQL("%s", key), SQL("COUNT(*)"))
            for key, (_label, narrower) in others.items()
            if (query := user._search_outsourcing(self._model, domain & fields.Domain(narrower))) is not None
        ]
        counts = dict(request.env.execute_query(SQL(" UNION ALL ").join(asked))) if asked else {}
        return [(key, label, counts[key]) for key, (label, _narrower) in others.items() if counts.get(key)]

    def _get_documents(self):
        """Return the model of the page, as the user.

        :raise UserError: for the developer, ``_get_outsourcing_sections`` does not name model and section
        """
        sections = request.env.user._get_outsourcing_sections()
        if not self._model or sections.get(self._section) != self._model:
            raise UserError(
                request.env._(
                    "%(page)s shows %(model)s in the section %(section)s: "
                    "res.users._get_outsourcing_sections has to return both.",
                    page=type(self).__name__,
                    model=self._model,
                    section=self._section,
                )
            )
        return request.env[self._model]

    def _check_row(self, row):
        check_keys(row, f"{type(self).__name__}._prepare_row", ROW_KEYS, ROW_OPTIONS)
        # a sum without its currency says nothing
        together = {"amount", "currency"} if {"amount", "currency"} & set(row) else set()
        return check_keys(row, f"{type(self).__name__}._prepare_row", ROW_KEYS | together, ROW_OPTIONS)

    def _prepare_list_values(self):
        """Return what the list shows besides its rows: a button to create. Hook: extend super's dict."""
        if not self._new_template:
            return {}
        return {
            "create_url": self._may_create() and f"{self._get_list_url()}/new",
            "create_label": self._get_new_title(),
        }

    def _show_detail(self, record, error=None, form=None, **kwargs):
        values = self._prepare_detail_values(record, **kwargs)
        values.update(
            record=record,
            doc=record.sudo(),  # read access was checked by _get_record; names of places and people are shown
            error=error,
            form=form or {},
            late_posts=request.env["outsourcing.portal.post"]._get_late(record),
            recorders=request.env["outsourcing.portal.post"]._get_recorders(record),
            back_url=self._get_list_url(),
            page_title=values.get("page_title") or record.sudo().display_name,  # as for doc
            **self._prepare_talk(record),
            **request.env["outsourcing.owner.rating"]._prepare_for_page(record),
        )
        return self._render(self._detail_template, values)

    def _takes_messages_of(self, documents):
        return self._takes_messages and getattr(documents, "_has_talk", bool)()

    def _prepare_talk(self, record):
        """Return what the shell shows below a document: what was written with the person's party."""
        user = request.env.user
        seen = record.id in user._get_outsourcing_unread().get(self._section, ())
        values = {"seen_url": seen and f"{self._get_url(record)}/seen"}
        if not self._takes_messages_of(record):
            return values
        return {
            **values,
            "talk": record._get_talk(record._get_party_of(user)),
            "talk_url": f"{self._get_url(record)}/message",
            "talk_accept": get_accept({**SCANS, **OFFICE}),
            "share_text": record._get_share_text(),
        }

    def _get_record(self, record_id, model=None):
        """Return the record as the logged-in user, or answer "not found", foreign and guessed ids alike."""
        record = request.env[model or self._model].browse(record_id).exists()
        if not record or not record.has_access("read"):
            raise request.not_found()
        return record

    # ---- create -----------------------------------------------------------------------------------------

    def _may_create(self):
        return "contractor" in self._get_roles()

    def _show_new(self, error=None, form=None):
        """Show the form of a new document, again with ``error`` and what was typed when it was refused."""
        values = {
            **self._prepare_new_values(),
            "error": error,
            "form": form or {},
            "page_title": self._get_new_title(),
            "back_url": self._get_list_url(),
        }
        return self._render(self._new_template, values)

    def _get_contracts(self):
        """Return the running contracts of the firm, as the user."""
        contracts = request.env["outsourcing.contract"]
        if not contracts.has_access("read"):
            return contracts
        firm = request.env.user.partner_id.commercial_partner_id
        return contracts.search([("state", "=", "active"), ("contractor_id", "=", firm.id)])

    def _describe_fact(self, fact):
        """Return what is shown of a fact, with a link where the contractor has a page for its source."""
        source = fact.res_model in request.env and request.env[fact.res_model].browse(fact.res_id).exists()
        readable = bool(source) and source.has_access("read")
        return {
            "type": self._get_label(fact, "fact_type"),
            "date": fact.date,
            "value": fact.value,
            "name": fact.source_name,
            "note": fact.note,
            "url": readable and request.env.user._get_outsourcing_url(source),
        }

    def _get_place(self, place):
        """Return (contract, values) of a place chosen as "<contract>-<community>"."""
        contract_id, _sep, community_id = str(place).partition("-")
        contract = self._get_contracts().filtered(lambda contract: contract.id == self._to_int(contract_id))
        if not contract:
            raise UserError(request.env._("Choose one of your contracts."))
        # sudo: ids of the communities the firm's own contract serves
        if self._to_int(community_id) in contract.sudo().community_ids.ids:
            return contract, {"community_id": self._to_int(community_id)}
        return contract, {}

    def _get_milestones(self, kinds, states=("active",)):
        """Return the payment rows of the firm that can still be accepted and are not yet, as the user.

        :param kinds: kinds of rows
        :param states: states of their contracts
        """
        rows = request.env["outsourcing.contract.milestone"]
        if not rows.has_access("read"):
            return rows
        firm = request.env.user.partner_id.commercial_partner_id
        own = [("contract_id.contractor_id", "=", firm.id), ("contract_id.state", "in", states)]
        waiting = Domain([*own, ("date_accepted", "=", False), ("kind", "in", kinds)])
        return rows.search(waiting & rows._get_acceptable_domain())

    # ---- change -----------------------------------------------------------------------------------------

    def _sign(self, record, result, comment, signature, signer_name, first=None, check=None):
        """Sign ``record`` at the place that waits for the user.

        :param first: what is kept even if the signature is refused
        :param check: raises UserError while what is signed for is not complete
        """
        form = {
            "result": result,
            "comment": self._to_text(comment),
            "signer_name": self._to_text(signer_name, 80),
        }

        def sign():
            if check:
                check()
            record._portal_sign(result, form["comment"], self._to_signature(signature), form["signer_name"])

        success = request.env._("Signed. Thank you.")
        return self._change(record, sign, success, {**request.params, **form}, first=first)

    def _get_list_url(self):
        return f"/my/outsourcing/{self._section}"

    def _get_url(self, record):
        return f"/my/outsourcing/{self._section}/{record.id}"
