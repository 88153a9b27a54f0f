"""Install everything the suite runs on; a second run finds it done."""

import argparse
import os

from . import odoo_source, system, venv
from .common import ROOT, STATE, digest, entry, lock, run_user, say, user_directory

INPUTS = (
    "requirements.txt",
    "requirements-dev.txt",
    "tools/setup.py",
    "tools/system.py",
    "tools/odoo_source.py",
    "tools/venv.py",
    "tools/fonts/99-chinese.conf",
)


def stamp_key():
    return digest(
        *(ROOT / path for path in INPUTS),
        os.environ.get("ODOO_HOME", ""),
        odoo_source.key(),
        STATE,
        run_user().pw_name,
    )


def done():
    """Whether the stamp belongs to these inputs and what it stands for is still there."""
    stamp = STATE / "setup.done"
    return (
        stamp.is_file()
        and stamp.read_text() == stamp_key()
        and venv.LINK.exists()
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
        (STATE / "setup.done").write_text(stamp_key())
    return True


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/setup", description=__doc__)
    parser.parse_args(arguments)
    say("everything is installed" if ensure() else "everything was already installed")
    return 0


if __name__ == "__main__":
    entry(main)
