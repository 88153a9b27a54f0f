"""Manifests: scripts are in a bundle, what is depended on is there and free to use.

That they say what they must, and name only files that exist, is pylint-odoo's to find; files that nothing
loads are oca-module's, unknown keys and defaults Odoo's own check's (odoo-lint).
"""

import ast
import glob
import re
from pathlib import Path

from .base import core_addon

COPYLEFT = re.compile(r"AGPL|^GPL|OEEL|OPL|Other proprietary")
PRODUCT_FILES = (
    "readme/DESCRIPTION.md",
    "readme/USAGE.md",
    "readme/HISTORY.md",
    "i18n/{name}.pot",
    "i18n/zh_CN.po",
    "static/description/icon.png",
    "tests/__init__.py",
)


def check(checkout):
    """Every add-on's manifest and the files that go with it."""
    names = {addon.name for addon in checkout.addons}
    for addon in checkout.addons:
        path = addon.path / "__manifest__.py"
        for text in (
            *_depends(addon, names, checkout),
            *_demo(addon),
            *_assets(addon, checkout),
        ):
            yield checkout.finding(path, 0, text)
    for addon in checkout.product:
        for name in PRODUCT_FILES:
            file = addon.path / name.format(name=addon.name)
            if not file.is_file() or (not file.stat().st_size and file.suffix != ".py"):
                yield checkout.finding(file, 0, "is missing or empty")


def _depends(addon, names, checkout):
    for name in addon.manifest.get("depends", ()):
        if name in names:
            continue
        folder = core_addon(name)
        if folder is None:
            yield f"depends on {name}, which does not exist"
            continue
        manifest = ast.literal_eval((folder / "__manifest__.py").read_text(encoding="utf-8"))
        if COPYLEFT.search(manifest.get("license", "LGPL-3")):
            yield f"depends on {name}, whose licence is {manifest['license']}"


def _demo(addon):
    """Data that every database gets is no demonstration."""
    data = addon.manifest.get("data", ())
    return (f"{name} is demo data, but data loads it" for name in data if name.startswith("demo/"))


def _assets(addon, checkout):
    used = set()
    for bundle, entries in addon.manifest.get("assets", {}).items():
        for entry in entries:
            name = entry if isinstance(entry, str) else entry[-1]
            if isinstance(entry, tuple | list) and entry[0] == "include":
                continue
            owner = next(
                (other for other in checkout.addons if name.lstrip("/").startswith(f"{other.name}/")), None
            )
            if owner is None:
                continue
            found = glob.glob(str(owner.path.parent / name.lstrip("/")), recursive=True)
            if not found:
                yield f"the bundle {bundle} names {name}, which does not exist"
            used.update(Path(path) for path in found)
    for path in addon.files(".js", ".scss", under="static"):
        if path not in used and "lib" not in path.parts:
            yield f"{path.relative_to(addon.path)} exists but is in no bundle"
