"""Odoo itself: an installation the caller names, or the Debian package unpacked beside us."""

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from .common import STATE, Refusal, digest, is_root, need_space, run, stage

FROM_SID = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-glyphicons-halflings",
    "fonts-ocr-b",
)
# The Font Awesome of sid is version 7, which lacks the files that Odoo links to.
FROM_BOOKWORM = ("fonts-font-awesome", "fonts-inconsolata")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Knows where the Debian archive is, on machines whose own packages come from another.
DEBOOTSTRAP = Path("/usr/sbin/debootstrap")
# Left out of Debian's build; its absence is an error in the backend's asset bundle.
PLACEHOLDER = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
PREFIX = STATE / "odoo"


def python_directory(home):
    """The directory to put on Python's path for an Odoo checkout or package, or None."""
    for candidate in (home, home / "usr/lib/python3/dist-packages", home / "dist-packages", home.parent):
        if (candidate / "odoo" / "release.py").is_file():
            return candidate
    return None


def locate():
    """Odoo's directory on Python's path; ODOO_HOME wins over the unpacked package."""
    named = os.environ.get("ODOO_HOME")
    if named:
        found = python_directory(Path(named).expanduser().resolve())
        if not found:
            raise Refusal(f"ODOO_HOME is {named}, but there is no Odoo in it.")
        release = (found / "odoo" / "release.py").read_text(encoding="utf-8")
        if not re.search(r"version_info\s*=\s*\(\s*19\s*,", release):
            raise Refusal(f"ODOO_HOME is {named}, but that is not Odoo 19.")
        return found
    return python_directory(PREFIX) if PREFIX.is_dir() else None


def key():
    """Changes when another Odoo is used."""
    found = locate()
    if found is None:
        return "none"
    release = found / "odoo" / "release.py"
    stamp = PREFIX / "packages.txt"
    return digest(found, release, stamp if stamp.is_file() and not os.environ.get("ODOO_HOME") else "")


def debian_mirror():
    """Address and keyring of the Debian archive that apt reads on this machine, or None."""
    with contextlib.suppress(OSError, Refusal):
        printed = run(["apt-get", "update", "--print-uris", "-q"])
        found = re.search(r"(?m)^'((?:https?|file|mirror\+\w+):\S*/debian)/dists/(?!\S*security)", printed)
        if found and KEYRING.is_file():
            return found[1], str(KEYRING)
    return None


def known_mirror():
    """Address and keyring of the Debian archive as debootstrap knows them, or None."""
    with contextlib.suppress(OSError):
        text = DEBOOTSTRAP.read_text(encoding="utf-8", errors="replace")
        found = re.search(r'(?m)^DEF_MIRROR="?(https?:[^"\s]*/debian/?)"?\s*$', text)
        if found and KEYRING.is_file():
            return found[1], str(KEYRING)
    return None


def needed_packages():
    """System packages without which the archive is not found: none where Odoo is here or Debian is."""
    if locate() or debian_mirror() or os.environ.get("ODOO_DEBS"):
        return []
    wanted = {"debootstrap": DEBOOTSTRAP, "debian-archive-keyring": KEYRING}
    return [package for package, path in wanted.items() if not path.is_file()]


def download(directory):
    """Fetch the packages with an apt state of our own; nothing of the machine's package sources changes."""
    mirror = debian_mirror() or known_mirror()
    if not mirror or not shutil.which("apt-get"):
        raise Refusal("no Debian archive is configured on this machine.")
    uri, keyring = mirror
    apt = directory / "apt"
    for part in ("lists/partial", "cache/archives/partial", "empty"):
        (apt / part).mkdir(parents=True)
    (apt / "status").touch()
    sources = apt / "sources.list"
    sources.write_text(
        "".join(f"deb [signed-by={keyring}] {uri} {suite} main\n" for suite in ("sid", "bookworm"))
    )
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": apt / "empty",
        "Dir::Etc::preferencesparts": apt / "empty",
        "Dir::State": apt,
        "Dir::State::lists": apt / "lists",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt / "cache",
        "APT::Sandbox::User": "root" if is_root() else "",
        "APT::Update::Post-Invoke-Success::": "",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
    }
    command = ["apt-get", "-q"]
    for name, value in options.items():
        command += ["-o", f"{name}={value}"]
    run([*command, "update"], problem="the Debian package lists could not be read")
    names = [f"{name}/sid" for name in FROM_SID] + [f"{name}/bookworm" for name in FROM_BOOKWORM]
    run([*command, "download", *names], problem="the Debian packages could not be downloaded", cwd=directory)
    return _complete(directory)


def _complete(directory):
    """One .deb per package name, checked against SHA256SUMS when there is one."""
    packages = []
    for name in FROM_SID + FROM_BOOKWORM:
        found = sorted(directory.glob(f"{name}_*.deb"))
        if not found:
            raise Refusal(f"{directory} lacks the package {name}.")
        packages.append(found[-1])
    sums = directory / "SHA256SUMS"
    if sums.is_file():
        run(
            ["sha256sum", "--check", "--quiet", "--ignore-missing", sums],
            cwd=directory,
            problem=f"a package in {directory} is damaged",
        )
    return packages


def fetch(directory):
    """The packages: from the Debian archive, or else from the directory that ODOO_DEBS names."""
    try:
        with stage("fetching the Odoo 19 packages"):
            return download(directory)
    except Refusal as refusal:
        named = os.environ.get("ODOO_DEBS")
        if not named or not Path(named).is_dir():
            raise Refusal(
                f"{str(refusal).rstrip('.')}: set ODOO_HOME to an Odoo 19 checkout, or ODOO_DEBS to a "
                f"directory with the .deb files of {' '.join(FROM_SID + FROM_BOOKWORM)}."
            ) from refusal
        return _complete(Path(named).resolve())


def mend(found):
    """Add the file that the package lacks, drop its second copy of the add-ons (Python files only)."""
    placeholder = found / PLACEHOLDER
    placeholder.parent.mkdir(parents=True, exist_ok=True)
    placeholder.write_text("/* Left out of this build of Odoo. */\n")
    if (found / "odoo/addons/web/static").is_dir():
        shutil.rmtree(found / "addons", ignore_errors=True)


def fetched(directory):
    """The packages; those that a run fetched which was killed later on are taken as they are."""
    complete = directory / "complete"
    if complete.is_file():
        return _complete(directory)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    packages = fetch(directory)
    if packages[0].parent == directory:
        complete.touch()
    return packages


def install():
    """Unpack Odoo into the state directory, all or nothing."""
    work = STATE / "odoo.new"  # always the same, so that what a killed run left is found and taken or removed
    if locate():
        shutil.rmtree(work, ignore_errors=True)
        return
    need_space(STATE, 3)
    packages = fetched(work / "packages")
    for left in work.glob("prefix-*"):
        shutil.rmtree(left, ignore_errors=True)
    # a name of its own: what unpacks for a killed run may still be writing
    prefix = Path(tempfile.mkdtemp(prefix="prefix-", dir=work))
    work.chmod(0o755)
    try:
        with stage("unpacking Odoo"):
            for package in packages:
                run(["dpkg-deb", "-x", package, prefix], problem=f"{package.name} could not be unpacked")
        found = python_directory(prefix)
        if not found:
            raise Refusal("the package odoo-19 no longer has Odoo where it is looked for.")
        mend(found)
        (prefix / "packages.txt").write_text("".join(f"{package.name}\n" for package in packages))
        prefix.chmod(0o755)
        shutil.rmtree(PREFIX, ignore_errors=True)
        prefix.rename(PREFIX)
    except BaseException:
        shutil.rmtree(prefix, ignore_errors=True)
        raise
    shutil.rmtree(work, ignore_errors=True)
