"""What many classes of tests set up alike is set up once: the classes stand on it one after the other.

A class such as ``OutsourcingCommon`` prepares people, firms and contracts for those that inherit from it.
Here it is set up on itself, in a transaction that stays open; each class of tests begins at a savepoint
behind it, as each test begins behind its class. Classes that change what the common one calls, the chart of
accounts for example, share nothing.
"""

import contextlib
import copy
import functools
import itertools
import logging
from inspect import getattr_static
from typing import NamedTuple
from unittest.mock import _patch

from odoo.orm.registry import Registry
from odoo.tests import HttpCase, TransactionCase

_logger = logging.getLogger(__name__)

OURS = ("property_outsourcing", "test_outsourcing", "test_property_outsourcing")
# what a class of tests may have of its own without a set-up below it noticing
OWN = {
    "setUp", "setUpClass", "tearDown", "freeze_time", "test_tags", "test_module",
    "allow_inherited_tests_method", "browser_size", "touch_enabled",
}  # fmt: skip


class Level(NamedTuple):
    """A common class that is set up: on which day, what it looked like before, the savepoint behind it."""

    owner: type
    day: object
    attributes: dict
    savepoint: str


STACK = []
# the caches that were cleared since the last test: what was read after that may be of rows taken back
CHANGED = set()
clear_cache, clear_all_caches = Registry.clear_cache, Registry.clear_all_caches


def keep_caches():
    """Let Odoo's caches of rights, views and settings outlive a test that has not changed what they hold."""

    def clear_and_note(self, *names):
        CHANGED.update(names or ("default",))
        clear_cache(self, *names)

    def clear_changed(self):
        if CHANGED:
            clear_cache(self, *CHANGED)
        CHANGED.clear()

    Registry.clear_cache, Registry.clear_all_caches = clear_and_note, clear_changed


def _established():
    """Every class whose part of the set-up is done."""
    return {part for level in STACK for part in level.owner.__mro__}


def wrap(owner):
    """Let the set-up of each class that ``owner`` inherits from pass on where its part is done."""
    for part in owner.__mro__:
        method = vars(part).get("setUpClass")
        if method and issubclass(part, TransactionCase.__base__) and not hasattr(method, "passes_on"):
            part.setUpClass = _passing_on(part, method.__func__)


def _passing_on(part, original):
    @functools.wraps(original)
    def set_up(cls):
        if part in _established():
            super(part, cls).setUpClass()
        else:
            original(cls)

    method = classmethod(set_up)
    method.passes_on = True
    return method


@functools.cache
def levels(owner):
    """The common classes a class of tests stands on, the lowest first; none when it shares nothing."""
    found = [
        part
        for part in reversed(owner.__mro__[1:])
        if part.__name__.endswith("Common")
        and part.__module__.partition("addons.")[2].startswith(OURS)
        and "setUpClass" in vars(part)
        and issubclass(part, TransactionCase)
    ]
    return list(itertools.takewhile(lambda part: not _differs(owner, part), found))


def _differs(owner, level):
    """Whether a class changes something that the set-up of a common one could use."""
    above = [part for part in owner.__mro__ if not issubclass(level, part) and part is not HttpCase]
    names = {name for part in above for name in vars(part)} - OWN
    return any(
        hasattr(level, name) and getattr_static(owner, name) is not getattr_static(level, name)
        for name in names
        if not name.startswith(("__", "_class", "test_"))
    )


def place(owner):
    """Sorts classes of tests: first those that stand alone, last the quick ones on the lowest level."""
    if not issubclass(owner or object, TransactionCase):
        return (False,)
    found = levels(owner)
    names = [level.__name__ for level in found]
    return True, bool(found), -len(found), str(_day(owner)), names, not issubclass(owner, HttpCase)


def _day(owner):
    """The moment at which a class of tests and all below it is frozen, if it is."""
    return owner.freeze_time and owner.freeze_time.freezer.time_to_freeze


def prepare(owner):
    """Bring the open transaction to where ``owner`` itself begins; answers what takes it back there."""
    wanted, day = levels(owner), _day(owner)
    same = 0
    while same < len(STACK) and same < len(wanted) and STACK[same][:2] == (wanted[same], day):
        same += 1
    take_down(same)
    with contextlib.ExitStack() as undo:
        if wanted:
            if day:
                undo.enter_context(owner.freeze_time)
            for level in wanted[same:]:
                _set_up(level, day)
            undo.callback(_restore, owner, *_state(owner))
        return undo.pop_all().close


def _set_up(owner, day):
    before = dict(vars(owner))
    try:
        owner.setUpClass()
    except BaseException:
        _roll_back(owner)
        _clean(owner, before)
        raise
    owner.env.flush_all()
    savepoint = f"level_{len(STACK)}"
    owner.cr.execute(f"SAVEPOINT {savepoint}")
    STACK.append(Level(owner, day, before, savepoint))


def take_down(count=0):
    """Undo all levels but the ``count`` lowest."""
    while len(STACK) > count:
        level = STACK.pop()
        _roll_back(level.owner)
        _clean(level.owner, level.attributes)


def _roll_back(owner):
    """Return to behind the highest level that stays; without one, the cursor is closed in a moment."""
    if STACK:
        owner.cr.execute(f"ROLLBACK TO SAVEPOINT {STACK[-1].savepoint}")
        owner.env.transaction.clear()
        clear_all_caches(owner.registry)


def forget():
    """Undo all levels whose connection can no longer be used: the database takes back what they did."""
    if STACK:
        STACK[0].owner.cr._cnx.close()
    while STACK:
        level = STACK.pop()
        _clean(level.owner, level.attributes)


def _clean(owner, before):
    owner.doClassCleanups()
    for name in set(vars(owner)) - set(before):
        delattr(owner, name)
    for name, value in before.items():
        if vars(owner)[name] is not value:
            setattr(owner, name, value)


def _state(owner):
    """What a class may leave behind: its rows, open environments, callbacks of the cursor, patches."""
    owner.env.flush_all()
    owner.cr.execute("SAVEPOINT class_set_up")
    cursor = owner.cr
    callbacks = (cursor.precommit, cursor.postcommit, cursor.prerollback, cursor.postrollback)
    kept = [(callback, callback._funcs.copy(), copy.deepcopy(callback.data)) for callback in callbacks]
    return list(owner.env.transaction.envs), kept, list(_patch._active_patches)


def _restore(owner, environments, callbacks, patches):
    owner.cr.execute("ROLLBACK TO SAVEPOINT class_set_up")
    owner.cr.execute("RELEASE SAVEPOINT class_set_up")
    transaction = environments[0].transaction
    transaction.clear()
    transaction.envs.clear()
    transaction.envs.update(environments)
    for callback, functions, data in callbacks:
        callback._funcs, callback.data = functions, data
    clear_all_caches(owner.registry)
    for patcher in [patcher for patcher in _patch._active_patches if patcher not in patches]:
        _logger.warning("%s left %s.%s patched", owner.__name__, patcher.target, patcher.attribute)
        patcher.stop()
    if owner.registry.registry_invalidated:  # a class that made models of its own
        take_down()
