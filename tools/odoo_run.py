"""Run Odoo's command line with our configuration, add-ons path and cluster."""

import os
import subprocess
import sys

from . import cluster, setup, venv
from .common import (
    ROOT,
    STATE,
    as_user,
    become_user,
    checkout_reachable,
    clean_environment,
    is_root,
    run_user,
    user_directory,
)
from .entry import entry

LAUNCHER = ROOT / "tools" / "launcher" / "odoo"
PASSED = ("ODOO_SKIP_GC_SESSIONS",)


def addons_path():
    """Our folders that hold an add-on; Odoo's own folder is found by Odoo."""
    folders = [ROOT / "addons", ROOT / "tests"]
    return [folder for folder in folders if any(folder.glob("*/__manifest__.py"))]


def environment(server):
    """The environment in which Odoo finds everything; the command line still overrides it."""
    user_directory(STATE / "data")
    found = clean_environment() | server.environment()
    found.update(
        {
            "ODOO_RC": str(ROOT / "odoo.conf"),
            "ODOO_ADDONS_PATH": ",".join(str(path) for path in addons_path()),
            "ODOO_DATA_DIR": str(user_directory(STATE / "data" / server.name)),
            "ODOO_HTTP_INTERFACE": "127.0.0.1",
            "ODOO_SCREENSHOTS": str(user_directory(STATE / "screenshots")),
            "FONTCONFIG_FILE": str(STATE / "fonts.conf"),
            "VIRTUAL_ENV": str(venv.home()),
            "PATH": f"{venv.home()}/bin:{cluster.postgres_bin()}:{found['PATH']}",
        }
    )
    if is_root() and not checkout_reachable():
        found["ODOO_AS_ROOT"] = "1"
    found.update({name: os.environ[name] for name in PASSED if name in os.environ})
    return found


def python():
    """The Python that finds Odoo and our tools."""
    return [venv.program()]


def command(arguments):
    return [*python(), str(LAUNCHER), *arguments]


def subprocess_options(server=None):
    """Environment, directory and account for subprocess."""
    server = server or cluster.current()
    return {"env": environment(server), "cwd": ROOT, **as_user()}


def run(server, arguments, log, source="", timeout=None, **more):
    """Run Odoo to its end; what it says goes to the file ``log``.

    :param source: what ``odoo shell`` is fed
    :param more: variables of the environment
    :return: its exit code
    """
    options = subprocess_options(server)
    options["env"] |= more
    with open(log, "w", encoding="utf-8") as handle:
        return subprocess.run(
            command(arguments), input=source, encoding="utf-8", stdout=handle, stderr=subprocess.STDOUT,
            check=False, timeout=timeout, **options,
        ).returncode  # fmt: skip


def replace_process(line, server, *, as_owner=False):
    """Become this command, run as Odoo is; as the checkout's owner where it writes into the checkout."""
    found = environment(server)
    if as_owner:
        found |= {"HOME": os.environ.get("HOME", "/"), "USER": os.environ.get("USER", run_user().pw_name)}
    else:
        become_user()
    sys.stdout.flush()
    os.execve(line[0], line, found)


def main(arguments):
    """Odoo's own command line; replaces this process."""
    setup.ensure()
    server = cluster.current().start()
    replace_process(command(arguments), server, as_owner=arguments[:1] in (["i18n"], ["scaffold"]))


if __name__ == "__main__":
    entry(main)
