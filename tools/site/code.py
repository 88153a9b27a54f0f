"""What the source of the add-ons says of its models: fields, links, states. Nothing is imported."""

import ast
import collections
from typing import NamedTuple


class Model(NamedTuple):
    """A model as all add-ons together make it."""

    name: str
    about: str
    fields: list  # (name, type, comodel or "", add-on)
    steps: dict  # state -> states it may come from


def read_models(addons):
    """Read the models of these folders.

    :param addons: folders of add-ons, dependencies first
    :return: dict name -> :class:`Model`, of those the add-ons make themselves
    """
    about, fields, steps = {}, collections.defaultdict(list), collections.defaultdict(dict)
    constants = {}  # those of an add-on below are used above
    for addon in addons:
        paths = sorted((addon / "models").rglob("*.py"))
        trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
        tools = [
            ast.parse(path.read_text(encoding="utf-8")) for path in sorted((addon / "tools").rglob("*.py"))
        ]
        constants |= _constants(trees + tools)
        for node in [node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]:
            if name := _constant(node, "_name") or _constant(node, "_inherit"):
                if _constant(node, "_name"):
                    about[name] = ast.get_docstring(node) or _constant(node, "_description") or ""
                fields[name] += [(*field, addon.name) for field in _fields(node)]
                steps[name] |= _steps(node, constants)
    return {name: Model(name, text, fields[name], steps[name]) for name, text in sorted(about.items())}


def _constant(node, target):
    for statement in node.body:
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == target:
            return statement.value.value if isinstance(statement.value, ast.Constant) else None
    return None


def _constants(trees):
    """The constants of these modules, by name."""
    assigned = [node for tree in trees for node in tree.body if isinstance(node, ast.Assign)]
    return {getattr(node.targets[0], "id", ""): node.value for node in assigned}


def _fields(node):
    for statement in node.body:
        call = getattr(statement, "value", None)
        if isinstance(statement, ast.Assign) and isinstance(call, ast.Call):
            kind = call.func
            if isinstance(kind, ast.Attribute) and getattr(kind.value, "id", "") == "fields":
                comodel = call.args[0] if kind.attr.endswith(("2one", "2many")) and call.args else None
                yield statement.targets[0].id, kind.attr, getattr(comodel, "value", "")


def _steps(node, constants):
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name == "_get_transitions":
            for part in ast.walk(method):
                if isinstance(part, ast.Dict) and part.keys:
                    pairs = zip(part.keys, part.values, strict=True)
                    return {key.value: tuple(_states(value, constants)) for key, value in pairs}
    return {}


def _states(value, constants):
    """The states a step may be taken from, those in a constant of the add-on among them."""
    for part in ast.walk(value):
        if isinstance(part, ast.Constant):
            yield part.value
        elif isinstance(part, ast.Name) and part.id in constants:
            yield from _states(constants[part.id], constants)
