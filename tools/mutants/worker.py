"""Runs inside Odoo's Python with the registry loaded: each change is tried in a fork of this process.

What several classes of tests stand on is set up here, each class in a fork; from there each change gets a
fork of its own that swaps the code of one function and runs only the tests that pass through the changed
lines. The forks share one database connection one after the other; a savepoint takes back what each did.
"""

import argparse
import gc
import json
import logging
import os
import pickle
import re
import signal
import sys
import threading
import time
import types
from pathlib import Path

import odoo.modules.module
import odoo.service.server
import odoo.sql_db
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, TransactionCase, loader
from odoo.tests.result import OdooTestResult
from odoo.tools import config

from conftest import CLOCK
from tools import shared_set_up

from . import operators, run
from .rules import RULES

ROOT = Path(__file__).resolve().parents[2]
STATE = (ROOT / ".state").resolve() / "mutants"
EQUIVALENT = Path(__file__).parent / "equivalent.txt"
# The quickest that pass through a change; further ones of the same class hardly ever notice it.
TESTS_PER_CLASS = 40
SECONDS_PER_CHANGE = 90
SOURCES = {}


def fork(work):
    """What `work` answers in a child of this process; None when the child died."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(read)
            answer = pickle.dumps(work())
            with os.fdopen(write, "wb") as pipe:
                pipe.write(answer)
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(answer) if answer else None


def test_classes():
    """Classes of tests that need no server, with their tests, by their name."""
    found = {}
    for path in sorted((ROOT / "addons").glob("*/__manifest__.py")):
        for module in loader.get_test_modules(path.parent.name):
            for test in loader.get_module_test_cases(module):
                owner = type(test)
                if issubclass(owner, TransactionCase) and not issubclass(owner, HttpCase):
                    found.setdefault(f"{owner.__module__}.{owner.__name__}", (owner, []))[1].append(
                        test._testMethodName
                    )
    return found


def passes(owner, names):
    """Whether all these tests of a class that is set up pass; stops at the first that does not."""
    for name in names:
        result = OdooTestResult()
        test = owner(name)
        odoo.modules.module.current_test = test
        test.run(result)
        if not result.wasSuccessful():
            return False
    return True


def trace(owner, names, files):
    """Seconds that each test of a class takes, and the lines of the files it passes through."""
    seen = set()

    def line_of(frame, event, _argument):
        if event == "line":
            seen.add((frame.f_code.co_filename, frame.f_lineno))
        return line_of

    def call_of(frame, _event, _argument):
        return line_of if frame.f_code.co_filename in files else None

    found = {}
    for name in names:
        seen.clear()
        start = time.monotonic()
        sys.settrace(call_of)
        try:
            well = passes(owner, [name])
        finally:
            sys.settrace(None)
        if well:  # one that fails anyway would notice every change
            found[name] = (time.monotonic() - start, frozenset(seen))
    return found


def functions():
    """Every function of our models, by file, name and first line."""
    found = {}
    for item in gc.get_objects():
        if isinstance(item, types.FunctionType):
            code = item.__code__
            found.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(item)
    return found


def swap(mutant, known):
    """Change the code of the mutant's function in this process."""
    path = ROOT / mutant.path
    code = operators.code(mutant, SOURCES[mutant.path]).replace(co_filename=str(path))
    for function in known[str(path), mutant.function, mutant.first_line]:
        function.__code__ = code


def judge(mutant, owner, names, known):
    """In a fork: whether a test notices the change."""
    signal.signal(signal.SIGALRM, lambda *_: os._exit(1))
    signal.alarm(SECONDS_PER_CHANGE)
    try:
        swap(mutant, known)
    except ValueError:  # it took the last use of a variable of the surroundings away: no such program
        return True
    return not passes(owner, names)


def try_class(owner, names, mutants, known, seen):
    """In a fork: set the class up and try each change its tests pass through.

    :param seen: what `trace` told, where the class was set up before
    :return: that, whether each change was noticed, None where no test passes, and whether a change killed
        its process: it breaks off then, because the connection can no longer be used
    """
    owner.setUpClass()
    cursor = owner.cr._cnx.cursor()
    cursor.execute("SAVEPOINT mutant")
    if seen is None:
        seen = trace(owner, names, {str(ROOT / mutant.path) for mutant in mutants})
        # one that fails the second time, without any change, would notice every change as well
        cursor.execute("ROLLBACK TO SAVEPOINT mutant")
        sound = fork(lambda: [name for name in seen if passes(owner, [name])])
        seen = {name: seen[name] for name in sound or ()}
    verdicts = []
    for mutant in mutants:
        lines = {(str(ROOT / mutant.path), line) for line in mutant.lines}
        near = sorted((seconds, name) for name, (seconds, passed) in seen.items() if passed & lines)
        tests = [name for _seconds, name in near[:TESTS_PER_CLASS]]
        if not tests:
            verdicts.append(None)
            continue
        cursor.execute("ROLLBACK TO SAVEPOINT mutant")
        noticed = fork(lambda mutant=mutant, tests=tests: judge(mutant, owner, tests, known))
        verdicts.append(noticed is not False)
        if noticed is None:
            return seen, verdicts, True
    return seen, verdicts, False


def kill(mutants, classes, known):
    """Verdict on each change: noticed, not noticed, unseen. A line about the progress after every class."""
    verdicts = dict.fromkeys(mutants, "unseen")
    for number, (name, (owner, names)) in enumerate(classes.items(), 1):
        todo, seen = [mutant for mutant in mutants if verdicts[mutant] != "noticed"], None
        while todo:
            take_back = shared_set_up.prepare(owner)
            answer = fork(lambda: try_class(owner, names, todo, known, seen))  # noqa: B023 - run at once
            if answer is None:
                print(f"{name} cannot be set up")
                shared_set_up.forget()
                break
            seen, found, broken = answer
            (shared_set_up.forget if broken else take_back)()
            for mutant, noticed in zip(todo, found, strict=False):
                if noticed is not None:
                    verdicts[mutant] = "noticed" if noticed else "not noticed"
            todo = todo[len(found) :]
        noticed = sum(verdict == "noticed" for verdict in verdicts.values())
        print(f"{number} of {len(classes)} classes, {noticed} of {len(mutants)} noticed: {name}", flush=True)
        STATE.joinpath("verdicts.json").write_text(
            json.dumps({f"{m.key} @{m.lines.start}": verdict for m, verdict in verdicts.items()}, indent=0)
        )
    return verdicts


def equivalents():
    """Changes that change nothing a person could notice, each with its reason below it."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith((" ", "#"))}


def listed(paths, sample):
    """The changes to try."""
    known = equivalents()
    found = []
    for path in paths:
        SOURCES[path] = (ROOT / path).read_text(encoding="utf-8")  # somebody may be working on it meanwhile
        found += [mutant for mutant in operators.mutants(path, SOURCES[path]) if mutant.key not in known]
    if sample and sample < len(found):
        found = [found[number * len(found) // sample] for number in range(sample)]
    return found


def load():
    """The registry, as a run of tests has it, and no open connection that a fork could share."""
    config.parse_config(["-d", os.environ["PGDATABASE"], "--no-http", "--log-level=critical"])
    logging.getLogger().handlers = [logging.NullHandler()]
    threading.current_thread().testing = True
    odoo.service.server.load_server_wide_modules()
    Registry(os.environ["PGDATABASE"])
    config["test_enable"] = True
    CLOCK.start()
    classes = test_classes()
    odoo.sql_db.close_all()
    for owner, _names in classes.values():
        shared_set_up.wrap(owner)
    # the quick ones first, those that stand alone last: few changes are left for them
    return dict(sorted(classes.items(), key=lambda item: shared_set_up.place(item[1][0]), reverse=True))


def main(arguments):
    """Print how many changes were noticed, and every one that was not."""
    parser = argparse.ArgumentParser(prog="bin/mutants", description=run.__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="default: those of tools/mutants/rules.py")
    parser.add_argument("--sample", type=int, help="so many changes, evenly spread over the files")
    parser.add_argument(
        "--tests", default="", metavar="PATTERN", help="only classes of tests whose name matches"
    )
    parser.add_argument("--list", action="store_true", help="list the changes, try none")
    options = parser.parse_args(arguments)
    mutants = listed(options.files or RULES, options.sample)
    if options.list:
        print(*(mutant.key for mutant in mutants), sep="\n")
        return 0
    classes = {name: value for name, value in load().items() if re.search(options.tests, name)}
    known = functions()
    gc.freeze()  # a collection in a fork would copy everything
    verdicts = kill(mutants, classes, known)
    shared_set_up.take_down()
    left = [mutant for mutant, verdict in verdicts.items() if verdict != "noticed"]
    for mutant in left:
        print(f"{verdicts[mutant]}: line {mutant.lines.start} of {mutant.key}")
    print(f"{len(verdicts)} changes, {len(verdicts) - len(left)} noticed, {len(left)} not")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
