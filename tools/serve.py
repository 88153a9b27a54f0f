"""Serve Odoo with the suite on this machine: installs, builds the database, starts, tells the logins."""

import argparse

from . import cluster, database, process, served, setup, suite, venv
from .common import Refusal, lock, stage
from .entry import entry

DEFAULT_PORT = 8069
DEFAULT_DATABASE = "outsourcing"


def tell(server, name, port):
    """Address and logins; only those that exist."""
    logins = {row[0] for row in server.sql("SELECT login FROM res_users WHERE active", name)}
    print(f"\nOdoo 19 with the property outsourcing suite: http://localhost:{port}\n")
    for role, login, password in suite.LOGINS:
        if login in logins:
            print(f"  {role:<32} {login:<12} password {password}")
    print("\nEnd it with: bin/serve --stop", flush=True)


def port_number(text):
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port from 1024 to 65535")
    return int(text)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        """One sentence, not the whole usage."""
        raise Refusal(f"{message} (see --help)")


def parse(arguments):
    parser = Parser(prog="bin/serve", description=__doc__)
    parser.add_argument("--port", type=port_number, help=f"port on localhost (default {DEFAULT_PORT})")
    parser.add_argument("--database", default=DEFAULT_DATABASE, help=f"default {DEFAULT_DATABASE}")
    parser.add_argument("--no-demo", action="store_true", help="an empty company, no demonstration")
    parser.add_argument("--fresh", action="store_true", help="drop the database and build it anew")
    parser.add_argument("--stop", action="store_true", help="end the servers that this command started")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    if options.stop:
        process.stop_all(options.port)
        return 0
    name, port = database.check_name(options.database), options.port or DEFAULT_PORT
    process.refuse_taken(name, port)
    suite.modules()
    setup.ensure()
    venv.check()
    server = cluster.Cluster("pg", True).start()
    with lock(f"serve-{name}", f"another bin/serve prepares the database {name}: waiting for it ..."):
        serve(server, name, port, options)
    tell(server, name, port)
    return 0


def serve(server, name, port, options):
    """Have the database as the code is now, and a server on it; one caller at a time per database."""
    ours = process.refuse_taken(name, port)
    if ours and (options.fresh or ours["modules"] != suite.fingerprints()):
        process.stop(port)
        ours = None
    served.prepare(server, name, not options.no_demo, options.fresh)
    if not ours:
        address = f"http://localhost:{port}"
        server.sql(f"UPDATE ir_config_parameter SET value = '{address}' WHERE key = 'web.base.url'", name)
        with stage("starting Odoo"):
            process.start(server, name, port)


if __name__ == "__main__":
    entry(main)
