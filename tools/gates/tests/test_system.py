"""What the operating system brings, on machines that are not this one."""

import contextlib

import pytest

from tools import odoo_source, system
from tools.common import Refusal

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
UBUNTU = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'
MINT = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n'


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on its path; answers how to put a program there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "OS_RELEASE", tmp_path / "os-release")
    (tmp_path / "os-release").write_text(DEBIAN)

    def add(name, text="#!/bin/sh\n"):
        path = tmp_path / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    return add


@pytest.mark.parametrize(("release", "said"), [(DEBIAN, False), (UBUNTU, True), (MINT, True), ("", False)])
def test_ubuntu_is_known(machine, release, said):
    system.OS_RELEASE.write_text(release)
    assert system.is_ubuntu() is said


def test_missing_release_is_no_ubuntu(machine):
    system.OS_RELEASE.unlink()
    assert system.is_ubuntu() is False


def test_debian_installs_its_chromium(machine):
    assert "chromium" in system.missing_packages()
    machine("chromium")
    assert "chromium" not in system.missing_packages()


def test_ubuntu_is_not_asked_for_a_snap(machine):
    system.OS_RELEASE.write_text(UBUNTU)
    assert "chromium" not in system.missing_packages()
    with pytest.raises(Refusal, match="no snap"):
        system.require_browser()


def test_snap_is_no_browser_for_the_tests(machine, tmp_path):
    snap = machine("snap")
    (tmp_path / "chromium").symlink_to(snap)
    machine("chromium-browser", '#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    assert system.browser() is None
    chrome = machine("google-chrome-stable")
    assert system.browser() == str(chrome)
    system.require_browser()


@pytest.fixture
def foreign_archive(tmp_path, monkeypatch):
    """A machine whose packages come from another archive than Debian's, without Odoo."""
    monkeypatch.delenv("ODOO_HOME", raising=False)
    monkeypatch.delenv("ODOO_DEBS", raising=False)
    monkeypatch.setattr(odoo_source, "PREFIX", tmp_path / "odoo")
    monkeypatch.setattr(odoo_source, "debian_mirror", lambda: None)
    monkeypatch.setattr(odoo_source, "DEBOOTSTRAP", tmp_path / "debootstrap")
    monkeypatch.setattr(odoo_source, "KEYRING", tmp_path / "keyring.gpg")


def test_debootstrap_is_asked_for_where_the_archive_is_another(foreign_archive):
    assert odoo_source.needed_packages() == ["debootstrap", "debian-archive-keyring"]
    odoo_source.DEBOOTSTRAP.touch()
    odoo_source.KEYRING.touch()
    assert odoo_source.needed_packages() == []


def test_packages_at_hand_need_no_archive(foreign_archive, monkeypatch):
    monkeypatch.setenv("ODOO_DEBS", "/packages")
    assert odoo_source.needed_packages() == []


def test_archive_is_the_one_that_debootstrap_knows(foreign_archive):
    assert odoo_source.known_mirror() is None
    odoo_source.DEBOOTSTRAP.write_text('#!/bin/sh\nDEF_MIRROR="http://archive.example/debian"\n')
    assert odoo_source.known_mirror() is None, "nothing to check signatures with"
    odoo_source.KEYRING.touch()
    assert odoo_source.known_mirror() == ("http://archive.example/debian", str(odoo_source.KEYRING))


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("'http://archive.example/debian/dists/bookworm/InRelease' a 0\n", "http://archive.example/debian"),
        ("'http://archive.example/debian-security/dists/bookworm-security/InRelease' a 0\n", None),
        ("'http://archive.example/debian/dists/bookworm-security/InRelease' a 0\n", None),
        ("'http://archive.example/ubuntu/dists/noble/InRelease' a 0\n", None),
    ],
)
def test_archive_is_the_one_that_apt_reads(machine, tmp_path, monkeypatch, printed, known):
    machine("apt-get", f'#!/bin/sh\n/bin/cat <<"END"\n{printed}END\n')
    monkeypatch.setattr(odoo_source, "KEYRING", tmp_path / "keyring.gpg")
    assert odoo_source.debian_mirror() is None, "nothing to check signatures with"
    odoo_source.KEYRING.touch()
    assert odoo_source.debian_mirror() == (known and (known, str(odoo_source.KEYRING)))


@pytest.fixture
def without_nginx(machine, tmp_path, monkeypatch):
    """A machine without nginx, whose apt-get fetches nothing."""
    monkeypatch.setattr(system, "NGINX", tmp_path / "nginx")
    monkeypatch.setattr(system, "nginx", lambda: next(iter((tmp_path / "nginx").rglob("sbin/nginx")), None))
    monkeypatch.setattr(system, "lock", lambda _name: contextlib.nullcontext())
    machine("apt-get", "#!/bin/sh\nexit 100\n")
    machine("dpkg-deb", '#!/bin/sh\n/bin/mkdir -p "$3/usr/sbin"\n/bin/cp "$2" "$3/usr/sbin/nginx"\n')
    return machine


def test_nginx_that_cannot_be_had_is_one_sentence(without_nginx, monkeypatch):
    monkeypatch.delenv("ODOO_DEBS", raising=False)
    with pytest.raises(Refusal, match="apt-get install nginx"):
        system.unpack_nginx()


def test_nginx_is_taken_from_the_directory_of_packages(without_nginx, tmp_path, monkeypatch):
    (tmp_path / "debs").mkdir()
    (tmp_path / "debs" / "nginx_1.22.1_amd64.deb").write_text("package")
    monkeypatch.setenv("ODOO_DEBS", str(tmp_path / "debs"))
    system.unpack_nginx()
    assert system.nginx().read_text() == "package"


def test_nginx_is_fetched_as_a_package_that_is_not_installed(without_nginx, monkeypatch):
    monkeypatch.delenv("ODOO_DEBS", raising=False)
    without_nginx("apt-get", "#!/bin/sh\necho package >nginx_1_amd64.deb\n")
    system.unpack_nginx()
    assert system.nginx()
