"""Our own add-ons: which there are, in what order, and whether they changed."""

import ast
import hashlib

from .common import ROOT, Refusal

ADDONS = ROOT / "addons"
LOGINS = (
    # role, login, password
    ("administrator", "admin", "admin"),
    ("engineering manager", "manager", "manager"),
    ("supervisor", "supervisor", "supervisor"),
    ("finance", "finance", "finance"),
    ("contractor (portal)", "13800000001", "13800000001"),
    ("owners' representative (portal)", "13800000002", "13800000002"),
    ("third party (portal)", "13800000003", "13800000003"),
)
# No part of what a database holds.
UNINSTALLED = {"tests", "__pycache__"}


def manifests():
    """Manifest of every installable add-on, by name."""
    found = {}
    for path in sorted(ADDONS.glob("*/__manifest__.py")):
        try:
            manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            raise Refusal(f"{path} cannot be read: {error}") from error
        if manifest.get("installable", True):
            found[path.parent.name] = manifest
    return found


def modules():
    """Names of our add-ons, dependencies first."""
    known = manifests()
    ordered = []

    def visit(name, above=()):
        if name in above:
            raise Refusal(f"the add-ons depend on each other in a circle: {' -> '.join((*above, name))}.")
        for dependency in known[name].get("depends", ()):
            if dependency in known:
                visit(dependency, (*above, name))
        if name not in ordered:
            ordered.append(name)

    for name in known:
        visit(name)
    return ordered


def fingerprint(name):
    """Changes when a file of the add-on changes that a database or a running server knows of."""
    total = hashlib.sha256()
    folder = ADDONS / name
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not UNINSTALLED.intersection(inside.parts):
            total.update(f"{inside}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


def fingerprints():
    return {name: fingerprint(name) for name in modules()}
