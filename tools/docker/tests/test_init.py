"""The one-shot service: what it installs, when it updates, what it writes."""

import subprocess
import time

import pytest

STAMP = "property_outsourcing.update_stamp"


def test_first_start_installs_and_tells(box):
    source = box.name
    box.name += "_new"
    said = box.run("init.bash", SUITE_DATABASE=box.name, ODOO_SOURCE=source, SUITE_URL="https://a.example/")
    assert "about four minutes" in said
    assert "-i base,account,l10n_cn" in box.calls.read_text()
    assert box.parameter("web.base.url") == "https://a.example"
    assert box.parameter("web.base.url.freeze") == "True"
    box.name = source


def test_second_start_is_up_to_date(box):
    box.run("init.bash")
    box.calls.write_text("")
    assert "up to date" in box.run("init.bash")
    assert box.calls.read_text() == ""


@pytest.mark.parametrize(
    ("path", "variables", "updates"),
    [
        ("addons/sample/models.py", {}, True),
        ("addons/sample/__pycache__/models.cpython-312.pyc", {}, False),
        ("addons/sample/tests/test_x.py", {}, False),
        ("password", {"ODOO_VERSION": "19.0-2"}, True),
    ],
)
def test_update_follows_the_files_and_the_version_of_odoo(box, path, variables, updates):
    box.run("init.bash")
    (box.path / path).parent.mkdir(exist_ok=True)
    (box.path / path).write_text("changed")
    assert ("up to date" not in box.run("init.bash", **variables)) is updates


def test_older_dump_is_updated_after_it_was_restored(box):
    box.run("init.bash")
    box.run("backup.bash")
    (box.path / "addons" / "sample" / "models.py").write_text("newer")
    box.run("init.bash")
    newer = box.parameter(STAMP)
    box.run("restore.bash", box.names()[-1])
    assert box.parameter(STAMP) != newer
    assert "installing or updating sample" in box.run("init.bash")
    assert box.parameter(STAMP) == newer


def test_failed_update_leaves_no_stamp(box):
    box.run("init.bash", fails=True, ODOO_BREAKS="1")
    assert box.parameter(STAMP) is None


def test_running_server_is_never_updated_under(box):
    box.run("init.bash")
    (box.path / "addons" / "sample" / "models.py").write_text("newer")
    command = ["psql", "-d", box.name, "-c", "SELECT pg_sleep(60)"]
    with subprocess.Popen(command, env=box.environment | {"PGAPPNAME": "odoo-17"}) as server:
        while not box.sql("SELECT 1 FROM pg_stat_activity WHERE application_name = 'odoo-17'"):
            time.sleep(0.05)
        assert "run bin/compose-upgrade" in box.run("init.bash", fails=True)
        server.terminate()


def test_address_follows_the_setting_without_an_update(box):
    box.run("init.bash", SUITE_URL="http://localhost:8069")
    box.run("init.bash", SUITE_URL="https://b.example")
    assert box.parameter("web.base.url") == "https://b.example"


def test_demonstration_on_a_public_address_warns(box):
    box.sql("UPDATE ir_module_module SET demo = true WHERE name = 'property_outsourcing'")
    assert "WARNING" in box.run("init.bash", SUITE_URL="https://b.example")
    assert "WARNING" not in box.run("init.bash", SUITE_URL="http://localhost:8069")


def test_demonstration_once_loaded_needs_no_remembering(box):
    box.run("init.bash")
    box.run("init.bash", SUITE_DEMO="1")
    assert "MODULES = 'sample'" in box.calls.read_text()
    box.sql("UPDATE ir_module_module SET demo = true WHERE name = 'property_outsourcing'")
    assert "up to date" in box.run("init.bash")
    assert "up to date" in box.run("init.bash", SUITE_DEMO="1")


def test_token_of_the_metrics_is_written(box):
    (box.path / "token").write_text("abc")
    box.run("init.bash", METRICS_TOKEN_FILE=str(box.path / "token"))
    assert box.parameter("property_outsourcing.metrics_token") == "abc"
