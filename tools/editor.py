"""A folder in which editors find Odoo with our add-ons in it, as ``odoo.addons.property_outsourcing``."""

import shutil

from . import odoo_source
from .common import ROOT, STATE

FOLDER = STATE / "editor"


def link():
    """Lay out links to Odoo's own files, and to every add-on of Odoo and of ours, in one package."""
    package = odoo_source.locate()
    shutil.rmtree(FOLDER, ignore_errors=True)
    addons = FOLDER / "odoo" / "addons"
    addons.mkdir(parents=True)
    for path in (package / "odoo").iterdir():
        if path.name != "addons":
            (FOLDER / "odoo" / path.name).symlink_to(path)
    for folder in (package / "odoo" / "addons", package / "addons", ROOT / "addons", ROOT / "tests"):
        for path in folder.iterdir() if folder.is_dir() else ():
            if not (addons / path.name).exists():
                (addons / path.name).symlink_to(path)
