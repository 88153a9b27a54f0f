"""Check the compose files, the Dockerfile and odoo.conf: everything they refer to has to exist.

What a compose file may say at all is check-jsonschema's to find, see .pre-commit-config.yaml.
"""

import configparser
import re
import subprocess

import yaml

from .common import ROOT

COMPOSE = ROOT / "docker-compose.yml"
PRODUCTION = ROOT / "docker-compose.production.yml"
DOCKERFILE = ROOT / "tools" / "docker" / "Dockerfile"
DOCKERIGNORE = ROOT / ".dockerignore"
CONFIGURATION = ROOT / "odoo.conf"
SECRETS = "/run/secrets/"
# Where the official images expect their files.
MOUNTS = {"odoo:": {"./odoo.conf": "/etc/odoo/odoo.conf", "./addons": "/mnt/extra-addons"}}
# What the world sees of the whole; everything else is published on the loopback address only.
OPEN_PORTS = {"proxy": {"80:80", "443:443"}}


def interpolate(text):
    """Return the text with the default of each variable; one that has to be named becomes ``example.com``."""
    before = None
    while text != before:
        before = text
        text = re.sub(r"\$\{\w+:-([^{}]*)\}", r"\1", text)
        text = re.sub(r"\$\{\w+:\?[^{}]*\}", "example.com", text)
    return text


def load(path=COMPOSE):
    """The parsed file; a tab or a bad anchor raises yaml.YAMLError."""
    return yaml.safe_load(interpolate(path.read_text(encoding="utf-8")))


def is_ignored(path):
    """Whether git leaves the file or folder out."""
    command = ["git", "-c", "safe.directory=*", "check-ignore", "-q", "--no-index", path]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def copied():
    """(source, target) of each COPY of the Dockerfile."""
    return re.findall(r"(?m)^COPY (\S+) (\S+)$", DOCKERFILE.read_text(encoding="utf-8"))


def dockerfile_problems():
    """What is copied exists and is let into the build by .dockerignore."""
    allowed = re.findall(r"(?m)^!(\S+)$", DOCKERIGNORE.read_text(encoding="utf-8"))
    for source, _target in copied():
        if not (ROOT / source).exists():
            yield f"Dockerfile: {source} does not exist"
        if not any(source == path or source.startswith(f"{path}/") for path in allowed):
            yield f"Dockerfile: .dockerignore keeps {source} out"


def mounts(service):
    """(source, target) of each volume, all in short syntax."""
    return [tuple(mount.split(":")[:2]) for mount in service.get("volumes", ())]


def declared_problems(name, service, compose):
    """Volumes, secrets and networks of the service are declared."""
    volumes = [source for source, _target in mounts(service) if not source.startswith(".")]
    secrets, networks = service.get("secrets", ()), service.get("networks", ())
    for kind, used in (("volume", volumes), ("secret", secrets), ("network", networks)):
        for one in used:
            if one not in compose.get(f"{kind}s", {}):
                yield f"{name}: the {kind} {one} is not declared"


def mount_problems(name, service):
    """Binds point at files of the repository, and official images find their files."""
    mounted = dict(mounts(service))
    for source, target in mounted.items():
        # passwords, certificates and backups are made on the machine
        if source.startswith(".") and not (ROOT / source).exists() and not is_ignored(f"{source}/"):
            yield f"{name}: {source} does not exist"
        if not target.startswith("/"):
            yield f"{name}: {target} is not an absolute path"
    for prefix, expected in MOUNTS.items():
        if service.get("image", "").startswith(prefix):
            for source, target in expected.items():
                if mounted.get(source) != target:
                    yield f"{name}: {source} is not mounted at {target}"


def secret_problems(name, service):
    """Secrets are named by the environment as files only, and the service has them."""
    secrets = service.get("secrets", ())
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
    """Scripts that a service starts lie in a mounted or copied folder; options of Odoo are known to it."""
    mounted = mounts(service)
    if "build" in service:
        mounted += copied()
    check = (service.get("healthcheck") or {}).get("test") or ()
    command = service.get("command") or ()
    words = [*(service.get("entrypoint") or ()), *command, *check]
    for word in words:
        if not (word.startswith("/") and word.endswith("sh")):
            continue
        found = [
            ROOT / source / word.removeprefix(target).lstrip("/")
            for source, target in mounted
            if word == target or word.startswith(target + "/")
        ]
        if not any(path.is_file() for path in found):
            yield f"{name}: the command names {word}, which is in no mounted folder"
    if command and command[0] == "odoo":
        yield from option_problems(name, command[1:])


def value_problems(place, option, value):
    """Odoo can read the value of an option of its own."""
    from odoo.tools import config

    try:
        config.parse(option, value)
    except Exception as error:  # noqa: BLE001
        yield f"{place}: {option} = {value} cannot be read: {error}"


def option_problems(name, words):
    """Options on the command line and in the environment are known to this Odoo, their values fit."""
    from odoo.tools import config

    for word in words:
        option = config.parser.get_option(word.partition("=")[0])
        if option is None:
            yield f"{name}: Odoo knows no option {word}"
        elif "=" in word and option.dest in config.options_index:
            yield from value_problems(name, option.dest, word.partition("=")[2])


def environment_problems(name, service):
    """What Odoo is to read from the environment is an option of its own."""
    from odoo.tools import config

    known = {option.env_name: dest for dest, option in config.options_index.items() if option.env_name}
    for variable, value in (service.get("environment") or {}).items():
        if variable.startswith("ODOO_") and variable not in known:
            yield f"{name}: Odoo reads no {variable}"
        elif variable.startswith("ODOO_"):
            yield from value_problems(name, known[variable], str(value))


def port_problems(name, service):
    """Ports are published on the loopback address only; a proxy is what the world sees."""
    for port in service.get("ports", ()):
        if not str(port).startswith("127.0.0.1:") and str(port) not in OPEN_PORTS.get(name, ()):
            yield f"{name}: the port {port} is open to every network"


def network_problems(name, service, declared):
    """Where there are networks, the database has no way out."""
    if declared and name == "db":
        inner = {network for network, value in declared.items() if (value or {}).get("internal")}
        if set(service.get("networks", ["default"])) - inner:
            yield f"{name}: the database reaches the outside"


def service_problems(name, service, compose):
    if not re.fullmatch(r"[a-z0-9./-]+:[\w.-]+", service.get("image", "")):
        yield f"{name}: no image with a version"
    yield from declared_problems(name, service, compose)
    yield from mount_problems(name, service)
    yield from secret_problems(name, service)
    yield from dependency_problems(name, service, compose["services"])
    yield from health_problems(name, service)
    yield from command_problems(name, service)
    yield from environment_problems(name, service)
    yield from port_problems(name, service)
    yield from network_problems(name, service, compose.get("networks", {}))


def unused_problems(compose):
    """Every declared volume and secret is used, and secrets are kept out of the repository."""
    services = compose["services"].values()
    volumes = {source for service in services for source, _target in mounts(service)}
    secrets = {secret for service in services for secret in service.get("secrets", ())}
    for volume in set(compose.get("volumes", {})) - volumes:
        yield f"the volume {volume} is not used"
    for secret, source in compose.get("secrets", {}).items():
        if secret not in secrets:
            yield f"the secret {secret} is not used"
        if not is_ignored(source["file"]):
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
            yield from value_problems(path.name, name, value)


def compose_problems(compose):
    for name, service in compose["services"].items():
        yield from service_problems(name, service, compose)
    yield from unused_problems(compose)


def problems():
    """All problems, as sentences."""
    return [
        *(f"{path.name}: {text}" for path in (COMPOSE, PRODUCTION) for text in compose_problems(load(path))),
        *dockerfile_problems(),
        *configuration_problems(),
    ]
