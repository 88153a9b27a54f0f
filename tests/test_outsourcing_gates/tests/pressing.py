"""Presses the buttons of views on the server, as the web client would for one person."""

import contextlib
import json
import re
import traceback
from pathlib import Path
from typing import NamedTuple

from odoo import fields
from odoo.exceptions import AccessError, MissingError, RedirectWarning, UserError
from odoo.service.model import call_kw
from odoo.sql_db import Savepoint
from odoo.tests import Form
from odoo.tools.safe_eval import datetime, safe_eval
from odoo.tools.view_validation import get_expression_field_names

from odoo.addons.web.controllers.utils import clean_action

from .buttons import buttons_of
from .common import CHECKOUT

RECORDS = 200
TOGETHER = 5
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+")  # names of people and documents are no sentence


class Dotted(dict):
    """``parent.name`` of an expression."""

    __getattr__ = dict.__getitem__


class Refused(NamedTuple):
    """What a press came to, when it was no success."""

    text: str
    is_fault: bool
    is_about_the_person: bool = False
    is_about_duties: bool = False


def _is_ours(frame):
    return Path(frame.filename).resolve().is_relative_to(CHECKOUT / "addons")


def _place(frames):
    """Return the line of the suite that led to an error."""
    ours = [frame for frame in frames if _is_ours(frame)] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


@contextlib.contextmanager
def undone(env):
    """Nothing that happens within stays."""
    env.invalidate_all()  # each press is a request of its own
    point = Savepoint(env.cr)
    try:
        yield
    finally:
        env.cr.precommit.clear()
        env.cr.postcommit.clear()
        env.clear()
        point.close(rollback=True)


class Presser:
    """One person at the screen: ``findings`` are faults, ``forbidden`` what was shown and then refused."""

    def __init__(self, env):
        self.env = env
        self.findings, self.forbidden, self.pressed = [], [], set()
        self.opened = set()

    def press_all(self, views):
        """Press the buttons of ``views`` on a record of each situation."""
        for view in views:
            model = self.env[view.model]
            if model._abstract or model._transient or not model.has_access("read"):
                continue
            arch = model.get_view(view.id, view.type)["arch"]
            buttons = buttons_of(arch)
            if buttons:
                self._press_view(view, model.search([], limit=RECORDS), buttons)

    def _press_view(self, view, records, buttons):
        records = self._readable(view, records, buttons)
        for button in buttons:
            where = f"{view.xml_id} {button.label} ({button.name})"
            chosen = (
                self._select(records, button) if button.is_for_selection else self._choose(records, button)
            )
            for some, parent in chosen:
                self._try(where, some, button, parent)
            if not chosen and records and self._is_method_of_ours(records, button):
                # whoever is no browser presses it all the same
                self._try(where, records[:1], button, is_shown=False)

    def _is_method_of_ours(self, records, button):
        method = not button.path and getattr(records, button.name, None)
        return bool(method) and method.__module__.startswith("odoo.addons.property_outsourcing")

    def _select(self, records, button):
        """Return what somebody may have selected in a list: some of it, and nothing where that is enough."""
        selections = [(records[:TOGETHER], None)] if records else []
        if not button.needs_selection:
            selections.append((records.browse(), None))
        return [] if self._is_hidden(button.hidden_if, records.browse()) else selections

    def _readable(self, view, records, buttons):
        """Return the records of which the view can show what its buttons depend on."""
        names = set().union(*(self._names(b.hidden_if, records) for b in buttons if not b.path))
        for record in records:
            refused = self._refusal(self._values, record, names)
            if refused:
                self.findings.append(
                    f"{self.env.user.login}: {view.xml_id} cannot show {record}: {refused.text}"
                )
                records -= record
        return records

    def _choose(self, records, button):
        """Return a visible record for each situation, such as the state, that decides about the button."""
        situations = {}
        for record, parent in self._descend(records, button.path):
            if not self._is_hidden(button.hidden_if, record, parent):
                names = self._names(button.hidden_if, record) | ({"state"} & set(record._fields))
                deciding = sorted(name for name in names if record._fields[name].type == "selection")
                situations.setdefault(tuple(record[name] for name in deciding), (record, parent))
        return list(situations.values())

    def _descend(self, records, path):
        """Give the records a button acts on, each with the values of the one it is listed in."""
        found = [(record, None) for record in records]
        for name, hidden_if in path:
            below = []
            for record, parent in found:
                if not self._is_hidden(hidden_if, record, parent):
                    below += [(line, record) for line in record[name][:RECORDS]]
            found = below
        return found

    def _names(self, expressions, record):
        names = set()
        for expression in expressions:
            names |= get_expression_field_names(expression)
        return {name for name in names if name in record._fields}

    def _values(self, record, names):
        if not names:
            return {}
        values = record.read(sorted(names), load="")[0]
        return {name: self._as_in_the_client(record._fields[name], value) for name, value in values.items()}

    def _as_in_the_client(self, field, value):
        if field.type == "json":
            return value or []
        return fields.Datetime.to_string(value) if isinstance(value, datetime.date) else value

    def _known(self, expressions, record, parent=None):
        """Return what the expressions of a view may name."""
        known = {"id": record.id, "active_id": record.id, "uid": self.env.uid, "context": {}}
        known.update(self._values(record, self._names(expressions, record)) if record else {})
        if parent is not None:
            names = set().union(*map(get_expression_field_names, expressions))
            asked = {name.split(".", 1)[1] for name in names if name.startswith("parent.")}
            known["parent"] = Dotted(self._values(parent, asked - {"id"}), id=parent.id)
        return known

    def _is_hidden(self, expressions, record, parent=None):
        known = self._known(expressions, record, parent) if expressions else {}
        return any(safe_eval(expression, known) for expression in expressions)

    # ---- one press --------------------------------------------------------------------------------------

    def _try(self, where, records, button, parent=None, is_shown=True):
        self.pressed.add(where)
        with undone(self.env):
            refused = self._refusal(self._press, records, button, parent)
            if not refused:
                return
            person = self.env.user.login
            text = f"{person}: {where} on {records._name} {records.ids}: {refused.text}"
        if refused.is_fault:
            self.findings.append(text)
        # what a list shows is for several documents, of which some may be one's own
        elif (
            is_shown
            and refused.is_about_the_person
            and not (button.is_for_selection and refused.is_about_duties)
        ):
            self.forbidden.append(text)

    def _refusal(self, call, *args):
        """Return how the press was refused, or nothing; a refusal is a sentence in the person's language."""
        try:
            call(*args)
        except (UserError, RedirectWarning) as error:
            text = str(error.args[0])
            frames = traceback.extract_tb(error.__traceback__)
            raw = isinstance(error, AccessError | MissingError) and not _is_ours(frames[-1])
            if raw or not CHINESE.search(text) or ENGLISH.search(text):
                return Refused(f"{_place(frames)}: {text}", True)
            duties = "_require_other_person" in {frame.name for frame in frames}
            return Refused(text, False, duties or isinstance(error, AccessError), duties)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person would see it
            return Refused(f"{_place(traceback.extract_tb(error.__traceback__))}: {error!r}", True)
        return None

    def _press(self, records, button, parent=None):
        context = {**self.env.context, "active_model": records._name, "active_ids": records.ids}
        context["active_id"] = records[:1].id
        context.update(safe_eval(button.context, self._known([button.context], records[:1], parent)))
        if button.kind == "object":
            args = [records.ids, *safe_eval(button.args)]
            action = call_kw(self.env[records._name], button.name, args, {"context": context})
            if isinstance(action, dict):
                # the client gets it as JSON
                action = json.loads(json.dumps(clean_action(action, env=self.env), default=str))
        else:
            found = self.env["ir.actions.actions"].sudo().browse(int(button.name))
            action = self.env[found.type].sudo().browse(found.id)._get_action_dict()
        self.env.flush_all()
        self.env.cr.precommit.run()
        if isinstance(action, dict):
            self._follow(action, context)

    # ---- what a press leads to --------------------------------------------------------------------------

    def _follow(self, action, context):
        own = action.get("context") or {}
        if isinstance(own, str):
            own = safe_eval(own, {"uid": self.env.uid, **context})
        if action["type"] == "ir.actions.act_window":
            self._open_window(action, {**self.env.context, **own}, context)
        elif action["type"] == "ir.actions.report":
            self._print(action, own.get("active_ids") or context["active_ids"])
        elif action["type"] == "ir.actions.server":
            self.env["ir.actions.server"].browse(action["id"]).with_context(**context).run()

    def _print(self, action, ids):
        report = self.env["ir.actions.report"].sudo()._get_report_from_name(action["report_name"])
        if report.report_type.startswith("qweb") and self._is_new(report, ()):
            report.with_user(self.env.user)._render_qweb_html(report, ids, data=action.get("data"))

    def _is_new(self, *what):
        """Return whether this was not looked at before: looking at each form and print once is enough."""
        known = what in self.opened
        self.opened.add(what)
        return not known

    def _open_window(self, action, context, came_from):
        model = self.env[action["res_model"]].with_context(**context)
        views = action["views"]
        model.get_views(views)
        form = next((view for view, mode in views if mode == "form"), False)
        if action.get("res_id"):
            record = model.browse(action["res_id"])
            record.check_access("read")
            if action.get("target") == "new":
                self._use_dialogue(record, form)
            elif self._is_new(model._name, form):
                Form(record, form)
        elif views[0][1] == "form":
            self._use_dialogue(model, form)
        else:
            domain = action.get("domain") or []
            if isinstance(domain, str):
                domain = safe_eval(domain, {"uid": self.env.uid, **came_from, **context})
            model.web_search_read(domain, {"display_name": {}}, limit=1)

    def _use_dialogue(self, record, view):
        """Open a form, fill in nothing and press its buttons."""
        form = Form(record, view or None)
        if not record._transient:
            return
        try:
            record = form.save()
        except AssertionError:
            return  # something required is empty: the client asks for it
        arch = record.get_view(view, "form")["arch"]
        for button in buttons_of(arch):
            if button.path or button.kind != "object":
                continue
            if not self._is_hidden(button.hidden_if, record):
                self._press_in_dialogue(record, button)

    def _press_in_dialogue(self, record, button):
        with undone(self.env):
            refused = self._refusal(self._press, record, button)
        where = f"{record._name} {button.label} ({button.name})"
        self.pressed.add(where)
        if refused and refused.is_fault:
            self.findings.append(f"{self.env.user.login}: {where}: {refused.text}")
        elif refused and refused.is_about_the_person:
            self.forbidden.append(f"{self.env.user.login}: {where}: {refused.text}")
