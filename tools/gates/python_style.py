"""Ruff, pylint with pylint-odoo's mandatory set, and pylint with Odoo's own checkers."""

import os
import re
import subprocess
import sys
from pathlib import Path

from .base import Finding

# The mandatory set of the OCA template as far as pylint-odoo 10 has it, and what became of the rest; without
# consider-merging-classes-inherited, because a big model is cut by concern into several classes here.
PYLINT_ODOO = """
    anomalous-backslash-in-string assignment-from-none attribute-deprecated attribute-string-redundant
    bad-builtin-groupby context-overridden dangerous-default-value deprecated-name-get
    deprecated-odoo-model-method deprecated-self-cr development-status-allowed duplicate-key eval-used
    except-pass external-request-timeout inheritable-method-lambda inheritable-method-string
    invalid-commit license-allowed manifest-author-string manifest-behind-migrations
    manifest-data-duplicated manifest-deprecated-key manifest-external-assets manifest-maintainers-list
    manifest-required-author manifest-required-key manifest-version-format method-compute method-inverse
    method-required-super method-search missing-return no-raise-unlink no-wizard-in-models
    no-write-in-compute odoo-addons-relative-import odoo-exception-warning pointless-statement
    pointless-string-statement print-used prohibited-method-override redundant-keyword-arg reimported
    renamed-field-parameter resource-not-exist return-in-init sql-injection super-method-mismatch
    test-folder-imported too-few-format-args translation-contains-variable translation-field
    translation-format-interpolation translation-format-truncated translation-fstring-interpolation
    translation-injection translation-not-lazy translation-positional-used translation-required
    translation-too-few-args translation-too-many-args translation-unsupported-format unreachable
    use-vim-comment website-manifest-key-not-valid-uri
""".split()
ODOO_CHECKERS = """
    used-before-assignment undefined-variable eval-used unreachable function-redefined sql-injection
    missing-gettext gettext-variable gettext-placeholders gettext-repr raise-unlink-override
""".split()
# Hooks of the workflow that return nothing, like setUp: an override calls super and goes on.
RETURN_NOTHING = """
    __init__ _register_hook setUp setUpClass tearDown tearDownClass
    _check_actor _check_transition _check_source_state _after_transition _transition_to _check_may_edit
    _check_may_add_evidence _check_may_withdraw_acceptance _check_signature _after_signature
    _check_acceptable _check_complete _check_duties _check_fee_days _after_decline _after_resumption_corrected
    _forget_signed _settle_open_points
    _compute_access_url _compute_display_name _compute_group_payment _compute_kind _compute_qty_invoiced
    _compute_qty_received _compute_qty_received_method _copy_data_extend_business_fields _pre_dispatch
""".split()
MESSAGE = re.compile(r"^(.+?):(\d+): (.*)$")


def _program(name):
    return str(Path(sys.executable).parent / name)


def _run(command, checkout, **options):
    return subprocess.run(command, cwd=checkout.root, capture_output=True, text=True, check=False, **options)


def _settings(checkout):
    """The repository's own settings, also for a scratch copy that has none."""
    own = checkout.root / "pyproject.toml"
    return own if own.is_file() else Path(__file__).resolve().parents[2] / "pyproject.toml"


def ruff(checkout):
    """`ruff check` over everything."""
    done = _run(
        [
            _program("ruff"),
            "check",
            "--no-cache",
            "--output-format=concise",
            "--config",
            str(_settings(checkout)),
            ".",
        ],
        checkout,
    )
    return list(_messages(done, r"^(?:Found|All checks|\[\*\]|No fixes)"))


def ruff_format(checkout):
    """`ruff format --check` over everything."""
    done = _run(
        [
            _program("ruff"), "format", "--check", "--no-cache", "--output-format=concise",
            "--config", str(_settings(checkout)), ".",
        ],
        checkout,
    )  # fmt: skip
    return list(_messages(done, r"^\d+ files? "))


def _messages(done, ignored):
    """Findings of a linter that writes path:line:column: text; a failure without any is one too."""
    found = []
    for line in done.stdout.splitlines():
        match = re.match(r"^(.+?):(\d+)(?::\d+)?: (.*)$", line)
        if match:
            found.append(Finding(match[1], int(match[2]), match[3]))
        elif line.strip() and not re.match(ignored, line) and not line.startswith(("*", "-", "Your code")):
            found.append(Finding("linter", 0, line.strip()))
    return found or _failed(done)


def _failed(done):
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()
        return [Finding("linter", 0, f"exit code {done.returncode}: {said[-1]}")]
    return []


def _pylint(checkout, arguments, env=None):
    paths = [str(addon.path.relative_to(checkout.root)) for addon in checkout.addons]
    if not paths:
        return [Finding("addons", 0, "there is no add-on")]
    command = [
        _program("pylint"), f"--rcfile={os.devnull}", "--disable=all", "--score=n", "--reports=n",
        f"--jobs={min(2, len(paths))}", "--msg-template={path}:{line}: {msg} ({symbol})", *arguments, *paths,
    ]  # fmt: skip
    environment = dict(
        os.environ, PYLINTHOME=str(checkout.root / ".state" / "home" / "pylint"), **(env or {})
    )
    done = _run(command, checkout, env=environment)
    if "Traceback" in done.stderr or done.returncode >= 32:
        return _failed(done) or [Finding("linter", 0, done.stderr.strip().splitlines()[-1])]
    return list(_messages(done, "^$"))


def pylint_odoo(checkout):
    """pylint-odoo's mandatory set."""
    return _pylint(
        checkout,
        [
            "--load-plugins=pylint_odoo",
            f"--enable={','.join(PYLINT_ODOO)},syntax-error,unknown-option-value",
            "--valid-odoo-versions=19.0",
            "--manifest-required-authors=Property Outsourcing contributors",
            "--manifest-required-keys=license",
            "--manifest-deprecated-keys=description,active",
            "--license-allowed=LGPL-3",
            f"--no-missing-return={','.join(RETURN_NOTHING)}",
        ],
    )


def odoo_pylint(checkout):
    """The checkers of Odoo's own test_lint: SQL injection, translation calls, raising in unlink."""
    import odoo

    addons = next(
        place
        for folder in odoo.__path__
        for place in (Path(folder) / "addons", Path(folder).parent / "addons")
        if (place / "test_lint").is_dir()
    )
    here = addons / "test_lint" / "tests"
    ours = sorted({str(addon.path.parent) for addon in checkout.addons})
    found = _pylint(
        checkout,
        [
            f"--enable={','.join(ODOO_CHECKERS)},syntax-error",
            "--load-plugins=_pylint_path_setup,pylint.extensions.bad_builtin,_odoo_checker_sql_injection,"
            "_odoo_checker_gettext,_odoo_checker_unlink_override",
            "--bad-functions=input",
        ],
        {
            "PYTHONPATH": os.pathsep.join([str(here), *_own_paths()]),
            "ADDONS_PATH": os.pathsep.join(ours),
        },
    )
    # A comment that switches one of pylint-odoo's messages off names what this run does not know.
    return [finding for finding in found if "Unknown option value for 'disable'" not in finding.text]


def fix(checkout):
    """What ruff can put right by itself, and its formatting."""
    for command in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        _run([_program("ruff"), *command, "--no-cache", "."], checkout)


def _own_paths():
    """What is on Python's path beyond Python itself, as Odoo's own check does it."""
    return [path for path in sys.path if path and not path.startswith((sys.prefix, sys.base_prefix))]
