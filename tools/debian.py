"""The Debian archive, read without touching the machine's own package sources."""

import os
import re
from pathlib import Path

from .common import Refusal, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Knows where the archive is, on machines whose own packages come from another.
DEBOOTSTRAP = Path("/usr/sbin/debootstrap")
OUT_OF_REACH = "the Debian archive is out of reach: ODOO_HOME may name an Odoo 19, ODOO_DEBS its packages"


def mirror():
    """Address of the archive, as apt has it on Debian and debootstrap elsewhere; None when neither knows."""
    printed = run(["apt-get", "update", "--print-uris", "-q"], OUT_OF_REACH)
    found = re.search(r"(?m)^'(\S*/debian)/dists/(?!\S*security)", printed)
    if not found and DEBOOTSTRAP.is_file():
        text = DEBOOTSTRAP.read_text(encoding="utf-8", errors="replace")
        found = re.search(r'(?m)^DEF_MIRROR="?(https?:[^"\s]*/debian)/?"?\s*$', text)
    return found[1] if found else None


def needed_packages():
    """System packages that know the archive and its signatures, where the machine does not."""
    missing = [] if mirror() else ["debootstrap"]
    return missing + ([] if KEYRING.is_file() else ["debian-archive-keyring"])


def download(directory, names):
    """Fetch packages, each as NAME/SUITE, into a directory, with an apt state inside it."""
    apt = directory / "apt"
    for part in ("lists/partial", "cache/archives/partial", "empty"):
        (apt / part).mkdir(parents=True, exist_ok=True)
    (apt / "status").touch()
    suites = sorted({name.partition("/")[2] for name in names})
    lines = [f"deb [signed-by={KEYRING}] {mirror()} {suite} main\n" for suite in suites]
    (apt / "sources.list").write_text("".join(lines))
    options = {
        "Dir::Etc::sourcelist": apt / "sources.list",
        "Dir::Etc::sourceparts": apt / "empty",
        "Dir::Etc::preferencesparts": apt / "empty",
        "Dir::State": apt,
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "APT::Sandbox::User": "" if os.geteuid() else "root",
        "APT::Update::Post-Invoke-Success::": "",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
    }
    command = ["apt-get", "-q"]
    for name, value in options.items():
        command += ["-o", f"{name}={value}"]
    run([*command, "update"], OUT_OF_REACH)
    run([*command, "download", *names], OUT_OF_REACH, cwd=directory)


def unpack(directory, name, prefix):
    """Lay out the files of a package that lies in a directory."""
    found = sorted(directory.glob(f"{name}_*.deb"))
    if not found:
        raise Refusal(f"{directory} lacks the package {name}.")
    run(["dpkg-deb", "-x", found[-1], prefix], f"{found[-1].name} could not be unpacked")
    return found[-1].name
