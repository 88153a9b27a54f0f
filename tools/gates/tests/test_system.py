"""What the operating system brings, on machines that are not this one."""

import pytest

from tools import debian, odoo_source, system
from tools.common import Refusal


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose only program is an apt-get that says a text; Odoo is not there yet."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ODOO_HOME", raising=False)
    monkeypatch.delenv("ODOO_DEBS", raising=False)
    monkeypatch.setattr(odoo_source, "PREFIX", tmp_path / "odoo")
    monkeypatch.setattr(debian, "DEBOOTSTRAP", tmp_path / "debootstrap")
    monkeypatch.setattr(debian, "KEYRING", tmp_path / "keyring.gpg")

    def apt(printed):
        (tmp_path / "apt-get").write_text(f'#!/bin/sh\n/bin/cat <<"END"\n{printed}\nEND\n')
        (tmp_path / "apt-get").chmod(0o755)

    apt("'http://archive.example/ubuntu/dists/noble/InRelease' a 0")
    return apt


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("'http://archive.example/debian/dists/bookworm/InRelease' a 0", "http://archive.example/debian"),
        ("'http://archive.example/debian-security/dists/bookworm-security/InRelease' a 0", None),
        ("'http://archive.example/debian/dists/bookworm-security/InRelease' a 0", None),
        ("'http://archive.example/ubuntu/dists/noble/InRelease' a 0", None),
    ],
)
def test_archive_is_the_one_that_apt_reads(machine, printed, known):
    machine(printed)
    assert debian.mirror() == known


def test_archive_is_the_one_that_debootstrap_knows_where_apt_reads_another(machine):
    assert "debootstrap" in system.missing_packages()
    debian.DEBOOTSTRAP.write_text('#!/bin/sh\nDEF_MIRROR="http://archive.example/debian"\n')
    assert debian.mirror() == "http://archive.example/debian"
    assert debian.needed_packages() == ["debian-archive-keyring"]


def test_packages_at_hand_need_no_archive(machine, monkeypatch):
    monkeypatch.setenv("ODOO_DEBS", "/packages")
    assert odoo_source.needed_packages() == []


def test_what_cannot_be_installed_is_named(machine):
    with pytest.raises(Refusal, match="ask an administrator to run: apt-get install wkhtmltopdf"):
        system.install(["wkhtmltopdf"])
