"""What the operating system has to bring: programs, fonts, PostgreSQL."""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import odoo_source
from .common import ROOT, STATE, Refusal, is_root, lock, run, stage

NOTO = "fonts-noto-cjk"

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OS_RELEASE = Path("/etc/os-release")
NGINX = STATE / "nginx"

# What has to be there, and the Debian packages that bring it.
PROGRAMS = {
    "wkhtmltopdf": ("wkhtmltopdf",),
    "poppler-utils": ("pdftoppm",),
    "gettext": ("msgfmt",),
    "fontconfig": ("fc-match",),
}

FONT_RULE = ROOT / "tools" / "fonts" / "99-chinese.conf"
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <include>{rule}</include>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def postgres_bin():
    """The newest installed PostgreSQL server's programs, or None."""

    def version(path):
        return float(path.parts[-3]) if path.parts[-3].replace(".", "").isdigit() else 0

    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=version)
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def succeeds(command):
    """Whether a command ends with 0."""
    return subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def is_ubuntu():
    """Whether this is Ubuntu or made from it."""
    with contextlib.suppress(OSError):
        words = OS_RELEASE.read_text(encoding="utf-8").replace('"', "").split("\n")
        return any(re.match(r"ID(_LIKE)?=(.* )?ubuntu\b", word) for word in words)
    return False


def browser():
    """The browser that the tests drive, or None. One in a snap does not see the files of the tests."""
    for name in BROWSERS:
        path = shutil.which(name)
        if not path or Path(path).resolve().name == "snap" or path.startswith("/snap/"):
            continue
        with open(path, "rb") as program:
            start = program.read(4096)
        # Ubuntu's package chromium-browser is a script that starts, or asks for, the snap
        if not (start.startswith(b"#!") and b"/snap/bin/" in start):
            return path
    return None


def require_browser():
    """Say in one sentence what to do where no package brings a browser that the tests can drive."""
    if browser() is None:
        raise Refusal(
            "the tests need a Chromium that is no snap, and Ubuntu's package is one: install Google Chrome "
            "or another build of Chromium; bin/serve does without."
        )


def missing_packages():
    """Debian packages without which the suite does not run here."""
    missing = [
        package for package, programs in PROGRAMS.items() if not any(shutil.which(name) for name in programs)
    ]
    if browser() is None and not is_ubuntu():
        missing.append("chromium")
    if postgres_bin() is None:
        missing.append("postgresql")
    fonts = list(Path("/usr/share/fonts").rglob("NotoSansCJK*")) if Path("/usr/share/fonts").is_dir() else []
    if not fonts:
        missing.append(NOTO)
    if not succeeds(["/usr/bin/python3", "-c", "import ensurepip, venv"]):
        missing.append("python3-venv")
    return missing + odoo_source.needed_packages()


def install_packages():
    """Install what is missing, as root or with passwordless sudo, or say in one sentence what to install."""
    missing = missing_packages()
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        raise Refusal(f"these Debian packages (or their like) are needed and apt-get is not here: {names}.")
    sudo = []
    if not is_root():
        sudo = ["sudo", "-n"]
        if not shutil.which("sudo") or not succeeds(["sudo", "-n", "true"]):
            raise Refusal(f"ask an administrator to run: apt-get install {names}")
    with stage(f"installing {names}"):
        command = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
        run([*command, "update", "-q"], problem="the package lists could not be read")
        run(
            [*command, "install", "-q", "-y", "--no-install-recommends", *missing],
            problem=f"the packages {names} could not be installed",
            env=dict(os.environ),
        )
    still = missing_packages()
    if still:
        raise Refusal(f"still missing after the installation: {' '.join(still)}.")


def nginx():
    """The nginx that tests its configuration: the machine's, or the one unpacked beside us; None without."""
    for path in (shutil.which("nginx"), "/usr/sbin/nginx", NGINX / "usr" / "sbin" / "nginx"):
        if path and Path(path).is_file():
            return Path(path)
    return None


def unpack_nginx():
    """Have an nginx to test the configuration with; installed as a package it would start to serve."""
    if nginx():
        return
    with lock("nginx"), stage("fetching nginx"):
        for name in ("nginx", "nginx-core"):  # Ubuntu 22.04 has the program in the second
            shutil.rmtree(NGINX, ignore_errors=True)
            NGINX.mkdir(parents=True)
            with contextlib.suppress(Refusal):
                _download(name)
            # as for Odoo itself: where the archive is out of reach, from the directory that ODOO_DEBS names
            named = Path(os.environ.get("ODOO_DEBS") or NGINX)
            for package in [*NGINX.glob("*.deb"), *named.glob(f"{name}_*.deb")][:1]:
                run(["dpkg-deb", "-x", package, NGINX], problem=f"{package.name} could not be unpacked")
            if nginx():
                return
    raise Refusal("the configuration of nginx cannot be tested: apt-get install nginx")


def _download(name):
    command = ["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", name]
    try:
        run(command, cwd=NGINX)
    except Refusal:
        if not is_root():
            raise
        run(["apt-get", "-q", "update"], problem="the package lists could not be read")
        run(command, cwd=NGINX)


def write_font_rule():
    """A fontconfig file of our own, so that nothing in /etc is touched; FONTCONFIG_FILE points at it."""
    path = STATE / "fonts.conf"
    path.write_text(
        FONT_CONFIGURATION.format(rule=FONT_RULE, cache=STATE / "home" / "fontconfig"), encoding="utf-8"
    )
    path.chmod(0o644)
    return path
