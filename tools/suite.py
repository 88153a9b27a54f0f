"""Our own add-ons: which there are, in what order, and what a database knows of them."""

import ast
import graphlib

from .common import ROOT, digest

ADDONS = ROOT / "addons"
# Their bodies are run by an update, those of all others only when they are called.
RUN_BY_UPDATE = {"init", "_auto_init", "_register_hook"}


def manifests():
    """Manifest of every add-on, by name."""
    return {
        path.parent.name: ast.literal_eval(path.read_text(encoding="utf-8"))
        for path in sorted(ADDONS.glob("*/__manifest__.py"))
    }


def modules():
    """Names of our add-ons, dependencies first."""
    known = manifests()
    graph = {name: set(manifest["depends"]).intersection(known) for name, manifest in known.items()}
    return list(graphlib.TopologicalSorter(graph).static_order())


def folders():
    """Folder of every add-on, ours and those that only test, by name; dependencies first."""
    tests = sorted((ROOT / "tests").glob("*/__manifest__.py"))
    return {name: ADDONS / name for name in modules()} | {path.parent.name: path.parent for path in tests}


def outline(source):
    """The text of a Python file without the bodies of its functions: what a database knows of it."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name not in RUN_BY_UPDATE:
            node.body = []
    return ast.dump(tree)


def fingerprint(folder):
    """Changes when an update of the add-on would change the database."""
    parts = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.suffix == ".py" and "tests" not in inside.parts:
            parts += [inside, outline(path.read_text(encoding="utf-8"))]
        elif path.suffix in (".xml", ".csv", ".po") and "static" not in inside.parts:
            parts += [inside, path]
    return digest(*parts)


def fingerprints():
    """Fingerprint of each of our add-ons, dependencies first."""
    return {name: fingerprint(ADDONS / name) for name in modules()}
