"""Everything that has to pass: lint, seeded faults, installations, demonstration, tests; then one summary.

`bin/test` runs all stages, `bin/test STAGE...` some. `bin/test ADDON`, `ADDON:Class` or `ADDON:Class.test`
runs tests alone, on a database that is kept and only updated where the sources changed.
"""

import argparse
import concurrent.futures
import os
import time
import traceback
from typing import NamedTuple

from tools import cluster, database, kept, setup, suite, system, venv
from tools.common import Refusal, need_space
from tools.entry import entry

from .stages import MENUS, STATE, Result, Stages, test_addons

WORKERS = 2


class Stage(NamedTuple):
    """A stage: what to call, with what, and which stages have to be over before."""

    name: str
    call: object
    arguments: tuple = ()
    after: tuple = ()


def plan(stages):
    """All stages, long ones first among those that may start."""
    found = [Stage("core", stages.core), Stage("demo", stages.demo)]
    found += [Stage("suite", stages.suite, after=("core",))]
    found += [
        Stage("tests", stages.tests, after=("suite",)),
        Stage("menus", stages.menus, after=("demo",)),
        Stage("core-tests", stages.core_tests, after=("suite",)),
        Stage("dates", stages.dates, after=("suite", "demo")),
        Stage("uninstall", stages.uninstall, after=("suite",)),
        Stage("update", stages.update, after=("suite",)),
    ]
    found += [Stage(f"install:{name}", stages.install_alone, (name,)) for name in reversed(stages.modules)]
    return [*found, Stage("self-tests", stages.self_tests), Stage("lint", stages.lint)]


def chosen(everything, names):
    """The stages to run for these names, with what they need."""
    known = {stage.name: stage for stage in everything}
    wanted = []
    for name in names:
        matching = [stage for stage in known if stage == name or stage.startswith(f"{name}:")]
        if not matching:
            raise Refusal(f"there is no stage {name}, only: {', '.join(known)}.")
        wanted += matching
    needed, waiting = set(), list(wanted)
    while waiting:
        stage = waiting.pop()
        if stage not in needed:
            needed.add(stage)
            waiting += known[stage].after
    return [stage for stage in everything if stage.name in needed]


def perform(stage):
    """Run a stage; one that breaks is a failure, and so is one without a result."""
    start = time.monotonic()
    try:
        results = list(stage.call(*stage.arguments))
    except Refusal as refusal:
        results = [Result(stage.name, [str(refusal)])]
    except Exception as error:
        traceback.print_exc()
        results = [Result(stage.name, [f"the stage itself failed: {error!r}"])]
    return results or [Result(stage.name, ["nothing was checked"])], time.monotonic() - start


def tell(stage, results, seconds):
    """One line for the stage, and what is wrong below it."""
    failed = [result for result in results if result.findings]
    count = f"{len(results) - len(failed)} passed, {len(failed)} failed" if len(results) > 1 else ""
    print(
        f"{'FAILED' if failed else 'passed'}  {stage.name:<44} {seconds:6.1f} s  {count}".rstrip(), flush=True
    )
    for result in failed:
        print(f"    {result.name}")
        for finding in result.findings:
            print("".join(f"        {line}\n" for line in str(finding).splitlines()), end="", flush=True)


def run(todo, workers):
    """Run the stages, so many at a time; answers all results."""
    everything, over, waiting, running = [], set(), list(todo), {}
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        while waiting or running:
            ready = [stage for stage in waiting if over.issuperset(stage.after)]
            for stage in ready[: workers - len(running)]:
                waiting.remove(stage)
                running[pool.submit(perform, stage)] = stage
            done, _others = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                stage = running.pop(future)
                results, seconds = future.result()
                tell(stage, results, seconds)
                everything += results
                over.add(stage.name)
    return everything


def main(arguments):
    """Set up, run, count."""
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a stage (see --list), or tests of an add-on"
    )
    parser.add_argument("--list", action="store_true", help="list the stages")
    parser.add_argument("--jobs", type=int, default=WORKERS, help=f"stages at a time (default {WORKERS})")
    parser.add_argument("--keep", action="store_true", help="leave the databases")
    options = parser.parse_args(arguments)
    if not suite.modules():
        raise Refusal("there is no add-on in addons/.")
    start = time.monotonic()
    os.environ["ODOO_CLUSTER"] = "test"
    prefix = f"gate{os.getpid()}"
    if options.list:
        print(*(stage.name for stage in plan(Stages(None, prefix))), sep="\n")
        return 0
    setup.ensure()
    venv.enter()
    system.require_browser()
    if options.names and all(name.partition(":")[0] in kept.folders() for name in options.names):
        return kept.run_pytest(kept.chosen(options.names))
    need_space(STATE, 4)
    server = cluster.current().start()
    database.template(server)
    stages = Stages(server, prefix)
    stages.drop_orphans()
    everything = plan(stages)
    todo = chosen(everything, options.names) if options.names else everything
    if MENUS not in test_addons():
        raise Refusal(f"tests/{MENUS} is missing.")
    try:
        results = run(todo, max(1, options.jobs))
    finally:
        if not options.keep:
            stages.drop_all()
    failed = [result for result in results if result.findings]
    print(f"\n{(time.monotonic() - start) / 60:.1f} minutes")
    for result in failed:
        print(f"failed: {result.name}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed", flush=True)
    return 1 if failed or not results else 0


if __name__ == "__main__":
    entry(main)
