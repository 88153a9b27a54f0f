import re
import textwrap
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ADDON = Path(__file__).resolve().parents[1]
PAGE = ADDON.parents[1] / "EXTENDING.md"
# the hooks that the suite's design names
DESIGNED = {
    "_get_stamped_fields", "_get_free_fields", "_get_transitions", "_get_fact_types", "_record",
    "_get_contractor_blockers", "_get_blocking_states", "_record_acceptances", "_check_acceptable",
    "_follow_amount", "_get_kept_files_domains", "_get_line_kinds", "_prepare_settlement_lines",
    "_get_settlement_blockers", "_get_change_kinds", "_propose_termination", "_after_order_step",
    "_resolve_code", "_get_outsourcing_role_domains", "_get_outsourcing_nav", "_get_outsourcing_sections",
    "_run_in_batches",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestExtending(TransactionCase):
    """EXTENDING.md names what there is, and shows code that the other tests of this add-on run."""

    def setUp(self):
        super().setUp()
        self.page = PAGE.read_text(encoding="utf-8")

    def _get_hooks(self):
        """Return the (model, method) that the page names; a second method in a cell is of the same model."""
        hooks = []
        for model, methods in re.findall(r"`([a-z.]+)\.(_\w+\([^`]*\)`(?:, `_\w+\([^`]*\)`)*)", self.page):
            hooks += [(model, method) for method in re.findall(r"(_[a-z]\w+)\(", methods)]
        return hooks

    def test_every_hook_it_names_exists(self):
        hooks = self._get_hooks()
        self.assertGreater(len(hooks), 30)
        missing = [hook for hook in hooks if not callable(getattr(self.env[hook[0]], hook[1], None))]
        self.assertFalse(missing)

    def test_every_hook_of_the_design_is_named(self):
        self.assertFalse(DESIGNED - {method for _model, method in self._get_hooks()})

    def test_every_hook_it_names_says_how(self):
        dumb = [
            method
            for model, method in self._get_hooks()
            if not any(
                getattr(part.__dict__.get(method), "__doc__", None) for part in type(self.env[model]).mro()
            )
        ]
        self.assertFalse(dumb)

    def test_the_code_it_shows_runs_in_this_add_on(self):
        sources = [path.read_text(encoding="utf-8") for path in ADDON.rglob("*.py")]
        blocks = re.findall(r"```python\n(.*?)```", self.page, re.DOTALL)
        self.assertGreater(len(blocks), 10)
        unknown = [block for block in blocks if not any(block.rstrip() in source for source in sources)]
        self.assertFalse(unknown, textwrap.shorten(unknown and unknown[0] or "", 200))
