"""Where Odoo's own add-ons are."""

import importlib.util
from pathlib import Path


def core_addon(name):
    """The folder of one of Odoo's own add-ons, or None. A source checkout keeps most of them elsewhere."""
    for folder in importlib.util.find_spec("odoo").submodule_search_locations:
        for place in (Path(folder) / "addons" / name, Path(folder).parent / "addons" / name):
            if (place / "__manifest__.py").is_file():
                return place
    return None
