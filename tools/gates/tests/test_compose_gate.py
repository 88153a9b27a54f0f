# ruff: noqa: E501
"""The container files' checker passes them as they are and turns red on every seeded fault."""

import pytest

from tools import check_compose


def _loaded(old="", new="", path=check_compose.COMPOSE):
    text = path.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new) if old else text


def _problems(tmp_path, text):
    path = tmp_path / "compose.yml"
    path.write_text(text, encoding="utf-8")
    return list(check_compose.compose_problems(check_compose.load(path)))


def test_files_as_they_are():
    assert check_compose.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("./tools:/opt", "./gone:/opt", "does not exist"),
        ("- odoo-data:/var/lib/odoo", "- other-data:/var/lib/odoo", "is not declared"),
        ("- ./addons:/mnt/extra-addons:ro", "- ./addons:/mnt/other:ro", "is not mounted at"),
        ("/run/secrets/admin_password", "/run/secrets/nobody", "names a secret"),
        (
            "POSTGRES_PASSWORD_FILE: /run/secrets/db_password",
            "POSTGRES_PASSWORD: odoo",
            "secret in the environment",
        ),
        ("image: postgres:17", "image: postgres", "no image with a version"),
        ('      test: ["CMD", "pg_isready"', '      tset: ["CMD", "pg_isready"', "is no command"),
        ("docker/init.bash", "docker/gone.bash", "the command names"),
        ('"127.0.0.1:${ODOO_PORT', '"${ODOO_PORT', "open to every network"),
        ("  db-data:\n  odoo-data:", "  db-data:\n  odoo-data:\n  spare:", "is not used"),
        ("file: ./secrets/db_password", "file: ./README.md", "not ignored"),
        ('    restart: "no"', "    restart: always", "which is restarted"),
    ],
)
def test_seeded_fault_in_compose(tmp_path, old, new, said):
    found = _problems(tmp_path, _loaded(old, new))
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- --proxy-mode", "- --proxy-moed", "knows no option --proxy-moed"),
        ("--workers=${SUITE_WORKERS:-8}", "--workers=many", "cannot be read"),
        ("ODOO_SMTP_SERVER", "ODOO_SMTP_HOST", "Odoo reads no ODOO_SMTP_HOST"),
        ("docker/health.bash", "docker/gone.bash", "the command names"),
        ("nginx/certbot.sh:/opt", "nginx/gone.sh:/opt", "does not exist"),
        ('- "443:443"', '- "8069:8069"', "open to every network"),
        ("    internal: true", "    internal: false", "reaches the outside"),
        (
            "    networks: [database]\n    command:\n      - postgres",
            "    command:\n      - postgres",
            "reaches the outside",
        ),
        ("networks: [outside]\n    init", "networks: [other]\n    init", "is not declared"),
        ("      - smtp_password\n", "", "names a secret"),
    ],
)
def test_seeded_fault_in_production(tmp_path, old, new, said):
    found = _problems(tmp_path, _loaded(old, new, check_compose.PRODUCTION))
    assert any(said in problem for problem in found), found


def test_production_runs_as_an_operator_expects():
    services = check_compose.load(check_compose.PRODUCTION)["services"]
    for name, service in services.items():
        assert service["logging"]["options"]["max-size"], name
        assert service.get("restart") == ("no" if name == "init" else "unless-stopped"), name
    for name in ("init", "odoo", "backup"):
        assert services[name]["init"] is True, name
        assert not any("addons" in mount for mount in services[name]["volumes"]), name
    assert services["odoo"]["stop_grace_period"]
    assert services["db"]["environment"]["POSTGRES_USER"] != services["odoo"]["environment"]["PGUSER"]
    assert not any("SUITE_DEMO" in (service.get("environment") or {}) for service in services.values())


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("Dockerfile", "COPY tools/shell", "COPY tools/gone", "does not exist"),
        (".dockerignore", "!odoo.conf", "", "keeps odoo.conf out"),
    ],
)
def test_seeded_fault_in_the_image(tmp_path, monkeypatch, name, old, new, said):
    paths = {"Dockerfile": check_compose.DOCKERFILE, ".dockerignore": check_compose.DOCKERIGNORE}
    path = tmp_path / name
    path.write_text(_loaded(old, new, paths[name]))
    monkeypatch.setattr(check_compose, name.strip(".").upper(), path)
    assert any(said in problem for problem in check_compose.dockerfile_problems())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no_such_option = 1", "knows no option"),
        ("db_maxconn = many", "cannot be read"),
        ("[other]", "exactly the section"),
    ],
)
def test_seeded_fault_in_configuration(tmp_path, line, said):
    path = tmp_path / "odoo.conf"
    path.write_text(f"[options]\nlist_db = False\n{line}\n", encoding="utf-8")
    assert any(said in problem for problem in check_compose.configuration_problems(path))
