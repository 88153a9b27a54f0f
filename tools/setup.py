"""Install everything the suite runs on; a second run finds it done."""

from . import editor, odoo_source, system, venv
from .common import STATE, lock


def ensure():
    """Install what is missing: quick when nothing is."""
    for name in ("home", "run", "log", "data"):
        (STATE / name).mkdir(parents=True, exist_ok=True)
    with lock("setup"):
        system.install(system.missing_packages())
        odoo_source.install()
        venv.install()


def main(_arguments):
    """Everything is installed by now, as for each command; editors get a folder of their own."""
    editor.link()
    print("everything is installed")
