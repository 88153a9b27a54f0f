# ruff: noqa: F821
"""Put before the scripts that fill and time: rows multiplied by SQL, and pairs of measurements."""

import statistics
import time
from datetime import timedelta  # noqa: F401

from lxml import etree  # noqa: F401

from odoo import Command, fields  # noqa: F401

FRESH = {"id", "create_date", "write_date", "access_token", "message_main_attachment_id"}
TODAY = fields.Date.today()
results = []


def multiply(record, count, **columns):
    """Insert ``count`` copies of the row of ``record``; ``columns``: name -> SQL over the number n."""
    record.env.flush_all()
    table = record._table
    env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    names = sorted({row[0] for row in env.cr.fetchall()} - (FRESH - set(columns)))
    values = ", ".join(columns.get(name, f's."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    env.cr.execute(
        f'INSERT INTO "{table}" ({quoted}) SELECT {values} FROM "{table}" s, generate_series(1, %s) n '
        f"WHERE s.id = %s RETURNING id",
        [count, record.id],
    )
    return [row[0] for row in env.cr.fetchall()]


def pick(values, number="n"):
    """SQL that takes one of ``values`` by the running number."""
    listed = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in values)
    return f"(ARRAY[{listed}])[1 + ({number}) %% {len(values)}]"


def timed(work):
    """Return the milliseconds of ``work`` from empty caches, what it leaves to be flushed included."""
    env.flush_all()
    env.invalidate_all()
    start = time.perf_counter()
    work()
    env.flush_all()
    return (time.perf_counter() - start) * 1000


def tell(name, ours, core, limit, ratio=None, unit="ms"):
    """Keep one row of the table; ``ratio``: ours to core, unless it says something else."""
    row = {"name": name, "unit": unit, "ours": ours, "core": core, "limit": limit}
    results.append({**row, "ratio": ratio if ratio is not None else ours / core})
    print(f"{name}: {ours:.1f} {unit}, core {core and round(core, 1)}, ratio {results[-1]['ratio']:.2f}")


def compare(name, ours, core, limit, repeat=None):
    """The median of the ratios pair by pair, so that a machine that changes its speed changes nothing."""
    timed(ours), timed(core)
    pairs = [(timed(ours), timed(core)) for _run in range(repeat or REPEAT)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    tell(name, mine, theirs, limit, statistics.median(ours / core for ours, core in pairs))
