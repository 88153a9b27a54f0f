"""Change one rule at a time - amounts, caps, clocks, gates, evidence - and look whether a test notices.

`bin/mutants` changes every rule, `bin/mutants FILE...` those of some files, `--sample 200` so many of them,
evenly spread. What no test notices is listed at the end: it wants a test, or a line in equivalent.txt. Takes
a second or more a change and uses one core; no part of bin/test.
"""

import os
import subprocess

from tools import database, kept, odoo_run
from tools.common import ROOT, STATE, lock


def main(arguments):
    """Copy the kept test database and hand over to a process that has Odoo loaded."""
    os.environ["ODOO_CLUSTER"] = "test"
    with lock(kept.NAME):
        server = kept.ensure()
        name = f"mutants_{kept.NAME}"
        database.drop(server, name)
        database.copy(server, kept.NAME, name)
    options = odoo_run.subprocess_options(server)
    options["env"] |= {"PYTHONPATH": str(ROOT), "PGDATABASE": name, "TOOL_NAME": "mutants"}
    (STATE / "mutants").mkdir(exist_ok=True)
    try:
        line = [*odoo_run.python(), "-m", "tools.mutants.worker", *arguments]
        return subprocess.run(line, check=False, **options).returncode
    finally:
        database.drop(server, name)
