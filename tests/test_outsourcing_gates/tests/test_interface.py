from odoo.tests import TransactionCase, tagged

from .common import own_records, suite_modules


@tagged("post_install", "-at_install")
class TestInterface(TransactionCase):
    def test_suite_is_installed(self):
        self.assertIn("property_outsourcing", suite_modules(self.env))

    def test_every_list_that_a_menu_opens_has_a_help_text(self):
        missing = []
        for menu in own_records(self.env, "ir.ui.menu"):
            action = menu.action
            if action and action._name == "ir.actions.act_window" and action.target not in ("new", "inline"):
                if not action.help and "form" != action.view_mode:
                    missing.append(f"{menu.complete_name}: {action.get_external_id()[action.id]}")
        self.assertFalse(missing, "no help text for the empty list:\n" + "\n".join(sorted(missing)))

    def test_every_list_that_a_menu_opens_can_be_searched(self):
        missing = []
        for menu in own_records(self.env, "ir.ui.menu"):
            action = menu.action
            if not action or action._name != "ir.actions.act_window" or action.view_mode == "form":
                continue
            if not action.search_view_id and not self.env["ir.ui.view"].default_view(
                action.res_model, "search"
            ):
                missing.append(f"{menu.complete_name}: {action.res_model}")
        self.assertFalse(missing, "no search view:\n" + "\n".join(sorted(missing)))

    def test_every_model_has_an_access_right_and_a_description(self):
        missing = []
        for model in own_records(self.env, "ir.model"):
            if model.model not in self.env or model.abstract:
                continue
            if not model.access_ids:
                missing.append(f"{model.model} has no access right")
            if not self.env[model.model]._description or self.env[model.model]._description == model.model:
                missing.append(f"{model.model} has no description")
        self.assertFalse(missing, "\n".join(sorted(missing)))

    def test_views_show_only_what_exists(self):
        """Every view of the suite can still be combined and read, by its own model's rules."""
        self.env["ir.ui.view"].search([("id", "in", own_records(self.env, "ir.ui.view").ids)])._check_xml()

    def test_every_model_with_a_company_has_a_rule(self):
        """For everybody, or for each group that may read it; otherwise another company's rows are seen."""
        missing = []
        for record in own_records(self.env, "ir.model"):
            model = self.env.get(record.model)
            if model is None or model._original_module not in suite_modules(self.env):
                continue
            if (
                model._abstract
                or model._transient
                or not getattr(model._fields.get("company_id"), "store", False)
            ):
                continue
            if record.rule_ids.filtered(lambda rule: not rule.groups):
                continue
            ruled = record.rule_ids.groups
            for group in record.access_ids.filtered("perm_read").group_id:
                if not ruled & (group | group.all_implied_ids):
                    missing.append(f"{record.model} for {group.full_name}")
        self.assertFalse(missing, "no rule for the company:\n" + "\n".join(sorted(missing)))
