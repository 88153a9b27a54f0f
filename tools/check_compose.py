"""Check docker-compose.yml and odoo.conf: everything they refer to has to exist.

Run as `bin/odoo-python -m tools.check_compose`; gates import `problems()`.
"""

import configparser
import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = ROOT / "docker-compose.yml"
CONFIGURATION = ROOT / "odoo.conf"
SECRETS = "/run/secrets/"
# Where the official images expect their files.
MOUNTS = {"odoo:": {"./odoo.conf": "/etc/odoo/odoo.conf", "./addons": "/mnt/extra-addons"}}


def load(path=COMPOSE):
    """The parsed file; a tab or a bad anchor raises yaml.YAMLError."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def split_mount(mount):
    """Source and target of a volume in short syntax."""
    parts = mount.split(":")
    return parts[0], parts[1]


def mount_problems(name, service, declared):
    """Binds point at files of the repository, named volumes at declared ones."""
    for mount in service.get("volumes", ()):
        source, target = split_mount(mount)
        if source.startswith("."):
            if not (ROOT / source).exists():
                yield f"{name}: {source} does not exist"
        elif source not in declared:
            yield f"{name}: the volume {source} is not declared"
        if not target.startswith("/"):
            yield f"{name}: {target} is not an absolute path"
    mounted = dict(split_mount(mount) for mount in service.get("volumes", ()))
    for prefix, expected in MOUNTS.items():
        if service.get("image", "").startswith(prefix):
            for source, target in expected.items():
                if mounted.get(source) != target:
                    yield f"{name}: {source} is not mounted at {target}"


def secret_problems(name, service, declared):
    """Secrets are declared, named by the environment as files only, and the service has them."""
    secrets = service.get("secrets", ())
    for secret in secrets:
        if secret not in declared:
            yield f"{name}: the secret {secret} is not declared"
    for variable, value in (service.get("environment") or {}).items():
        if str(value).startswith(SECRETS) and str(value).removeprefix(SECRETS) not in secrets:
            yield f"{name}: {variable} names a secret that the service does not have"
        if re.search(r"PASSW|SECRET|TOKEN", variable) and not variable.endswith("_FILE"):
            yield f"{name}: {variable} is a secret in the environment"


def dependency_problems(name, service, services):
    """Services waited for exist and can reach the awaited state."""
    for other, wanted in (service.get("depends_on") or {}).items():
        if other not in services:
            yield f"{name}: depends on {other}, which is no service"
        elif wanted["condition"] == "service_healthy" and "healthcheck" not in services[other]:
            yield f"{name}: waits for {other} to be healthy, which has no health check"
        elif wanted["condition"] == "service_completed_successfully" and services[other].get(
            "restart"
        ) not in ("no", None):
            yield f"{name}: waits for {other} to end, which is restarted"


def health_problems(name, service):
    """What stays up has a health check in exec or shell form."""
    check = service.get("healthcheck")
    if not check:
        if service.get("restart") != "no":
            yield f"{name}: no health check"
        return
    test = check.get("test")
    if not isinstance(test, list) or len(test) < 2 or test[0] not in ("CMD", "CMD-SHELL"):
        yield f"{name}: the health check is no command"
    for key in ("interval", "timeout", "retries"):
        if key not in check:
            yield f"{name}: the health check has no {key}"


def command_problems(name, service):
    """Files that a command names lie in a mounted folder and exist there."""
    command = service.get("command") or ()
    mounted = [split_mount(mount) for mount in service.get("volumes", ())]
    for word in command.split() if isinstance(command, str) else command:
        if not word.startswith("/"):
            continue
        found = [
            ROOT / source / word.removeprefix(target + "/")
            for source, target in mounted
            if source.startswith(".") and word.startswith(target + "/")
        ]
        if not any(path.is_file() for path in found):
            yield f"{name}: the command names {word}, which is in no mounted folder"


def port_problems(name, service):
    """Ports are published on the loopback address only; a proxy is what the world sees."""
    for port in service.get("ports", ()):
        if not str(port).startswith("127.0.0.1:"):
            yield f"{name}: the port {port} is open to every network"


def service_problems(name, service, compose):
    if not re.fullmatch(r"[a-z0-9./-]+:[\w.-]+", service.get("image", "")):
        yield f"{name}: no image with a version"
    yield from mount_problems(name, service, compose.get("volumes", {}))
    yield from secret_problems(name, service, compose.get("secrets", {}))
    yield from dependency_problems(name, service, compose["services"])
    yield from health_problems(name, service)
    yield from command_problems(name, service)
    yield from port_problems(name, service)


def unused_problems(compose):
    """Every declared volume and secret is used, and secrets are kept out of the repository."""
    services = compose["services"].values()
    volumes = {split_mount(mount)[0] for service in services for mount in service.get("volumes", ())}
    secrets = {secret for service in services for secret in service.get("secrets", ())}
    for volume in set(compose.get("volumes", {})) - volumes:
        yield f"the volume {volume} is not used"
    for secret, source in compose.get("secrets", {}).items():
        if secret not in secrets:
            yield f"the secret {secret} is not used"
        ignored = subprocess.run(
            ["git", "-c", "safe.directory=*", "check-ignore", "-q", source["file"]], cwd=ROOT, check=False
        )
        if ignored.returncode:
            yield f"the file {source['file']} is not ignored by git"


def configuration_problems(path=CONFIGURATION):
    """Every option is known to this Odoo and may stand in a file."""
    from odoo.tools import config

    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    if parser.sections() != ["options"]:
        yield f"{path.name}: exactly the section [options] is expected"
        return
    for name, value in parser.items("options"):
        option = config.options_index.get(name)
        if option is None:
            yield f"{path.name}: Odoo knows no option {name}"
        elif not option.file_loadable:
            yield f"{path.name}: {name} may not stand in a file"
        else:
            try:
                config.parse(name, value)
            except Exception as error:  # noqa: BLE001
                yield f"{path.name}: {name} = {value} cannot be read: {error}"


def compose_problems(compose):
    for name, service in compose["services"].items():
        yield from service_problems(name, service, compose)
    yield from unused_problems(compose)


def problems():
    """All problems, as sentences."""
    return [*compose_problems(load()), *configuration_problems()]


if __name__ == "__main__":
    found = problems()
    print("\n".join(found) or "docker-compose.yml and odoo.conf are in order")
    sys.exit(bool(found))
