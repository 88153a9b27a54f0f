"""What the operating system has to bring: programs, fonts, PostgreSQL."""

import importlib.util
import os
import shutil
from pathlib import Path

from . import debian, odoo_source
from .common import STATE, Refusal, run, stage

# Debian packages, and a program that each brings.
PROGRAMS = {
    "wkhtmltopdf": "wkhtmltopdf",
    "poppler-utils": "pdftoppm",
    "gettext": "msgfmt",
    "fontconfig": "fc-match",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NGINX = STATE / "nginx"


def postgres_bin():
    """The newest installed PostgreSQL server's programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def missing_packages():
    """Debian packages without which the suite does not run here."""
    missing = [package for package, program in PROGRAMS.items() if not shutil.which(program)]
    if not postgres_bin():
        missing.append("postgresql")
    if not any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        missing.append("fonts-noto-cjk")
    if not importlib.util.find_spec("ensurepip"):
        missing.append("python3-venv")
    return missing + odoo_source.needed_packages()


def install(packages):
    """Install packages as root or with passwordless sudo, or say in one sentence what to install."""
    if not packages:
        return
    names = " ".join(packages)
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    if os.geteuid():
        command = ["sudo", "-n", *command]
    with stage(f"installing {names}"):
        for action in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            run([*command, *action], f"ask an administrator to run: apt-get install {names}")


def require_browser():
    """Have a browser for the tests. Ubuntu's is a snap, which does not see their files: it needs another."""
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    if found and all(path.startswith("/snap/") for path in found):
        raise Refusal("the tests need a Chromium that is no snap: install Google Chrome.")
    if not found:
        install(["chromium"])


def nginx():
    """The nginx that tests its configuration: the machine's, or the one unpacked beside us; None without."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:{NGINX}/usr/sbin")
    return Path(found) if found else None


def unpack_nginx():
    """Have an nginx to test the configuration with; installed as a package it would start to serve."""
    if not nginx():
        folder = Path(os.environ.get("ODOO_DEBS") or NGINX)
        if not any(folder.glob("nginx_*.deb")):
            folder = NGINX
            install(debian.needed_packages())
            with stage("fetching nginx"):
                debian.download(NGINX, ["nginx/bookworm"])
        debian.unpack(folder, "nginx", NGINX)
