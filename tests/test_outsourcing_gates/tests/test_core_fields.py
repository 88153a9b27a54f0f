from odoo.tests import TransactionCase, tagged

from .common import suite_modules


@tagged("post_install", "-at_install")
class TestCoreFields(TransactionCase):
    """Fields that the suite adds to core's models, or that point at them, leave core as it is."""

    def _fields_of_ours(self):
        ours = set(suite_modules(self.env))
        for model in self.env.values():
            if not model._abstract and not model._transient:
                for field in model._fields.values():
                    if field._module in ours and not field.inherited:
                        yield model, field

    def _is_core(self, name):
        return self.env[name]._original_module not in suite_modules(self.env)

    def test_records_of_core_are_created_without_looking_into_the_suite(self):
        """A list as the domain of a many2many makes each new record of its model search for it, half made."""
        found = [
            f"{field}: write the domain as text"
            for _model, field in self._fields_of_ours()
            if field.type == "many2many" and isinstance(field.domain, list) and field.domain
            and not field.compute and self._is_core(field.comodel_name)
        ]  # fmt: skip
        self.assertFalse(found, "\n".join(found))

    def test_records_of_core_are_duplicated_without_rights_in_the_suite(self):
        found = []
        everybody = self.env.ref("base.group_user")
        for model, field in self._fields_of_ours():
            if not field.copy or not self._is_core(model._name):
                continue
            readable = True
            if field.type in ("one2many", "many2many"):
                access = self.env["ir.model.access"].search(
                    [("model_id.model", "=", field.comodel_name), ("perm_read", "=", True)]
                )
                readable = bool(set(access.mapped("group_id.id") or [False]) & {False, everybody.id})
                readable = readable or any(not line.group_id for line in access)
            if field.groups or not readable:
                found.append(f"{field}: copy=False, or nobody else duplicates {model._description}")
        self.assertFalse(found, "\n".join(found))
