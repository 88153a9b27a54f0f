"""pylint with the checkers of Odoo's own test_lint: SQL injection, translation calls, raising in unlink."""

import os
import sys

from .base import core_addon

CHECKERS = (
    "used-before-assignment,undefined-variable,eval-used,unreachable,function-redefined,sql-injection,"
    "missing-gettext,gettext-variable,gettext-placeholders,gettext-repr,raise-unlink-override,syntax-error"
)
PLUGINS = (
    "_pylint_path_setup,pylint.extensions.bad_builtin,_odoo_checker_sql_injection,_odoo_checker_gettext,"
    "_odoo_checker_unlink_override"
)


def main(files):
    """Become pylint on these files."""
    here = core_addon("test_lint") / "tests"
    own = [path for path in sys.path if path and not path.startswith((sys.prefix, sys.base_prefix))]
    found = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(here), *own]),
        "ADDONS_PATH": os.pathsep.join(os.path.abspath(folder) for folder in ("addons", "tests")),
    }
    line = [
        "pylint", f"--rcfile={os.devnull}", "--disable=all", "--score=n", "--reports=n", "--jobs=2",
        "--disable=unknown-option-value",  # comments that switch off what pylint-odoo alone says
        "--msg-template={path}:{line}: {msg} ({symbol})", f"--enable={CHECKERS}", f"--load-plugins={PLUGINS}",
        "--bad-functions=input", *files,
    ]  # fmt: skip
    os.execvpe(line[0], line, found)


if __name__ == "__main__":
    main(sys.argv[1:])
