"""Install everything the suite runs on; a second run finds it done."""

import argparse
import os

from . import editor, odoo_source, system, venv
from .common import ROOT, STATE, digest, lock, run_user, say, user_directory
from .entry import entry

INPUTS = (
    "requirements.txt",
    "requirements-dev.txt",
    "tools/setup.py",
    "tools/system.py",
    "tools/odoo_source.py",
    "tools/venv.py",
    "tools/fonts/99-chinese.conf",
)


def stamp():
    """The file that says it is done for these inputs; checkouts that share the state have one each."""
    key = digest(
        *(ROOT / path for path in INPUTS),
        os.environ.get("ODOO_HOME", ""),
        odoo_source.key(),
        STATE,
        run_user().pw_name,
    )
    return STATE / f"setup-{key}.done"


def done():
    """Whether the stamp is there and what it stands for still is."""
    return (
        stamp().is_file()
        and (venv.home() / "complete").is_file()
        and odoo_source.locate() is not None
        and system.postgres_bin() is not None
    )


def ensure():
    """Set up unless it is done; True when something was done."""
    STATE.mkdir(exist_ok=True)
    if done():
        return False
    with lock("setup"):
        if done():
            return False
        system.install_packages()
        for name in ("home", "pycache", "run", "log", "data"):
            user_directory(STATE / name)
        # The account that runs Odoo may not own the checkout, and git asks for a word about that.
        (STATE / "home" / ".gitconfig").write_text(f"[safe]\n\tdirectory = {ROOT}\n")
        system.write_font_rule()
        odoo_source.install()
        venv.install()
        venv.check()
        stamp().touch()
    return True


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/setup", description=__doc__)
    parser.parse_args(arguments)
    say("everything is installed" if ensure() else "everything was already installed")
    editor.link()
    return 0


if __name__ == "__main__":
    entry(main)
