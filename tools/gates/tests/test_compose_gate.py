# ruff: noqa: E501
"""The container files' checker passes them as they are and turns red on every seeded fault."""

import pytest

from tools import check_compose


def _loaded(old="", new=""):
    text = check_compose.COMPOSE.read_text(encoding="utf-8")
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
