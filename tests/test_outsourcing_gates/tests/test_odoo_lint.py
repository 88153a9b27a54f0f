"""The checks of Odoo's own test_lint that look at a database, pointed at this suite."""

import contextlib
from collections import Counter
from tempfile import NamedTemporaryFile
from types import SimpleNamespace
from unittest.mock import patch

from odoo.http import Controller, route
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import translation_file_reader

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_index,
    test_naming,
    test_override_signatures,
    test_routes,
)
from odoo.addons.web.controllers.home import Home

from .common import suite_modules

# Inverses that a wider index serves: the index and its columns.
COVERED = {"outsourcing.evidence.res_id": ("outsourcing_evidence_res_idx", "(res_model, res_id)")}


@tagged("post_install", "-at_install")
class TestOdooLint(TransactionCase):
    def _our_classes(self):
        """Names of the models that a class of the suite defines or extends."""
        prefixes = tuple(f"odoo.addons.{name}." for name in suite_modules(self.env))
        found = []
        for name, model in self.registry.items():
            if any(part.__module__.startswith(prefixes) for part in model.mro()):
                found.append(name)
        return found

    def _run(self, test, module):
        """Run a core test on our models alone; answers every failure, not only the first."""
        ours = {name: self.registry[name] for name in self._our_classes()}
        self.assertTrue(ours)
        found = []

        @contextlib.contextmanager
        def collect(**where):
            test._subtest = SimpleNamespace(params=where)
            try:
                yield
            except (AssertionError, TypeError) as error:
                if self._is_ours(**where):
                    found.append(f"{where}: {error}")

        with patch.object(module, "Registry", lambda _name: ours), patch.object(test, "subTest", collect):
            type(test).setUpClass()
            self.addCleanup(type(test).doClassCleanups)
            getattr(test, test._testMethodName)()
        return found

    def _is_ours(self, module=None, model=None, method=None):
        """Whether a core test's finding is about a method that the suite wrote."""
        names = suite_modules(self.env)
        if module:
            return module in names
        return getattr(self.registry[model], method).__module__.startswith(
            tuple(f"odoo.addons.{name}." for name in names)
        )

    def _run_signatures(self):
        test = test_override_signatures.TestLintOverrideSignatures("test_lint_override_signature")
        return self._run(test, test_override_signatures)

    def _run_naming(self):
        return self._run(test_naming.TestNaming("test_parameter_rpc_compatible"), test_naming)

    def _run_docstrings(self):
        with patch.object(test_docstring, "MODULES_TO_LINT", tuple(suite_modules(self.env))):
            return self._run(test_docstring.TestDocstring("test_docstring"), test_docstring)

    @contextlib.contextmanager
    def _seeded(self, name, fault):
        """Give the class that defines ``outsourcing.fact`` a faulty method."""
        ours = "odoo.addons.property_outsourcing."
        owner = next(
            part for part in self.registry["outsourcing.fact"].mro() if part.__module__.startswith(ours)
        )
        fault.__module__ = owner.__module__
        with patch.object(owner, name, fault, create=True):
            yield

    def test_overrides_keep_the_signature(self):
        found = self._run_signatures()
        self.assertFalse(found, "\n".join(found))

    def test_no_parameter_named_ids_or_context(self):
        found = self._run_naming()
        self.assertFalse(found, "\n".join(found))

    def test_docstrings_match_their_signatures(self):
        found = self._run_docstrings()
        self.assertFalse(found, "\n".join(found))

    def test_seeded_docstring_is_found(self):
        def documented(self, right):
            """Do it.

            :param wrong: there is no such parameter
            """

        with self._seeded("_seeded_documented", documented):
            found = self._run_docstrings()
        self.assertEqual(len(found), 1)
        self.assertIn("_seeded_documented", found[0])
        self.assertIn("non-existing parameters", found[0])

    def test_seeded_broken_docstring_is_found(self):
        def broken(self):
            """Do ``it."""

        with self._seeded("_seeded_broken", broken):
            found = self._run_docstrings()
        self.assertEqual(len(found), 1)
        self.assertIn("Unable to parse", found[0])

    def test_seeded_parameter_is_found(self):
        def action_seeded(self, ids):
            pass

        with self._seeded("action_seeded", action_seeded):
            found = self._run_naming()
        self.assertEqual(len(found), 1)
        self.assertIn("action_seeded", found[0])

    def test_seeded_signature_is_found(self):
        def write(self):
            pass

        with self._seeded("write", write):
            found = self._run_signatures()
        self.assertTrue(found)
        self.assertIn("write", found[0])

    def _run_index(self):
        test = test_index.TestIndex("test_enforce_index_on_one2many_inverse")
        test.env = self.env
        test.test_enforce_index_on_one2many_inverse()

    def test_one_to_many_inverses_are_indexed(self):
        for field, index in COVERED.items():
            self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index[0]])
            self.assertIn(index[1], self.env.cr.fetchone()[0], field)
        self.patch(
            test_index, "BTREE_INDEX_IGNORE_FIELDS", test_index.BTREE_INDEX_IGNORE_FIELDS | COVERED.keys()
        )
        self._run_index()

    def test_seeded_missing_index_is_found(self):
        field = self.registry["outsourcing.contract.rule"]._fields["contract_id"]
        with (
            patch.object(field, "index", None),
            self.assertRaisesRegex(AssertionError, "contract.rule.contract_id"),
        ):
            self._run_index()

    def _run_routes(self):
        test = test_routes.RoutesLinter("test_routes_definition")
        test.env = self.env
        test.test_routes_definition()

    def test_routes_do_not_repeat_their_parents(self):
        with self.assertNoLogs("odoo.addons.test_lint", "WARNING"):
            self._run_routes()

    def test_seeded_repeated_route_is_found(self):
        class SeededHome(Home):
            @route(auth="none")  # what the parent says already
            def index(self, *args, **kwargs):
                pass

        self.addCleanup(Controller.children_classes["test_outsourcing_gates"].clear)
        with self.assertLogs("odoo.addons.test_lint", "WARNING") as logs:
            self._run_routes()
        self.assertIn("SeededHome.index", "".join(logs.output))

    def _get_terms_twice(self, path):
        counts = Counter(
            (entry["type"], entry["name"], entry["imd_name"], entry["src"])
            if entry["type"] == "model_terms"
            else (entry["type"], entry["name"], entry["imd_name"])
            if entry["type"] == "model"
            else (entry["type"], entry["src"])
            for entry in translation_file_reader(path)
        )
        return [key for key, count in counts.items() if count > 1]

    def test_templates_have_no_term_twice(self):
        for name in suite_modules(self.env):
            self.assertFalse(self._get_terms_twice(file_path(f"{name}/i18n/{name}.pot")), name)

    def test_seeded_term_that_stands_twice_is_found(self):
        entry = (
            "#. module: property_outsourcing\n"
            "#: model:ir.model.fields,field_description:property_outsourcing.field_outsourcing_fact__note\n"
            'msgid "%s"\nmsgstr ""\n\n'
        )
        with NamedTemporaryFile("w", suffix=".pot") as template:
            template.write('msgid ""\nmsgstr ""\n\n' + entry % "Note" + entry % "Remark")
            template.flush()
            self.assertEqual(len(self._get_terms_twice(template.name)), 1)
