# ruff: noqa: F821
"""Put before the scripts that fill and time: rows multiplied by SQL, and pairs of measurements."""

import contextlib
import json
import statistics
import time
from datetime import timedelta  # noqa: F401

from lxml import etree  # noqa: F401

from odoo import Command, fields  # noqa: F401

FRESH = {"create_date", "write_date", "access_token", "message_main_attachment_id"}
TODAY = fields.Date.today()
CONTRACTS = 364  # that run
results = []


# ---- filling --------------------------------------------------------------------------------------------


def part(count):
    """Return how many of ``count`` this company has: all, or one of ``PART``."""
    return max(count // PART, 1)


def multiply(record, count, **columns):
    """Insert ``count`` copies of the row of ``record``, each as of one of the running contracts.

    :param columns: name -> SQL over the copied row ``s``, the number ``n`` from 1 on and the contract ``c``
    :return: their ids, a range
    """
    record.env.flush_all()
    table = record._table
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    names = sorted({row[0] for row in env.cr.fetchall()} - (FRESH - set(columns)) - {"id"})
    env.cr.execute(f'SELECT max(id) FROM "{table}"')
    [last] = env.cr.fetchone()
    values = ", ".join([f"{last} + n", *(columns.get(name, f's."{name}"') for name in names)])
    quoted = ", ".join(f'"{name}"' for name in ("id", *names))
    env.cr.execute(
        f'INSERT INTO "{table}" ({quoted}) SELECT {values} FROM "{table}" s, generate_series(1, %s) n '
        f"JOIN bench_contract c ON c.number = n %% {part(CONTRACTS)} WHERE s.id = %s",
        [count, record.id],
    )
    env.cr.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [last + count])
    return range(last + 1, last + count + 1)


def pick(values, number="n"):
    """SQL that takes one of ``values`` by the running number."""
    listed = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in values)
    return f"(ARRAY[{listed}])[1 + ({number}) %% {len(values)}]"


@contextlib.contextmanager
def in_bulk(*models):
    """Write the tables of ``models`` without looking up references; their indexes are built afterwards.

    What is written is copied from rows that were checked.
    """
    tables = [env[model]._table for model in models]
    env.cr.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE NOT indisunique AND indrelid = ANY(%s::regclass[])",
        [tables],
    )
    indexes = env.cr.fetchall()
    for name, _definition in indexes:
        env.cr.execute(f"DROP INDEX {name}")
    env.cr.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'")
    yield
    for _name, definition in indexes:
        env.cr.execute(definition)
    # transactions that run in other databases would keep the new indexes from being used
    env.cr.execute(
        "UPDATE pg_index SET indcheckxmin = false WHERE indcheckxmin AND indrelid = ANY(%s::regclass[])",
        [tables],
    )
    env.cr.execute("SET LOCAL session_replication_role = origin")


def keep(**ids):
    """Note ids for the scripts that follow."""
    env.cr.execute("CREATE TABLE IF NOT EXISTS bench_key (name varchar, id int)")
    env.cr.execute_values("INSERT INTO bench_key VALUES %s", list(ids.items()))


def kept():
    """Return what was noted."""
    env.cr.execute("SELECT name, id FROM bench_key")
    return dict(env.cr.fetchall())


def user_env(role):
    """Return the environment of one of the people of the company."""
    user = env["res.users"].search([("login", "=", f"bench_{role}")])
    return env(user=user, context={"lang": "en_US", "tz": "Asia/Shanghai"})


# ---- measuring ------------------------------------------------------------------------------------------


def timed(work):
    """Return the milliseconds of ``work`` from empty caches, what it leaves to be flushed included."""
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    work()
    env.flush_all()
    return (time.perf_counter() - start) * 1000


def tell(name, ours, core, limit, ratio=None, unit="ms", reads_all=False):
    """Keep one row of the table.

    :param ratio: ours to core, unless it says something else
    :param bool reads_all: what is timed shows the closed history itself, and grows with it as core's does
    """
    row = {"name": name, "unit": unit, "ours": ours, "core": core, "limit": limit, "reads_all": reads_all}
    results.append({**row, "ratio": ratio if ratio is not None else ours / core})
    print(f"{name}: {ours:.1f} {unit}, core {core and round(core, 1)}, ratio {results[-1]['ratio']:.2f}")


def compare(name, ours, core, limit, repeat=None, reads_all=False):
    """The median of the ratios pair by pair, so that a machine that changes its speed changes nothing."""
    timed(ours), timed(core)
    pairs = [(timed(ours), timed(core)) for _run in range(repeat or REPEAT)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours / core for ours, core in pairs)
    tell(name, mine, theirs, limit, ratio, reads_all=reads_all)


def report():
    """Hand the rows to whoever started the script, and leave no other trace."""
    env.cr.rollback()
    with open(REPORT, "w") as handle:
        json.dump(results, handle)
