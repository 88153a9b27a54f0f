"""bin/compose-*: what they ask of docker and tell a person. Docker itself is a script that writes it down."""

import shutil
import subprocess

import pytest

from tools.common import ROOT

DOCKER = """#!/usr/bin/env bash
echo "$*" >>"$CALLS"
case "$*" in
    'compose ps -aq odoo') echo 0123 ;;
    'inspect --format {{.Config.Image}} 0123') echo property-outsourcing:local ;;
    'inspect --format {{.Image}} 0123') echo sha256:before ;;
    *latest.bash) echo 20260101-020000 ;;
    'compose config') echo "${BUILDS:-}" ;;
esac
case "$*" in *"${BREAKS:-nothing breaks}"*) exit 1 ;; esac
"""
INIT = "run --rm -T init"


@pytest.fixture
def checkout(tmp_path):
    """A checkout of the commands alone; answers how to run one."""
    for name in ("bin", "addons/x", "tools", "stub"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "odoo.conf").touch()
    (tmp_path / "addons/x/a.py").touch()
    for path in (ROOT / "bin").glob("compose-*"):
        shutil.copy(path, tmp_path / "bin")
    (tmp_path / "stub" / "docker").write_text(DOCKER)
    (tmp_path / "stub" / "docker").chmod(0o755)

    def run(name, *arguments, fails=False, **variables):
        done = subprocess.run(
            [tmp_path / "bin" / name, *arguments],
            env={"PATH": f"{tmp_path}/stub:/usr/bin:/bin", "CALLS": str(tmp_path / "calls"), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert bool(done.returncode) is fails, done.stdout
        return done.stdout

    run.root = tmp_path
    run.calls = lambda: (tmp_path / "calls").read_text().splitlines()
    return run


def _order(calls, *words):
    """Each word stands in a call after that of the word before."""
    rest = iter(calls)
    missed = [word for word in words if not any(word in call for call in rest)]
    assert not missed, calls


def test_upgrade_stops_before_the_backup_and_starts_after_the_update(checkout):
    said = checkout("compose-upgrade")
    _order(
        checkout.calls(), "build", "stop odoo", "backup.bash", INIT, "compose up -d", "--wait --no-deps odoo"
    )
    assert "the state of before is the backup 20260101-020000" in said


def test_failed_update_brings_the_backup_and_the_image_of_before(checkout):
    said = checkout("compose-upgrade", fails=True, BREAKS=INIT, BUILDS="    build:")
    _order(
        checkout.calls(),
        INIT,
        "restore.bash 20260101-020000",
        "tag sha256:before property-outsourcing:local",
        "--no-build",
    )
    assert "the release and the data of before are running" in said


def test_failed_update_of_a_checkout_says_what_to_check_out(checkout):
    said = checkout("compose-upgrade", fails=True, BREAKS=INIT)
    assert "the data is as before, Odoo is stopped" in said
    assert not any("tag" in call for call in checkout.calls())


def test_server_that_does_not_get_healthy_is_a_failed_update(checkout):
    checkout("compose-upgrade", fails=True, BREAKS="--wait --no-deps odoo")
    assert any("restore.bash" in call for call in checkout.calls())


def test_upgrade_without_a_backup_does_not_begin(checkout):
    assert "did not begin" in checkout("compose-upgrade", fails=True, BREAKS="backup.bash")
    assert not any(INIT in call for call in checkout.calls())
    assert checkout.calls()[-1] == "compose start odoo backup"


def test_restore_stops_the_server_and_updates_afterwards(checkout):
    checkout("compose-restore", "20260101-020000")
    _order(checkout.calls(), "stop odoo", "restore.bash 20260101-020000", "compose up -d", "--no-deps odoo")


def test_failed_restore_starts_the_server_again(checkout):
    assert "nothing was restored" in checkout("compose-restore", "x", fails=True, BREAKS="restore.bash")
    assert checkout.calls()[-1] == "compose start odoo backup"


def test_backup_is_made_in_the_service(checkout):
    checkout("compose-backup")
    assert checkout.calls()[-1].endswith("backup.bash")


def test_secrets_are_written_once_and_readable(checkout):
    first = checkout("compose-secrets")
    assert checkout("compose-secrets") == first
    files = sorted(path.name for path in (checkout.root / "secrets").iterdir())
    assert files == ["admin_password", "db_password", "metrics_token", "postgres_password", "smtp_password"]
    assert all(path.stat().st_mode & 0o004 for path in (checkout.root / "secrets").iterdir())
    assert (checkout.root / "secrets").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("path", ["addons/x/a.py", "addons/x", "odoo.conf"])
def test_what_the_containers_cannot_read_is_named(checkout, path):
    (checkout.root / path).chmod(0o700)
    assert path in checkout("compose-secrets", fails=True)


def test_demonstration_is_remembered(checkout):
    checkout("compose-secrets", SUITE_DEMO="1")
    checkout("compose-secrets", SUITE_DEMO="1")
    assert (checkout.root / ".env").read_text() == "SUITE_DEMO=1\n"


def test_production_gets_a_certificate_to_begin_with(checkout):
    (checkout.root / ".env").write_text("COMPOSE_FILE=docker-compose.production.yml\nSUITE_HOST=a.example\n")
    checkout("compose-secrets")
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-text", "-in", checkout.root / "certificates" / "fullchain.pem"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "DNS:a.example" in shown.stdout
