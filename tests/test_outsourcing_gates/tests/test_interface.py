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

    def test_every_model_with_a_company_has_a_rule_for_it(self):
        """Otherwise another company's rows are seen."""
        ours = {model.model for model in own_records(self.env, "ir.model") if model.model in self.env}
        ruled = set(self.env["ir.rule"].search([("groups", "=", False)]).mapped("model_id.model"))
        missing = [
            name
            for name in sorted(ours)
            if (model := self.env[name])._auto
            and not model._abstract
            and not model._transient
            and "company_id" in model._fields
            and model._fields["company_id"].store
            and name not in ruled
        ]
        self.assertFalse(missing, "no rule for the company:\n" + "\n".join(missing))
