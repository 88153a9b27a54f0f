from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.property_outsourcing.models.contract.contract_life import OutsourcingContract

from . import many


@tagged("post_install", "-at_install")
class TestMany(TransactionCase):
    """Whatever takes many documents has a test with 1 and 30, or a reason why nobody calls it so."""

    def test_every_step_of_many_documents_is_compared(self):
        unmeasured = "\n".join(sorted(many.find_unmeasured(self.env)))
        self.assertFalse(unmeasured, f"{many.HOW}:\n{unmeasured}")

    def test_a_new_step_is_missed(self):
        def action_seeded(self):
            return self

        def _cron_seeded(self):
            self.search([])._run_in_batches("_end_suspensions")

        for method in (action_seeded, _cron_seeded):
            method.__module__ = OutsourcingContract.__module__
            with patch.object(OutsourcingContract, method.__name__, method, create=True):
                found = many.find_unmeasured(self.env)
            name = "action_seeded" if method is action_seeded else "_end_suspensions"
            self.assertEqual(found, {f"outsourcing.contract.{name}"})

    def test_names_and_reasons_are_those_of_steps(self):
        steps = many.find_steps(self.env)
        methods = {name.rpartition(".")[2] for name in steps}
        self.assertFalse({name for name in many.SINGLE if name not in steps and name not in methods})
        self.assertFalse((many.SINGLE.keys() | many.OWED) & many.read_measured())
        self.assertLessEqual(many.OWED, steps)
        for name in many.read_measured():
            model, _dot, method = name.rpartition(".")
            self.assertTrue(hasattr(self.env[model], method), name)
