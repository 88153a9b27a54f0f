"""Serve Odoo with the suite on this machine: installs, builds the database, starts, tells the logins."""

import argparse

from . import cluster, process, served
from .common import Refusal, lock, stage

DEFAULT_PORT = 8069
LOGINS = (
    # role, login, password
    ("administrator", "admin", "admin"),
    ("engineering manager", "manager", "manager"),
    ("supervisor", "supervisor", "supervisor"),
    ("finance", "finance", "finance"),
    ("contractor (portal)", "13800000001", "13800000001"),
    ("owners' representative (portal)", "13800000002", "13800000002"),
    ("third party (portal)", "13800000003", "13800000003"),
)


def tell(server, name, port):
    """Address and logins; only those that exist."""
    logins = {row[0] for row in server.sql("SELECT login FROM res_users WHERE active", name)}
    print(f"\nOdoo 19 with the property outsourcing suite: http://localhost:{port}\n")
    for role, login, password in LOGINS:
        if login in logins:
            print(f"  {role:<32} {login:<12} password {password}")
    print("\nEnd it with: bin/serve --stop", flush=True)


def stop(server, ports):
    """End servers of ours, and our database server when nobody else uses it."""
    process.stop(*ports)
    others = "FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    if server.running() and not server.sql(f"SELECT pid {others}"):
        server.stop()


def serve(server, name, port, demo, fresh):
    """Have the database as the code is now, and a server on it that runs this code."""
    ours = [other for other, (_process, shown) in process.servers().items() if shown == name]
    if port not in ours and not process.port_free(port):
        raise Refusal(f"port {port} is taken: choose another one with --port.")
    if not fresh:
        served.check(server, name, demo)
    process.stop(*ours)
    served.prepare(server, name, demo, fresh)
    server.sql(
        f"UPDATE ir_config_parameter SET value = 'http://localhost:{port}' WHERE key = 'web.base.url'", name
    )
    with stage("starting Odoo"):
        process.start(server, name, port)


def main(arguments):
    parser = argparse.ArgumentParser(prog="bin/serve", description=__doc__)
    parser.add_argument("--port", type=int, help=f"port on localhost (default {DEFAULT_PORT})")
    parser.add_argument("--database", default="outsourcing", help="default outsourcing")
    parser.add_argument("--no-demo", action="store_true", help="an empty company, no demonstration")
    parser.add_argument("--fresh", action="store_true", help="drop the database and build it anew")
    parser.add_argument("--stop", action="store_true", help="end the servers that this command started")
    options = parser.parse_args(arguments)
    server = cluster.CLUSTERS["served"]
    if options.stop:
        return stop(server, [options.port] if options.port else process.servers())
    name, port = options.database, options.port or DEFAULT_PORT
    server.start()
    with lock(f"serve-{name}"):
        serve(server, name, port, not options.no_demo, options.fresh)
    tell(server, name, port)
