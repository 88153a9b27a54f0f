from odoo.tests import TransactionCase, tagged

# notes of the office about a record, never a part of it
OFFICE_NOTES = {"internal_note"}
TEXTS = ("char", "text", "html")


@tagged("post_install", "-at_install")
class TestFrozenReasons(TransactionCase):
    """In every add-on: what explains a decision is frozen with the state the decision led to."""

    def _get_models(self):
        mixin = self.registry["outsourcing.workflow.mixin"]
        return [
            model
            for name, model in self.env.items()
            if not model._abstract and not model._transient and issubclass(self.registry[name], mixin)
        ]

    def _get_open_texts(self, model, state):
        """Return the texts of ours that a client may still write while a record is in ``state``."""
        record = model.new({model._state_field: state})
        closed = record._get_frozen_fields() | model._get_stamped_fields() | model._get_derived_fields()
        return {
            name
            for name, field in model._fields.items()
            if field.type in TEXTS
            and field.store
            and not field.related
            and field._module.startswith("property_outsourcing")
            and name not in closed
        }

    def test_ended_records_keep_their_reasons_and_remarks(self):
        models = self._get_models()
        self.assertGreater(len(models), 8)
        for model in models:
            targets = model._get_transitions()
            for state in model._fields[model._state_field].get_values(self.env):
                steps = [target for target, sources in targets.items() if state in sources]
                if not steps:
                    with self.subTest(model=model._name, state=state):
                        self.assertLessEqual(self._get_open_texts(model, state), OFFICE_NOTES)

    def test_what_stays_open_explains_a_step_still_to_come(self):
        for model in self._get_models():
            values = set(model._fields[model._state_field].get_values(self.env))
            for name, states in model._get_open_states().items():
                with self.subTest(model=model._name, field=name):
                    self.assertLessEqual(set(states), values)
                    sources = {state for states in model._get_transitions().values() for state in states}
                    self.assertLessEqual(set(states), sources, "No step leads out of the state")
