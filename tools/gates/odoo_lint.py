"""The checks of Odoo's own test_lint that read files, pointed at our add-ons.

Those that need a database are tests of the add-on test_property_outsourcing.
"""

import contextlib
import importlib
import io
import logging
import unittest
from unittest import mock

from .base import Finding

CLASSES = (
    ("test_dunderinit", "TestDunderinit"),
    ("test_manifests", "ManifestLinter"),
    ("test_jstranslate", "TestJsTranslations"),
    ("test_onchange_domains", "TestOnchangeDomains"),
    ("test_orm_import", "TestDunderinit"),
    ("test_i18n", "TestI18n"),
    ("test_test_holes", "TestTestHoles"),
    ("test_l10n", "L10nLinter"),
)


class _Warnings(logging.Handler):
    """Some of the checks log a warning where they mean a failure."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.texts = []

    def emit(self, record):
        self.texts.append(record.getMessage())


def check(checkout):
    """Run the checks; every failure, error, skip and warning of theirs is a finding."""
    from odoo.modules import Manifest
    from odoo.modules import module as odoo_module
    from odoo.tools import config

    folders = sorted({str(addon.path.parent) for addon in checkout.addons})
    config.parse_config(
        [f"--addons-path={','.join(folders)}", "--http-interface=127.0.0.1", "--log-level=warn"]
    )
    odoo_module.initialize_sys_path()
    names = [addon.name for addon in checkout.addons]
    ours = [manifest for name in names if (manifest := Manifest.for_addon(name))]
    missing = [Finding(name, 0, "Odoo finds no manifest") for name in names if not Manifest.for_addon(name)]
    warnings = _Warnings()
    suite = unittest.TestSuite()
    with contextlib.ExitStack() as stack:
        stack.enter_context(
            mock.patch.object(Manifest, "all_addon_manifests", staticmethod(lambda: list(ours)))
        )
        for module_name, class_name in CLASSES:
            module = importlib.import_module(f"odoo.addons.test_lint.tests.{module_name}")
            if hasattr(module, "get_modules"):
                stack.enter_context(mock.patch.object(module, "get_modules", lambda: names))
            suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(getattr(module, class_name)))
        logging.getLogger("odoo").addHandler(warnings)
        try:
            result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
        finally:
            logging.getLogger("odoo").removeHandler(warnings)
    found = [*missing]
    for test, text in [*result.failures, *result.errors]:
        found.append(
            Finding(f"test_lint {test.id().rsplit('.', 2)[-2]}", 0, " ".join(text.strip().splitlines()[-3:]))
        )
    found += [Finding(f"test_lint {test.id()}", 0, f"skipped: {reason}") for test, reason in result.skipped]
    found += [Finding("test_lint", 0, text) for text in warnings.texts]
    if result.testsRun < len(CLASSES):
        found.append(Finding("test_lint", 0, f"only {result.testsRun} checks ran"))
    return found
