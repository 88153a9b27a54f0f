"""The documentation as a site, from the papers, the readme fragments and the code.

`bin/docs` builds it; `bin/docs serve` shows it on http://localhost:8000 and follows changes, and so on with
mkdocs' other commands. The pictures of the guide are taken anew by tools/site/pictures.py.
"""

import os

from . import venv
from .common import ROOT, STATE, clean_environment, digest, say

REQUIREMENTS = ROOT / "requirements-docs.txt"


def main(arguments):
    """Replace this process by mkdocs, in an environment of its own: its libraries are newer than Odoo's."""
    home = STATE / f"docs-{digest(REQUIREMENTS, STATE)}"
    if not (home / "complete").is_file():
        venv.build(home, [REQUIREMENTS], "building the environment of the site")
    if not arguments:
        say(f"the site: {STATE / 'site' / 'index.html'}")
    os.chdir(ROOT)
    environment = clean_environment() | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    os.execve(home / "bin/mkdocs", ["mkdocs", *(arguments or ["build", "--strict"])], environment)
