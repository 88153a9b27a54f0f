"""The checks of Odoo's own test_lint that read files, pointed at the add-ons of this checkout."""

import contextlib
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from odoo.modules import Manifest
from odoo.tests import BaseCase, TransactionCase, tagged

from odoo.addons.test_lint.tests import (
    test_dunderinit,
    test_i18n,
    test_jstranslate,
    test_manifests,
    test_onchange_domains,
    test_orm_import,
    test_test_holes,
)

from .common import CHECKOUT

CHECKS = (
    test_dunderinit.TestDunderinit,
    test_manifests.ManifestLinter,
    test_orm_import.TestDunderinit,
    test_test_holes.TestTestHoles,
    # these read files of known add-ons only
    test_i18n.TestI18n,
    test_jstranslate.TestJsTranslations,
    test_onchange_domains.TestOnchangeDomains,
)


@tagged("post_install", "-at_install")
class TestOdooLintFiles(TransactionCase):
    def _run(self, *manifests):
        """Run the checks on these add-ons; some of them warn where they mean a failure."""
        with (
            patch.object(Manifest, "all_addon_manifests", lambda: manifests),
            patch.object(BaseCase, "subTest", lambda _self, **_where: contextlib.nullcontext()),
            self.assertNoLogs("odoo.addons.test_lint", "WARNING"),
        ):
            for case in CHECKS:
                for name in unittest.defaultTestLoader.getTestCaseNames(case):
                    getattr(case(name), name)()

    def test_add_ons_of_this_checkout(self):
        folders = (CHECKOUT / "addons", CHECKOUT / "tests")
        ours = [one for one in Manifest.all_addon_manifests() if Path(one.path).resolve().parent in folders]
        self.assertGreater(len(ours), 10)
        self._run(*ours)

    def test_seeded_faults_are_found(self):
        for path, text, key, said in (
            ("models.py", "from odoo.orm import fields\n", "name", "odoo.orm"),
            ("tests/test_forgotten.py", "", "name", "never imported"),
            ("models.py", "", "aplication", "aplication"),
        ):
            with tempfile.TemporaryDirectory() as folder, self.subTest(said):
                for name, content in {"__init__.py": "", "tests/__init__.py": "", path: text}.items():
                    file = Path(folder, name)
                    file.parent.mkdir(exist_ok=True)
                    file.write_text(content)
                keys = {key: "Sample"}
                sample = {
                    "name": "sample",
                    "path": folder,
                    "get": keys.get,
                    "_Manifest__manifest_content": keys,
                }
                with self.assertRaisesRegex(AssertionError, said):
                    self._run(SimpleNamespace(**sample))
