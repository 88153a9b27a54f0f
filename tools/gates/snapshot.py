"""What a database is made of, to be compared before an installation and after the uninstallation."""

import re
from collections import Counter

# every table, column, index, constraint, trigger, function and sequence, as PostgreSQL calls it
SCHEMA = """
    SELECT pg_describe_object(classid, objid, objsubid) FROM pg_depend
    UNION
    SELECT pg_describe_object('pg_class'::regclass, attrelid, attnum) FROM pg_attribute
    WHERE attnum > 0 AND NOT attisdropped
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
# what tells a row of any table from its neighbours
NAMES = ("module", "model", "res_model", "key", "code", "login", "cron_name", "name")
# bookkeeping of PostgreSQL and Odoo, and what the core add-ons keep of models that inherited theirs
NATURAL = re.compile(
    r"pg_toast|RI_ConstraintTrigger|^(ir_cron_trigger|ir_model_constraint|orm_signaling_registry)\b"
    r"|^ir_model_data (?!\w*outsourcing)\w+ ir\.model\.(inherit|fields\.selection)\b"
)


def take(server, name):
    """Everything in the database that an add-on could leave behind, counted."""
    names = ", ".join(f"coalesce(line #>> '{{{name},en_US}}', line ->> '{name}')" for name in NAMES)
    lines = [f"""SELECT '{table}', to_jsonb(t) FROM "{table}" t""" for [table] in server.sql(TABLES, name)]
    rows = f"SELECT concat_ws(' ', place, {names}) FROM ({' UNION ALL '.join(lines)}) found (place, line)"
    found = server.sql(f"{SCHEMA} UNION ALL {rows}", name)
    return Counter(text for text, *_more in found if not NATURAL.search(text))


def differences(before, after):
    """Texts of what is left over, and of what was taken away that was there before."""
    found = [f"left over: {text}" for text in sorted(after - before)]
    return found + [f"taken away: {text}" for text in sorted(before - after)]
