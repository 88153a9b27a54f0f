"""Open what a user is shown, as the web client does: every list, every row of it, all fields of its form.

Archived rows as well: a filter shows them, and other rows go on naming them.
"""

from lxml import etree

from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

ROWS = 80  # a page of a list


def get_specification(env, model_name, arch):
    """Return what the web client asks of ``model_name`` to show the view ``arch`` (an element)."""
    fields = env[model_name]._fields
    specification = {}
    for node in _iterate_fields(arch):
        name = node.get("name")
        field = fields.get(name)
        if field is None:
            continue
        asked = specification.setdefault(name, {})
        if field.type in ("one2many", "many2many"):
            asked.setdefault("fields", {})
            for view in node:
                asked["fields"].update(get_specification(env, field.comodel_name, view))
            if node.get("widget") in ("many2many_tags", "many2many_checkboxes", "many2many_avatar_user"):
                asked["fields"]["display_name"] = {}
        elif field.type in ("many2one", "reference", "many2one_reference"):
            asked["fields"] = {"display_name": {}}
    return specification


def _iterate_fields(node):
    """Yield the fields of a view, not those of the views within its fields."""
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _iterate_fields(child)


class Walk:
    """The walk of one user; ``problems`` holds (where, error) of what could not be opened."""

    def __init__(self, env, user, companies=None):
        companies = companies or user.company_ids
        context = {"lang": user.lang, "tz": user.tz, "uid": user.id, "allowed_company_ids": companies.ids}
        self.env = env(user=user, su=False, context=context)
        self.user = user
        self.problems = []
        self.opened = 0
        self._seen = set()
        self._views = {}

    def run(self):
        """Open every action of the suite the user may use, and each row of its first page."""
        for action in self._find_actions():
            if action.res_model in self.env and not self.env[action.res_model]._transient:
                self._open_action(action)
        return self.problems

    def _find_actions(self):
        system = self.env(su=True)  # what there is; the user opens it below
        data = system["ir.model.data"].search(
            [("model", "=", "ir.actions.act_window"), ("module", "=like", "property_outsourcing%")]
        )
        return system["ir.actions.act_window"].browse(data.mapped("res_id"))

    def _open_action(self, action):
        model = self.env[action.res_model]
        if not model.has_access("read"):
            return
        groups = action.group_ids
        if groups and not groups & self.user.all_group_ids:
            return
        where = f"{self.user.login}: {action.xml_id or action.name}"
        context = self._evaluate(action.context, {})
        domain = self._evaluate(action.domain, [])
        if domain is None:
            return  # it needs the record of its button, whose list is that of another action
        model = model.with_context(**(context or {}))
        modes = action.view_mode.split(",")
        form = self._get_view_id(action, "form") if "form" in modes else None
        for mode in modes:
            if mode in ("list", "kanban"):
                self._open_list(model, domain, mode, self._get_view_id(action, mode), form, where)

    def _get_view_id(self, action, mode):
        view = action.view_ids.filtered(lambda line: line.view_mode == mode).view_id[:1]
        return view.id or (action.view_id.id if action.view_id.type == mode else False)

    def _evaluate(self, text, empty):
        try:
            names = {"uid": self.user.id, "context": {}, "active_id": False, "active_ids": []}
            return safe_eval(text, names) if text else empty
        except Exception:  # noqa: BLE001  names of the client, such as context_today
            return None

    def _open_list(self, model, domain, mode, view_id, form, where):
        specification = self._get_view(model, mode, view_id)
        self.env.invalidate_all()  # each call of a client begins with nothing read
        domain = Domain(domain)
        if model._active_name:
            domain &= Domain(model._active_name, "in", [True, False])
        try:
            rows = model.web_search_read(domain, specification, limit=ROWS)["records"]
        except Exception as error:  # noqa: BLE001
            self._add(f"{where} ({mode})", error)
            return
        if form is None:
            return  # a click on a row opens nothing
        for row in rows:
            self.open_record(model.browse(row["id"]), form, where)

    def open_record(self, record, form=False, where=""):
        """Open the form of a record, as a click on its row does."""
        key = record._name, record.id, form
        if key in self._seen:
            return
        self._seen.add(key)
        self.opened += 1
        self.env.invalidate_all()
        try:
            record.web_read(self._get_view(record, "form", form))
            if "message_ids" in record._fields:
                record.message_ids.mapped("body")
        except Exception as error:  # noqa: BLE001
            self._add(f"{where} {record._name}({record.id})", error)

    def _get_view(self, model, mode, view_id):
        key = model._name, mode, view_id
        if key not in self._views:
            view = model.get_view(view_id or None, mode)
            self._views[key] = get_specification(self.env, model._name, etree.fromstring(view["arch"]))
        return self._views[key]

    def _add(self, where, error):
        self.env.invalidate_all()
        self.problems.append((where, f"{type(error).__name__}: {str(error)[:400]}"))
