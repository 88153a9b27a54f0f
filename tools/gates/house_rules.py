"""What Odoo 19 takes without a word and then ignores or breaks on, and the rules of this repository.

The server takes `view_mode="tree"` or a `kanban-box` without an error, and the browser fails. What it refuses
or warns of when an add-on is installed (`<tree>`, `attrs=`, `_sql_constraints`, `group_operator`, fields
that are gone) is red in bin/test's installations, old names of methods and of the cursor in pylint-odoo.
"""

import ast
import collections

from lxml import etree

from .sudo_words import find_bare

OLD_QWEB = {"t-esc", "t-raw"}
OLD_NAMES = {
    "_name_search": "is never called: override _search_display_name",
    "_check_recursion": "is gone: use _has_cycle",
    "toggle_active": "is gone: use action_archive and action_unarchive",
}
TIME_OF_READER = (
    "{} is the reader's time: use trade_today, trade_day or trade_time of models/workflow/trade_time.py"
)
REFUSALS = {"UserError", "ValidationError", "AccessError", "MissingPoints"}
BARE_REFUSAL = "assert the sentence by assertRefused, or say in a comment why there is none: # core's own"
NAMELESS_EVENT = "ask by _schedule_event, with an activity type of the event's own"
BARE_SUDO = "sudo() without a comment that says who was checked before it, or what little is read"
OLD_SELF = {"_uid", "_context"}
# Overrides of the framework need no docstring: their contract is the framework's.
FRAMEWORK = set(
    """
        browse check_access_rights copy copy_data create default_get export_data fields_get flush_model
        fields_view_get formatted_read_group get_formview_action get_empty_list_help get_view get_views
        has_access init message_new message_post message_update name_create name_search onchange read search
        search_count search_fetch search_read setUp setUpClass tearDown tearDownClass unlink web_read
        web_save web_search_read write
    """.split()
)


def check_xml(checkout):
    """XML of the add-ons: nothing that Odoo 19 dropped, no identifier twice."""
    for addon in checkout.addons:
        seen = collections.Counter()
        for path in addon.files(".xml"):
            try:
                tree = etree.parse(path)
            except etree.XMLSyntaxError as error:
                yield checkout.finding(path, error.lineno or 0, f"is no XML: {error.msg}")
                continue
            for element in tree.iter(etree.Element):
                for text in _xml_problems(element, addon):
                    yield checkout.finding(path, element.sourceline, text)
            if "static" not in path.relative_to(addon.path).parts:
                for element in tree.iter("record", "template", "menuitem"):
                    yield from _duplicate(checkout, path, element, seen)


def _duplicate(checkout, path, element, seen):
    identifier = element.get("id")
    # In tests and demo a record may be completed later on; only twice in the same file is a slip then.
    key = (path if "demo" in path.parts else None, identifier)
    if identifier and element.getparent().tag in ("odoo", "data"):
        seen[key] += 1
        if seen[key] > 1:
            yield checkout.finding(path, element.sourceline, f"{identifier} is defined twice")


def _xml_problems(element, addon):
    attributes = element.attrib
    for name in sorted(OLD_QWEB & set(attributes)):
        yield f"{name} is legacy: use t-out"
    if attributes.get("t-name") == "kanban-box":
        yield 'kanban-box is t-name="card" now'
    if "oe_chatter" in attributes.get("class", ""):
        yield "oe_chatter renders nothing: use <chatter/>"
    if element.tag == "field" and attributes.get("name") == "view_mode" and "tree" in (element.text or ""):
        yield "view_mode has tree, the browser cannot open it: use list"
    if element.tag in ("record", "template", "menuitem"):
        for name in ("id", "ref", "parent", "action", "inherit_id"):
            if attributes.get(name, "").startswith(f"{addon.name}."):
                yield f"{name}= repeats the add-on's own name"


def check_python(checkout):
    """Python of the add-ons: nothing that Odoo 19 dropped, buttons and crons documented."""
    for addon in checkout.addons:
        for path in addon.files(".py"):
            try:
                tree = ast.parse(path.read_text(encoding="utf-8"))
            except SyntaxError as error:
                yield checkout.finding(path, error.lineno or 0, f"is no Python: {error.msg}")
                continue
            tested = "tests" in path.relative_to(addon.path).parts
            for node in ast.walk(tree):
                for text in _python_problems(node):
                    yield checkout.finding(path, node.lineno, text)
                if not tested and path.name != "trade_time.py" and _is_time_of_reader(node):
                    yield checkout.finding(path, node.lineno, TIME_OF_READER.format(node.attr))
                if not tested and _is_nameless_event(node):
                    yield checkout.finding(path, node.lineno, NAMELESS_EVENT)
            if tested:
                lines = path.read_text(encoding="utf-8").split("\n")
                for node in ast.walk(tree):
                    if _is_bare_refusal(node, lines):
                        yield checkout.finding(path, node.lineno, BARE_REFUSAL)
            else:
                yield from _docstrings(checkout, path, tree)
                for line in find_bare(path.read_text(encoding="utf-8")):
                    yield checkout.finding(path, line, BARE_SUDO)


def _is_bare_refusal(node, lines):
    """Whether a block of a test is refused by whichever rule: it names no more than the class."""
    if not isinstance(node, ast.With) or "#" in "".join(lines[node.lineno - 1 : node.body[0].lineno - 1]):
        return False
    calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
    return any(
        getattr(call.func, "attr", "") == "assertRaises"
        and any(isinstance(part, ast.Name) and part.id in REFUSALS for part in ast.walk(call.args[0]))
        and _is_unread(node)
        for call in calls
    )


def _is_unread(node):
    """Whether nothing is bound, so that nobody can look at the sentence afterwards."""
    return not any(item.optional_vars for item in node.items)


def _python_problems(node):
    if isinstance(node, ast.FunctionDef) and node.name in OLD_NAMES:
        yield f"{node.name} {OLD_NAMES[node.name]}"
    elif (
        isinstance(node, ast.Attribute) and node.attr in OLD_SELF and getattr(node.value, "id", "") == "self"
    ):
        yield f"self.{node.attr} is deprecated: use self.env"
    elif isinstance(node, ast.Call) and _is_open_file_field(node):
        yield "a Many2many to ir.attachment checks every file in the database: set bypass_search_access=True"


def _is_nameless_event(node):
    """Whether the node asks by core's means: anybody, people who have left too, as a plain to-do."""
    if isinstance(node, ast.Constant):
        return node.value == "mail.mail_activity_data_todo"
    return isinstance(node, ast.Attribute) and node.attr == "activity_schedule"


def _is_time_of_reader(node):
    """Whether the node names a day or hour by the zone of whoever reads, or of Greenwich."""
    if not isinstance(node, ast.Attribute):
        return False
    owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
    return node.attr in ("context_today", "context_timestamp") or (
        node.attr == "today" and owner.lower() in ("date", "datetime")
    )


def _is_open_file_field(node):
    """Whether a Many2many stores files without ``bypass_search_access``; who owns them is tested."""
    if getattr(node.func, "attr", "") != "Many2many":
        return False
    keywords = {keyword.arg: getattr(keyword.value, "value", None) for keyword in node.keywords}
    comodel = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    stores_files = "ir.attachment" in (comodel, keywords.get("comodel_name"))
    return (
        stores_files
        and not {"compute", "related"} & set(keywords)
        and not keywords.get("bypass_search_access")
    )


def _docstrings(checkout, path, tree):
    for owner in [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
        if not any(isinstance(base, ast.Attribute) and base.attr in MODELS for base in owner.bases):
            continue
        for node in owner.body:
            if isinstance(node, ast.FunctionDef) and _needs_docstring(node) and not ast.get_docstring(node):
                yield checkout.finding(path, node.lineno, f"{owner.name}.{node.name} has no docstring")


MODELS = {"Model", "AbstractModel", "TransientModel"}


def _needs_docstring(node):
    if node.name.startswith("_cron_"):
        return True
    if node.name.startswith("_") or node.name in FRAMEWORK:
        return False
    # An override that hands everything on has its contract elsewhere.
    return not any(isinstance(child, ast.Name) and child.id == "super" for child in ast.walk(node))
