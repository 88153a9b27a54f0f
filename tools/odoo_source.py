"""Odoo itself: an installation the caller names, or the Debian package unpacked beside us."""

import os
import shutil
from pathlib import Path

from . import debian
from .common import STATE, Refusal, digest, stage

PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-underscore/sid",
    "libjs-jquery-form/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-montserrat/sid",
    "fonts-glyphicons-halflings/sid",
    "fonts-ocr-b/sid",
    # The Font Awesome of sid is version 7, which lacks the files that Odoo links to.
    "fonts-font-awesome/bookworm",
    "fonts-inconsolata/bookworm",
)
# Left out of Debian's build; its absence is an error in the backend's asset bundle.
PLACEHOLDER = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
PREFIX = STATE / "odoo"
INSIDE = "usr/lib/python3/dist-packages"


def locate():
    """The directory to put on Python's path; ODOO_HOME wins over the unpacked package. None: not here yet."""
    named = os.environ.get("ODOO_HOME")
    home = Path(named).expanduser().resolve() if named else PREFIX
    for candidate in (home, home / INSIDE):
        if (candidate / "odoo" / "release.py").is_file():
            return candidate
    if named:
        raise Refusal(f"ODOO_HOME is {named}, but there is no Odoo in it.")
    return None


def key():
    """Changes when another Odoo is used."""
    return digest(locate(), locate() / "odoo" / "release.py", PREFIX / "packages.txt")


def needed_packages():
    """System packages without which Odoo cannot be fetched."""
    return [] if locate() or os.environ.get("ODOO_DEBS") else debian.needed_packages()


def install():
    """Unpack Odoo into the state directory, all or nothing."""
    if locate():
        return
    work = STATE / "odoo.new"
    shutil.rmtree(work, ignore_errors=True)
    (work / "packages").mkdir(parents=True)
    named = os.environ.get("ODOO_DEBS")
    if not named:
        with stage("fetching the Odoo 19 packages"):
            debian.download(work / "packages", PACKAGES)
    folder, prefix = Path(named or work / "packages").resolve(), work / "prefix"
    with stage("unpacking Odoo"):
        names = [debian.unpack(folder, package.partition("/")[0], prefix) for package in PACKAGES]
    placeholder = prefix / INSIDE / PLACEHOLDER
    placeholder.parent.mkdir(parents=True, exist_ok=True)
    placeholder.write_text("/* Left out of this build of Odoo. */\n")
    # a second copy of the add-ons, Python files only
    shutil.rmtree(prefix / INSIDE / "addons", ignore_errors=True)
    (prefix / "packages.txt").write_text("".join(f"{name}\n" for name in names))
    shutil.rmtree(PREFIX, ignore_errors=True)
    prefix.rename(PREFIX)
    shutil.rmtree(work)
