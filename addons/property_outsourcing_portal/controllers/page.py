"""What every page of the portal is drawn with: shell, bar at the bottom, words for days and states."""

import secrets
from functools import partial
from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date, lazy

from odoo.addons.property_outsourcing.models.dispatch.project_task_sla import METRICS
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import (
    format_hours,
    format_limit,
    in_brackets,
    join_names,
    plain_number,
    set_page_in_chinese,
)

from ..models.outbox.ir_http_once import FLASH_KEY

# core's own: name and icon of the app, and which pages belong to it
MANIFEST = "/web/manifest.scoped_app_manifest?app_id=property_outsourcing_portal&path=/my/outsourcing&"
NAV_ENTRIES = 3  # between "Today" and "More"; five fit on a phone
BADGES = {
    "grey": "text-bg-light border",
    "blue": "text-bg-info",
    "green": "text-bg-success",
    "yellow": "text-bg-warning",
    "red": "text-bg-danger",
}
ROW_KEYS = {"url", "title"}
ROW_OPTIONS = {"subtitle", "badge", "badge_class", "due", "due_class", "figure", "amount", "currency", "icon"}
CARD_KEYS = {"key", "url", "icon", "label"}
CARD_OPTIONS = {
    "count", "date", "is_late", "model", "domain", "date_field", "today", "only_waiting", "exists"
}  # fmt: skip
NAV_KEYS = {"key", "url", "icon", "label", "sequence"}


def check_keys(values, source, required, optional=frozenset()):
    """Return ``values``; say in one sentence to the developer of ``source`` what is wrong with its keys.

    :param values: what ``source`` returned, a dict
    :param str source: name of the method, for whoever wrote it
    :raise UserError: a required key is missing, or an unknown one was given
    """
    keys = set(values) if isinstance(values, dict) else set()
    missing, unknown = required - keys, keys - required - optional
    if missing or unknown:
        raise UserError(
            request.env._(
                "%(method)s has to return a dict with the keys %(required)s, and may add %(optional)s; "
                "missing: %(missing)s, unknown: %(unknown)s.",
                method=source,
                required=", ".join(sorted(required)),
                optional=", ".join(sorted(optional)) or "–",
                missing=", ".join(sorted(missing)) or "–",
                unknown=", ".join(sorted(unknown)) or "–",
            )
        )
    return values


def set_page(response):
    """Draw the page, and set it as Chinese is set for who reads Chinese: brackets, commas, gaps, money."""
    if (request.env.lang or "").startswith("zh"):
        response.flatten()
        response.set_data(set_page_in_chinese(response.get_data(as_text=True)))


class OutsourcingPage:
    """Draws a template inside the shell. A subclass says its ``_section`` and its title."""

    _section = None
    _badge_by_state = {}

    def _get_title(self):
        """Return the title of the page, translated. To be said by the page."""
        raise NotImplementedError

    def _render(self, template, values):
        """Return the page: ``template`` with ``values`` and what the shell needs.

        :raise UserError: for the developer, there is no such template
        """
        self._check_template(template)
        title = values.get("page_title") or self._get_title()
        layout = {**self._prepare_shell_values(), **self._get_formatters()}
        response = request.render(template, {**layout, **values, "page_title": title})
        set_page(response)
        # a shared phone must not show the page again after the log-out
        response.headers["Cache-Control"] = "no-store"
        return response

    def _check_template(self, template):
        views = request.env["ir.ui.view"].sudo()  # whether a page of ours exists
        if not template or views._get_cached_template_info(template)["error"]:
            raise UserError(
                request.env._(
                    "%(page)s names a template that does not exist: %(template)s.",
                    page=type(self).__name__,
                    template=template,
                )
            )

    def _prepare_shell_values(self):
        """Return what the frame of each page shows: who is there, where to go, what is new."""
        user = request.env.user
        roles = self._get_roles()
        unread = sum(sum(ids.values()) for ids in user._get_outsourcing_unread().values())
        company = user.company_id.sudo()  # the name of the user's own company
        company.fetch(["name"])  # not its hundred other columns, on every page
        return {
            "page_name": "outsourcing",
            "no_breadcrumbs": True,
            "no_footer": True,
            "section": self._section,
            "flash": request.session.pop(FLASH_KEY, None),
            "user_name": user.name,
            "firm_name": user.partner_id.sudo().commercial_partner_id.name,  # the user's own firm
            "roles": roles,
            "nav": self._get_nav(user, roles),
            **self._prepare_performer_values(user),
            "new_key": lambda: secrets.token_hex(16),
            "late_posts": (),
            "unread_count": unread,
            "bell_label": request.env._("%s new message(s)", unread),
            "recorders": (),
            "manifest_url": f"{MANIFEST}{urlencode({'app_name': company.name})}",
            "error_gaps": getattr(request, "outsourcing_gaps", []),
        }

    def _get_formatters(self):
        """Return what templates write values with, and the limits of an upload, read when they are shown."""

        def setting(name):
            return lazy(lambda: request.env.company._get_outsourcing_setting(name))

        return {
            "badges": BADGES,
            "max_photo_mb": setting("outsourcing_photo_max_mb"),
            "max_video_mb": setting("outsourcing_video_max_mb"),
            "format_deadline": self._format_deadline,
            "label_of": self._get_label,
            "join_names": partial(join_names, request.env),
            "in_brackets": partial(in_brackets, request.env),
            "date_of": self._format_date,
            "hours_of": self._format_hours,
            "plain": plain_number,
        }

    def _mark_unread(self, rows, section):
        """Say in each row how much of its document is unread; nothing is asked per row.

        :param rows: pairs of a row and the id of its document
        """
        unread = request.env.user._get_outsourcing_unread().get(section, {})
        for row, document_id in rows:
            row["unread"] = unread.get(document_id, 0)

    def _prepare_performer_values(self, user):
        """Return who works on this phone, whose drafts are shown, and who looks after the people."""
        performer = user._get_outsourcing_performer()
        key = user._get_performer_key()
        return {
            "performer": performer,
            "has_performers": user._has_outsourcing_performers(),
            "performer_key": key,
            # a name that a form cannot change: who signs and works is known
            "bound_name": user._is_performer_bound() and (performer.name or ""),
            "is_firm_admin": user._is_outsourcing_firm_admin(),
            "owner": "-".join(filter(None, (str(user.id), str(user.partner_id.id), key))),
        }

    def _get_roles(self):
        """Return the roles of whoever is logged in, looked up once a request."""
        if not hasattr(request, "outsourcing_roles"):
            request.outsourcing_roles = request.env.user._get_outsourcing_roles()
        return request.outsourcing_roles

    def _get_nav(self, user, roles):
        """Return the bar at the bottom of the phone: the first page, three sections, everything else."""
        entries = user._get_outsourcing_nav(roles)
        for entry in entries:
            check_keys(entry, "res.users._get_outsourcing_nav", NAV_KEYS)
        entries.sort(key=lambda entry: entry["sequence"])
        prepare = user._prepare_outsourcing_nav
        home = prepare("home", "fa-home", request.env._("Today"), url="/my/outsourcing")
        more = prepare("more", "fa-ellipsis-h", request.env._("More"), url="/my/outsourcing#more")
        return [home, *entries[:NAV_ENTRIES], more]

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

    def _group_time_limits(self, limits):
        """Return the time limits of a contract by priority: list of (label, what has to be done by when).

        :param limits: ``outsourcing.contract.sla`` in sudo, of a contract the page shows
        """
        ordered = limits.sorted(lambda limit: (limit.priority, METRICS.index(limit.metric)))
        return [
            (
                self._get_label(rows[0], "priority"),
                " · ".join(
                    f"{self._get_label(row, 'metric')} {format_limit(request.env, row.hours)}" for row in rows
                ),
            )
            for rows in ordered.grouped("priority").values()
        ]

    def _get_label(self, record, field_name):
        """Return the label of a selection value in the user's language."""
        value = record[field_name]
        return dict(record._fields[field_name]._description_selection(request.env)).get(value, value or "")

    def _get_badge(self, state):
        return BADGES[self._badge_by_state.get(state, "grey")]
