"""What can be said of a domain that only compares columns of its own table with values."""

from datetime import date, datetime

from odoo.fields import Domain
from odoo.tools import OrderedSet

COLLECTIONS = (list, tuple, set, OrderedSet)
WITHOUT_WORDS = ("many2one", "date", "datetime")
SUBDOMAINS = {"any", "not any", "any!", "not any!"}
SIMPLE = (str, int, float, date)
OPERATORS = {"=", "!=", "in", "not in", "<", "<=", ">", ">="}


def describe(domain):
    """Return ``domain`` as a key that no other domain has, None where it holds something without a value."""
    key = []
    for part in domain:
        if isinstance(part, str):
            key.append(part)
            continue
        if not isinstance(part, tuple):  # SQL of its own
            return None
        name, operator, value = part
        if operator in SUBDOMAINS and isinstance(value, list | Domain):
            said = describe(Domain(value))
        else:
            values = value if isinstance(value, COLLECTIONS) else (value,)
            is_simple = all(isinstance(one, SIMPLE) and not _is_passing(one) for one in values)
            said = repr(value) if is_simple else None  # 0 is not False
        if said is None:
            return None
        key.append((name, operator, said))
    return tuple(key)


def _is_passing(value):
    """Return whether ``value`` is a moment that is another one each time it is asked for, no whole hour."""
    return isinstance(value, datetime) and any((value.minute, value.second, value.microsecond))


def is_plain(documents, domain):
    """Return whether ``domain`` means the same for ever, whoever asks and whatever is stored elsewhere."""
    return all(_is_plain_part(documents, part) for part in domain)


def _is_plain_part(documents, part):
    if isinstance(part, str) or part in ((0, "=", 1), (1, "=", 1)):
        return True
    if not isinstance(part, tuple):
        return False
    name, operator, value = part
    field = documents._fields.get(name)
    if field is None or not field.store or not field.column_type or operator not in OPERATORS:
        return False
    if field.translate or field.company_dependent:
        return False
    values = value if isinstance(value, COLLECTIONS) else (value,)
    # words are names to be looked up there, or days counted from today
    return field.type not in WITHOUT_WORDS or not any(isinstance(one, str) for one in values)


def get_certain(domain):
    """Return the conditions that hold for all of ``domain``: itself, or those joined by "and"."""
    parts = domain.children if getattr(domain, "OPERATOR", None) == "&" else (domain,)
    return [part for part in parts if hasattr(part, "field_expr")]


def implies(known, condition):
    """Return whether all that meets the condition ``known`` meets ``condition``; both are optimized."""
    if known == condition:
        return True
    values = (known.value, condition.value)
    if known.field_expr != condition.field_expr or known.operator != "in":
        return False
    if not all(isinstance(value, OrderedSet) for value in values):
        return False
    ours, theirs = map(set, values)
    if not all(ours):  # "not set" has more than one value
        return False
    return {"in": ours <= theirs, "not in": not ours & theirs}.get(condition.operator, False)
