"""What a change may have forgotten, told and not refused: a line in HISTORY.md, a higher version."""

import re
import subprocess
from pathlib import PurePath

from tools.common import ROOT

SEEN_BY_USERS = re.compile(r"(models|views|data|security|report|wizards?|controllers)/.*\.(py|xml|csv)")


def _git(*arguments):
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout.strip()


def notes(base="main"):
    """Sentences about the add-ons that differ from the branch."""
    start = _git("merge-base", base, "HEAD") or "HEAD"
    names = [*_git("diff", "--name-only", start).splitlines()]
    names += _git("ls-files", "-o", "--exclude-standard").splitlines()
    return forgotten(names, lambda path: "version" in _git("diff", "-U0", start, "--", path))


def forgotten(names, is_raised):
    """Yield a sentence for each add-on with changed models or data, but no word or no version about it.

    :param is_raised: whether the manifest at this path has another version now
    """
    changed = {}
    for name in names:
        parts = PurePath(name).parts
        if parts[0] == "addons" and len(parts) > 2:
            changed.setdefault(parts[1], set()).add("/".join(parts[2:]))
    for addon, files in sorted(changed.items()):
        if not any(SEEN_BY_USERS.match(file) for file in files):
            continue
        if "readme/HISTORY.md" not in files:
            yield f"addons/{addon}: models or data changed, readme/HISTORY.md has no line about it"
        if not is_raised(f"addons/{addon}/__manifest__.py"):
            yield f"addons/{addon}: models or data changed, the version in the manifest is as before"


if __name__ == "__main__":
    print(*notes(), sep="\n", end="")
