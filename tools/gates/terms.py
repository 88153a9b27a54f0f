"""Terms of today's sources that an add-on's .pot lacks, found without a database in a second.

Only a fresh export knows all of them and those that are gone: `bin/i18n` makes it, `bin/test` compares.
"""

import ast
import logging
import re

import polib
from babel.messages import extract
from lxml import etree

WORD = re.compile(r"[^\W\d_]{2}")  # signs alone are exported by nobody
TEXTS = {"Char", "Text", "Html", "Integer", "Float", "Monetary", "Boolean", "Date", "Datetime", "Image"}


def check(checkout):
    """Every term of an add-on's code, fields and views is in its .pot."""
    logging.getLogger("odoo").setLevel(logging.ERROR)
    for addon in checkout.product:
        template = addon.path / "i18n" / f"{addon.name}.pot"
        if template.is_file():
            known = {entry.msgid for entry in polib.pofile(str(template))}
            for path, line, term in (*_code(addon), *_fields(addon), *_views(addon)):
                if WORD.search(term or "") and term not in known:
                    yield checkout.finding(path, line, f"{term!r} is not in the .pot: bin/i18n {addon.name}")


def _code(addon):
    """Sentences of Python, scripts and their templates, by Odoo's own extractors."""
    source = "static/src"
    python = [path for path in addon.files(".py") if "tests" not in path.relative_to(addon.path).parts]
    for files, method, keywords in (
        (python, "babel:extract_python", ("_", "_lt")),
        (addon.files(".js", under=source), "babel:extract_javascript", ("_t",)),
        (addon.files(".xml", under=source), "translate:babel_extract_qweb", ("_",)),
    ):
        for path in files:
            with open(path, "rb") as source:
                for line, term, *_comments in extract.extract(
                    f"odoo.tools.{method}", source, dict.fromkeys(keywords), options={"encoding": "UTF-8"}
                ):
                    yield path, line, term


def _fields(addon):
    """Labels and helps that fields name."""
    for path in addon.files(".py", under="models"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not _is_labelled(node):
                continue
            values = [part.value for part in node.keywords if part.arg in ("string", "help")]
            values += node.args[:1] if node.func.attr in TEXTS else []
            for value in values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield path, value.lineno, value.value


def _is_labelled(node):
    """Whether the call makes a field whose label is exported."""
    return getattr(getattr(node.func, "value", None), "id", "") == "fields" and not any(
        part.arg == "export_string_translation" for part in node.keywords
    )


def _views(addon):
    """Terms of the views and templates that data files hold."""
    from odoo.tools.translate import xml_translate

    for name in addon.manifest.get("data", ()):
        if not name.endswith(".xml") or not (addon.path / name).is_file():
            continue
        for node in etree.parse(addon.path / name).iter("field", "template"):
            if node.tag == "template" or (node.get("type") == "xml" and node.get("name") == "arch"):
                terms = []
                xml_translate(terms.append, etree.tostring(node, encoding="unicode", with_tail=False))
                for term in terms:
                    yield addon.path / name, node.sourceline, term.strip()
