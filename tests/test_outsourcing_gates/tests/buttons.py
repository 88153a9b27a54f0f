"""The buttons that the views of the suite show."""

from typing import NamedTuple

from lxml import etree

from .common import own_records

KINDS = ("form", "list", "kanban")


class Button(NamedTuple):
    """A button of a view: ``path`` leads from the view's records to those it acts on."""

    label: str
    name: str
    kind: str
    context: str
    args: str
    hidden_if: tuple
    path: tuple
    is_for_selection: bool
    needs_selection: bool


def views_of_ours(env):
    """Return the views that are the suite's, or that it extends."""
    views = own_records(env, "ir.ui.view").filtered(lambda view: view.active and view.type in KINDS)
    while extensions := views.filtered(lambda view: view.mode == "extension"):
        views = (views - extensions) | extensions.inherit_id
    return views.sorted(lambda view: (view.model, view.type, view.id))


def buttons_of(arch):
    """Return the buttons of a view that call a method or open an action."""
    found = []

    def visit(node, path, hidden_if, in_list_header):
        if node.tag == "field" and len(node):
            # what hides the lines hides their buttons; within, the names are those of the lines
            for view in node:
                visit(view, (*path, (node.get("name"), tuple(_hidden(node, hidden_if)))), (), False)
            return
        if path and in_list_header:
            return  # the client shows the header of a list only where the list is the page
        hidden_if = _hidden(node, hidden_if)
        if node.tag in ("button", "a") and node.get("type") in ("object", "action") and node.get("name"):
            found.append(
                Button(
                    node.get("string") or " ".join("".join(node.itertext()).split()) or node.get("name"),
                    node.get("name"),
                    node.get("type"),
                    node.get("context") or "{}",
                    node.get("args") or "[]",
                    tuple(hidden_if),
                    path,
                    in_list_header,
                    in_list_header and node.get("display") != "always",
                )
            )
        for child in node:
            if isinstance(child.tag, str):
                visit(
                    child, path, hidden_if, in_list_header or (node.tag == "list" and child.tag == "header")
                )

    visit(etree.fromstring(arch), (), (), False)
    return found


def _hidden(node, hidden_if):
    """Return the conditions under which ``node`` is hidden, ``hidden_if`` being those around it."""
    own = [node.get(name) for name in ("invisible", "column_invisible") if node.get(name)]
    return [*hidden_if, *(text for text in own if text not in ("0", "False"))]
