"""What the pages of all documents share. Not a controller itself: each document has its own."""

from datetime import datetime

from markupsafe import escape
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_date

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today, utc_moment
from odoo.addons.property_outsourcing.tools import format_hours, parse_number, plain_number

PAGE_SIZE = 20
FLASH_KEY = "outsourcing_flash"
FILES_MAX = 20
YEARS = (1900, 2999)
BADGES = {
    "grey": "text-bg-light border",
    "blue": "text-bg-info",
    "green": "text-bg-success",
    "yellow": "text-bg-warning",
    "red": "text-bg-danger",
}


class OutsourcingPortalMixin:
    """List, detail and change of one kind of document; a subclass names it."""

    _model = None
    _section = None
    _detail_template = None
    _new_template = None  # the form of a new document, if the contractor may open one
    _badge_by_state = {}

    # ---- to be said by the document ---------------------------------------------------------------------

    def _get_title(self):
        raise NotImplementedError

    def _get_filters(self):
        """Return the tabs of the list: dict key -> (label, domain); the first one is the default."""
        return {"all": (request.env._("All"), Domain.TRUE)}

    def _get_domain(self):
        return []

    def _get_order(self):
        return None

    def _prepare_row(self, record):
        """Return one row of the list as a dict for the template ``portal_rows``; ``record`` is in sudo."""
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
        documents = request.env[self._model]
        filters = self._get_filters()
        tab = tab if tab in filters else next(iter(filters))
        readable = documents.has_access("read")
        domain = fields.Domain(self._get_domain()) & fields.Domain(filters[tab][1])
        url = self._get_list_url()
        total = documents.search_count(domain) if readable else 0
        pager = portal_pager(url, total, page=page, step=PAGE_SIZE, url_args={"tab": tab})
        records = documents
        if readable:
            records = documents.search(
                domain, order=self._get_order(), limit=PAGE_SIZE, offset=pager["offset"]
            )
        rows = [self._prepare_row(record) for record in records.sudo()]  # found under the user's own access
        values = {"rows": rows, "filters": filters, "tab": tab, "pager": pager, "list_url": url}
        return self._render(
            "property_outsourcing_portal.portal_list", {**values, **self._prepare_list_values()}
        )

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
            back_url=self._get_list_url(),
            page_title=values.get("page_title") or record.sudo().display_name,
        )
        return self._render(self._detail_template, values)

    def _get_record(self, record_id, model=None):
        """Return the record as the logged-in user, or answer "not found", foreign and guessed ids alike."""
        record = request.env[model or self._model].browse(record_id).exists()
        if not record or not record.has_access("read"):
            raise request.not_found()
        return record

    # ---- create -----------------------------------------------------------------------------------------

    def _may_create(self):
        return "contractor" in request.env.user._get_outsourcing_roles()

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

    def _create(self, create, form, success=None):
        """Run ``create`` completely or not at all; go to the document it returns, or back to the form."""
        record = None

        def run():
            nonlocal record
            record = create()

        error = self._attempt(run)
        if error:
            return self._show_new(error, form)
        return self._redirect(self._get_url(record), success)

    def _get_contracts(self):
        """Return the running contracts of the firm, as the user."""
        contracts = request.env["outsourcing.contract"]
        if not contracts.has_access("read"):
            return contracts
        firm = request.env.user.partner_id.commercial_partner_id
        return contracts.search([("state", "=", "active"), ("contractor_id", "=", firm.id)])

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

    def _change(self, record, action, success, form=None, url=None):
        """Run ``action``; show ``success`` on the document, or the reason why not with what was typed."""
        error = self._attempt(action)
        if error:
            return self._show_detail(record, error=error, form=form)
        self._remark(record)
        return self._redirect(url or self._get_url(record), success)

    def _remark(self, record):
        """Note on the document what has to be known about a step of this login today."""
        user = request.env.user
        remark = user._get_signature_remark(fields.Datetime.now())
        document = record.sudo().exists()  # the step was allowed; the note is for staff
        if not remark or "message_ids" not in document._fields:
            return
        note = request.env._("Step of %(name)s: %(remark)s.", name=user.name, remark=remark)
        if not any(escape(note) in message.body for message in document.message_ids):  # once is enough
            document.message_post(body=note, subtype_xmlid="mail.mt_note")

    def _attempt(self, action):
        """Run ``action`` completely or not at all; return why it was refused, or None."""
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            return str(error.args[0])
        except IntegrityError as error:
            return self._explain_integrity_error(error)
        return None

    def _explain_integrity_error(self, error):
        for model in request.env.values():
            if model._table == error.diag.table_name and not model._abstract:
                return str(model._sql_error_to_message(error))
        return request.env._("This is already there; nothing was changed.")

    def _redirect(self, url, message=None, kind="success"):
        if message:
            request.session[FLASH_KEY] = {"message": message, "kind": kind}
        return request.redirect(url, 303)

    def _sign(self, record, result, comment, signature, signer_name):
        """Sign ``record`` at the place that waits for the user."""
        form = {
            "result": result,
            "comment": self._to_text(comment),
            "signer_name": self._to_text(signer_name, 80),
        }

        def sign():
            record._portal_sign(result, form["comment"], str(signature) or None, form["signer_name"])

        return self._change(record, sign, request.env._("Signed. Thank you."), form)

    def _get_list_url(self):
        return f"/my/outsourcing/{self._section}"

    def _get_url(self, record):
        return f"/my/outsourcing/{self._section}/{record.id}"

    # ---- rendering --------------------------------------------------------------------------------------

    def _render(self, template, values):
        user = request.env.user
        roles = user._get_outsourcing_roles()
        layout = {
            "page_name": "outsourcing",
            "no_breadcrumbs": True,
            "no_footer": True,
            "section": self._section,
            "page_title": values.get("page_title") or self._get_title(),
            "flash": request.session.pop(FLASH_KEY, None),
            "user_name": user.name,
            "firm_name": user.partner_id.sudo().commercial_partner_id.name,  # the user's own firm
            "roles": roles,
            "nav": self._get_nav(user, roles),
            "badges": BADGES,
            "max_photo_mb": request.env.company.sudo().outsourcing_photo_max_mb,  # a setting
            "max_video_mb": request.env.company.sudo().outsourcing_video_max_mb,  # a setting
            "format_deadline": self._format_deadline,
            "label_of": self._get_label,
            "date_of": self._format_date,
            "hours_of": self._format_hours,
            "plain": plain_number,
        }
        response = request.render(template, {**layout, **values, "page_title": layout["page_title"]})
        # a shared phone must not show the page again after the log-out
        response.headers["Cache-Control"] = "no-store"
        return response

    def _get_nav(self, user, roles):
        """Return the bar at the bottom of the phone: (key, url, icon, label), five at most."""
        entry = self._prepare_nav_entry
        inspections = entry("inspections", "fa-check-square-o", request.env._("Inspections"))
        entries = []
        if "contractor" in roles:
            entries = [
                inspections,
                entry("defects", "fa-wrench", request.env._("Rectify")),
                entry("logs", "fa-pencil-square-o", request.env._("Logs")),
            ]
        elif roles:
            entries = [
                inspections,
                entry("acceptances", "fa-handshake-o", request.env._("Acceptance")),
                entry("concealed", "fa-eye-slash", request.env._("Concealed")),
            ]
        home = entry("home", "fa-home", request.env._("Today"), "/my/outsourcing")
        return [home, *entries, entry("more", "fa-ellipsis-h", request.env._("More"), "/my/outsourcing#more")]

    def _prepare_nav_entry(self, key, icon, label, url=None):
        return key, url or f"/my/outsourcing/{key}", icon, label

    def _format_deadline(self, date, done=False):
        """Return (text, class) that say how much time is left until ``date``."""
        if not date:
            return ("", "")
        if done:
            return (self._format_date(date), "text-muted")
        days = (date - trade_today(request.env.user)).days
        if days < 0:
            return (request.env._("%s day(s) late", -days), "text-danger fw-bold")
        if days == 0:
            return (request.env._("due today"), "text-danger fw-bold")
        return (request.env._("%s day(s) left", days), "text-warning-emphasis" if days <= 3 else "text-muted")

    def _format_date(self, date):
        return format_date(request.env, date) if date else ""

    def _format_hours(self, hours):
        """Return a time limit as people say it."""
        return format_hours(request.env, hours)

    def _get_label(self, record, field_name):
        """Return the label of a selection value in the user's language."""
        value = record[field_name]
        return dict(record._fields[field_name]._description_selection(request.env)).get(value, value or "")

    def _get_badge(self, state):
        return BADGES[self._badge_by_state.get(state, "grey")]

    # ---- input ------------------------------------------------------------------------------------------

    def _to_int(self, value):
        """Return a positive id, or False for anything else."""
        value = str(value or "").strip()
        return int(value) if value.isdecimal() and len(value) < 10 else False

    def _to_text(self, value, limit=4000):
        return str(value or "").replace("\x00", "").strip()[:limit]

    def _to_number(self, value, message=None, least=None, below=1e12):
        """Return the number that was typed, within the limits; empty is 0.

        :param str message: what to say of anything else, with %s for what was typed
        """
        try:
            number = parse_number(value)
        except ValueError:
            number = None
        if number is None or abs(number) >= below or (least is not None and number < least):
            raise UserError((message or request.env._("%s is not a number.")) % (value,))
        return number

    def _to_date(self, value):
        try:
            day = fields.Date.to_date(str(value or "")[:10]) or False
        except ValueError:
            day = None
        return self._check_day(day, value)

    def _to_local_datetime(self, value):
        """Return what a ``datetime-local`` input holds, in UTC."""
        if not value:
            return False
        try:
            local = datetime.fromisoformat(str(value)[:16])
        except ValueError:
            local = None
        self._check_day(local, value)
        return utc_moment(request.env.company, local.date(), local.time())

    def _check_day(self, day, typed):
        """Return ``day``; raise UserError if it is None, or so far away that no clock can be set by it."""
        if day is None or (day and not YEARS[0] <= day.year <= YEARS[1]):
            raise UserError(request.env._("%s is not a date.", typed))
        return day

    def _get_person(self, value, firm=None):
        """Return the person of the firm chosen as performer; the user when nobody was chosen."""
        people = request.env.user._get_outsourcing_people(firm)
        person = people.filtered(lambda person: person.id == self._to_int(value))
        if value and not person:
            raise UserError(request.env._("Choose a person of your own firm."))
        return (person or request.env.user.partner_id).with_env(request.env)

    def _get_files(self, name="files"):
        """Return the files sent along as (name, bytes); an empty file input sends a nameless one."""
        files = [file for file in request.httprequest.files.getlist(name) if file.filename]
        if len(files) > FILES_MAX:
            raise UserError(request.env._("Send at most %s files at once.", FILES_MAX))
        return [(file.filename, file.read()) for file in files]
