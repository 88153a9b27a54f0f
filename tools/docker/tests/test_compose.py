"""The container files: what they name is there, Odoo knows its options, nothing is open that need not be.

What a compose file may say at all is told by check-jsonschema. Each test is seen to fail on a seeded fault.
"""

import configparser
import re
import subprocess

import pytest
import yaml

from odoo.tools import config

from tools.common import ROOT

PLAIN, PRODUCTION = "docker-compose.yml", "docker-compose.production.yml"
# What the world sees; everything else is published on the loopback address only.
PROXY_PORTS = ("80:80", "443:443")


def parse(text):
    """Return what a compose file says, each variable at its default."""
    before = None
    while text != before:
        before, text = text, re.sub(r"\$\{\w+:(?:-|\?.*?)([^{}]*)\}", r"\1", text)
    return yaml.safe_load(text)


def load(name):
    return parse((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture(params=[PLAIN, PRODUCTION])
def compose(request):
    return load(request.param)


def _services(compose):
    """Each service with its name, its mounts as pairs and its environment."""
    for name, service in compose["services"].items():
        mounts = [tuple(mount.split(":")[:2]) for mount in service.get("volumes", ())]
        yield name, service, mounts, service.get("environment", {})


def _is_ignored(path):
    command = ["git", "-c", "safe.directory=*", "check-ignore", "-q", "--no-index", path]
    return not subprocess.run(command, cwd=ROOT, check=False).returncode


def _copied():
    """What the Dockerfile copies, and where to."""
    return re.findall(
        r"(?m)^COPY (\S+) (\S+)$", (ROOT / "tools/docker/Dockerfile").read_text(encoding="utf-8")
    )


def test_what_a_service_names_is_declared(compose):
    for name, service, mounts, _environment in _services(compose):
        used = {
            "volumes": [source for source, _target in mounts if not source.startswith(".")],
            "secrets": service.get("secrets", ()),
            "networks": service.get("networks", ()),
            "services": service.get("depends_on", ()),
        }
        for kind, names in used.items():
            assert set(names) <= set(compose.get(kind, ())), f"{name}: {kind}"


def test_mounted_files_and_scripts_are_there(compose):
    for name, service, mounts, _environment in _services(compose):
        for source, _target in mounts:
            # passwords, certificates and backups are made on the machine
            there = not source.startswith(".") or (ROOT / source).exists() or _is_ignored(f"{source}/")
            assert there, f"{name}: {source}"
        check = service.get("healthcheck", {}).get("test", ())
        for word in [*service.get("entrypoint", ()), *service.get("command", ()), *check]:
            if re.fullmatch(r"/\S+sh", word):
                places = [*mounts, *_copied()]
                paths = [
                    ROOT / f"{source}{word.removeprefix(to)}" for source, to in places if word.startswith(to)
                ]
                assert any(path.is_file() for path in paths), f"{name}: {word}"


def test_passwords_are_files_that_git_never_sees(compose):
    for name, service, _mounts, environment in _services(compose):
        for variable, value in environment.items():
            if re.search("PASSW|SECRET|TOKEN", variable):
                folder, _slash, secret = value.rpartition("/")
                assert folder == "/run/secrets", f"{name}: {variable}"
                assert secret in service["secrets"], f"{name}: {variable}"
    for secret in compose["secrets"].values():
        assert _is_ignored(secret["file"])


def test_ports_are_open_on_this_machine_only(compose):
    for name, service, _mounts, _environment in _services(compose):
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:") or (name == "proxy" and port in PROXY_PORTS), (
                f"{name}: {port}"
            )


def test_services_have_a_version_and_tell_their_health(compose):
    for name, service, _mounts, _environment in _services(compose):
        assert ":" in service["image"], name
        assert service.get("restart") == "no" or "healthcheck" in service, name


def _read_option(name, value):
    option = config.options_index.get(name)
    assert option, f"Odoo knows no option {name}"
    config.parse(name, value)
    return option


def test_odoo_knows_its_options(compose):
    names = {option.env_name: name for name, option in config.options_index.items() if option.env_name}
    for _name, service, _mounts, environment in _services(compose):
        for variable, value in environment.items():
            if variable.startswith("ODOO_"):
                _read_option(names.get(variable, variable), str(value))
        program, *words = service.get("command") or [""]
        for word in words if program == "odoo" else ():
            flag, _equals, value = word.partition("=")
            option = config.parser.get_option(flag)
            assert option, f"Odoo knows no option {flag}"
            if value and option.dest in config.options_index:
                _read_option(option.dest, value)


def test_odoo_knows_its_configuration():
    parser = configparser.RawConfigParser()
    parser.read(ROOT / "odoo.conf", encoding="utf-8")
    for name, value in parser.items("options"):
        assert _read_option(name, value).file_loadable, name


def test_image_is_built_of_what_is_there():
    allowed = re.findall(r"(?m)^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"))
    for source, _target in _copied():
        assert (ROOT / source).exists(), source
        assert any(source == path or source.startswith(f"{path}/") for path in allowed), source


def test_production_runs_as_an_operator_expects():
    compose = load(PRODUCTION)
    services = compose["services"]
    for name, service in services.items():
        assert service["logging"]["options"]["max-size"], name
        assert service.get("restart") == ("no" if name == "init" else "unless-stopped"), name
        assert "SUITE_DEMO" not in service.get("environment", {}), name
    for name in ("init", "odoo", "backup"):
        assert services[name]["init"] is True, name
        assert not any("addons" in mount for mount in services[name]["volumes"]), name
    assert services["odoo"]["stop_grace_period"]
    assert services["db"]["environment"]["POSTGRES_USER"] != services["odoo"]["environment"]["PGUSER"]
    assert services["db"]["networks"] == ["database"]  # the way out is closed to the database
    assert compose["networks"]["database"] == {"internal": True}


@pytest.mark.parametrize(
    ("test", "name", "old", "new"),
    [
        (test_what_a_service_names_is_declared, PLAIN, "- odoo-data:/var", "- other-data:/var"),
        (test_what_a_service_names_is_declared, PRODUCTION, "networks: [outside]", "networks: [other]"),
        (test_mounted_files_and_scripts_are_there, PLAIN, "./tools:/opt", "./gone:/opt"),
        (test_mounted_files_and_scripts_are_there, PLAIN, "docker/init.bash", "docker/gone.bash"),
        (test_mounted_files_and_scripts_are_there, PRODUCTION, "docker/health.bash", "docker/gone.bash"),
        (test_passwords_are_files_that_git_never_sees, PLAIN, "/run/secrets/admin_password", "odoo"),
        (test_passwords_are_files_that_git_never_sees, PRODUCTION, "      - smtp_password\n", ""),
        (
            test_passwords_are_files_that_git_never_sees,
            PLAIN,
            "file: ./secrets/db_password",
            "file: README.md",
        ),
        (test_ports_are_open_on_this_machine_only, PLAIN, '"127.0.0.1:', '"'),
        (test_ports_are_open_on_this_machine_only, PRODUCTION, '- "443:443"', '- "8069:8069"'),
        (test_services_have_a_version_and_tell_their_health, PLAIN, "image: postgres:17", "image: postgres"),
        (test_services_have_a_version_and_tell_their_health, PLAIN, "healthcheck:", "x-healthcheck:"),
        (test_odoo_knows_its_options, PRODUCTION, "- --proxy-mode", "- --proxy-moed"),
        (test_odoo_knows_its_options, PRODUCTION, "ODOO_SMTP_SERVER", "ODOO_SMTP_HOST"),
        (test_odoo_knows_its_options, PRODUCTION, "{SUITE_WORKERS:-8}", "{SUITE_WORKERS:-many}"),
    ],
)
def test_seeded_fault_is_found(test, name, old, new):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert old in text
    with pytest.raises((AssertionError, ValueError, SystemExit)):
        test(parse(text.replace(old, new)))
