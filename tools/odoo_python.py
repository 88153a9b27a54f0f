"""Odoo's Python: scripts, ruff, pylint; its pytest runs on the kept test database unless it names another."""

from . import kept, odoo_run


def main(arguments):
    """`python ARGUMENTS`; pytest gets its database first, everything else replaces this process."""
    if arguments[:2] == ["-m", "pytest"] and not any("--odoo-database" in part for part in arguments):
        return kept.run_pytest(arguments[2:])
    odoo_run.replace_process([*odoo_run.python(), *arguments])
