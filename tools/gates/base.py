"""What every gate shares: a finding, and the files of a checkout."""

import ast
import importlib.util
import subprocess
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


def core_addon(name):
    """The folder of one of Odoo's own add-ons, or None. A source checkout keeps most of them elsewhere."""
    for folder in importlib.util.find_spec("odoo").submodule_search_locations:
        for place in (Path(folder) / "addons" / name, Path(folder).parent / "addons" / name):
            if (place / "__manifest__.py").is_file():
                return place
    return None


class Finding(NamedTuple):
    """One thing that is wrong, where, and in which line (0 when it concerns the whole file)."""

    path: str
    line: int
    text: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}"


class Addon(NamedTuple):
    """An add-on's folder and its manifest as written."""

    name: str
    path: Path
    manifest: dict

    def files(self, *suffixes, under=""):
        """Files of the add-on with one of the suffixes, sorted."""
        return sorted(
            path
            for path in (self.path / under).rglob("*")
            if path.suffix in suffixes and path.is_file() and "__pycache__" not in path.parts
        )


class Checkout:
    """The files a gate looks at. Tests point it at a scratch copy."""

    def __init__(self, root=ROOT):
        self.root = Path(root)

    def relative(self, path):
        return str(Path(path).relative_to(self.root))

    def finding(self, path, line, text):
        """A finding with the path as seen from the root."""
        return Finding(self.relative(path), line, text)

    def _addons(self, folder):
        found = []
        for path in sorted((self.root / folder).glob("*/__manifest__.py")):
            found.append(
                Addon(path.parent.name, path.parent, ast.literal_eval(path.read_text(encoding="utf-8")))
            )
        return found

    @cached_property
    def product(self):
        """Add-ons that are installed at customers."""
        return self._addons("addons")

    @cached_property
    def addons(self):
        """Product and test add-ons."""
        return self.product + self._addons("tests")

    @cached_property
    def kept(self):
        """Files that git has or would take."""
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "-c", "-o", "--exclude-standard"],
            cwd=self.root, check=True, capture_output=True,
        ).stdout.decode()  # fmt: skip
        paths = [self.root / name for name in sorted(set(listed.split("\0"))) if name]
        return [path for path in paths if path.is_file()]
