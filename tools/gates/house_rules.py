"""The rules of this repository that need Python's syntax; those that a pattern finds are pygrep hooks.

What Odoo refuses or warns of when an add-on is installed (`<tree>`, `attrs=`, `_sql_constraints`, fields that
are gone) is red in bin/test's installations, old names of methods and of the cursor in pylint-odoo.
"""

import ast
import re

from .sudo_words import find_bare

BARE_SUDO = "sudo() without a comment that says who was checked before it, or what little is read"
RAW_MONEY = "an amount in a sentence without the sign of its currency: format_money writes it"
OPEN_FILES = "a Many2many to ir.attachment checks every file in the database: set bypass_search_access=True"
MONEY_NAMES = {"amount", "cap", "ceiling", "fee", "payable", "price", "total"}
MONEY_FIELD = re.compile(r"^    (\w+) = fields\.Monetary\(", re.MULTILINE)
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


def check(checkout):
    """Python of the add-ons: files by field, documented methods, explained sudo, amounts with their sign."""
    amounts = _get_amounts(checkout)
    for addon in checkout.addons:
        for path in addon.files(".py"):
            text = path.read_text(encoding="utf-8")
            tree = ast.parse(text)
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _is_open_file_field(node):
                    yield checkout.finding(path, node.lineno, OPEN_FILES)
                if isinstance(node, ast.Call) and _says_bare(node, amounts):
                    yield checkout.finding(path, node.lineno, RAW_MONEY)
            if "tests" not in path.relative_to(addon.path).parts:
                yield from _docstrings(checkout, path, tree)
                for line in find_bare(text):
                    yield checkout.finding(path, line, BARE_SUDO)


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


def _get_amounts(checkout):
    """Names of all fields that are money."""
    texts = (path.read_text(encoding="utf-8") for addon in checkout.addons for path in addon.files(".py"))
    return {name for text in texts for name in MONEY_FIELD.findall(text)}


def _says_bare(call, amounts):
    """Whether ``call`` translates a sentence and puts money into it as a bare number.

    A field of ``amounts``, or a variable under a name that means money.
    """
    if getattr(call.func, "attr", getattr(call.func, "id", "")) != "_":
        return False
    values = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    fields = any(isinstance(value, ast.Attribute) and value.attr in amounts for value in values)
    return fields or any(
        keyword.arg in MONEY_NAMES and isinstance(keyword.value, ast.Name) for keyword in call.keywords
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
