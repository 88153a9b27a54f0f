"""Odoo's Python: scripts, ruff, pylint; its pytest runs on the kept test database unless it names another."""

from . import cluster, kept, odoo_run, setup
from .entry import entry


def main(arguments):
    """`python ARGUMENTS`; pytest gets its database first, everything else replaces this process."""
    setup.ensure()
    if arguments[:2] == ["-m", "pytest"] and not any(
        part.startswith("--odoo-database") for part in arguments
    ):
        return kept.run_pytest(arguments[2:])
    odoo_run.replace_process([*odoo_run.python(), *arguments], cluster.current().start())


if __name__ == "__main__":
    entry(main)
