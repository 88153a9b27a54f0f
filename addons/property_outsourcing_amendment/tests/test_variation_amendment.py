from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .variation_common import VariationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestVariationAmendment(VariationCommon):
    """Approved variations are taken up once, by one amendment."""

    # ---- taken up ---------------------------------------------------------------------------------------

    def test_approved_variations_become_one_new_payment_row(self):
        first = self._approve_variation(self.contract, self.tiles)
        second = self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": 0.5})
        amendment = self._gather(first | second, name="Variations 1 and 2")
        self.assertEqual((amendment.amount_delta, amendment.variation_ids), (6570.0, first | second))
        self.assertEqual((first | second).mapped("state"), ["amended", "amended"])
        self.assertEqual(first.amendment_line_id, amendment.line_ids)
        amendment.with_user(self.user_manager2).action_submit()
        amendment.with_user(self.user_manager3).action_approve()
        self._sign_amendment(amendment)
        self._assert_in_step(self.contract, 206570.0)
        self.assertIn("Variations 1 and 2", self.contract.milestone_ids.mapped("name"))

    def test_negative_variations_go_to_a_chosen_row(self):
        variation = self._approve_variation(self.contract, {"item_id": self.item.id, "quantity": -10.0})
        with self.assertRaisesRegex(UserError, "choose the payment row"):
            self._gather(variation)
        self.assertEqual(variation.state, "approved")
        row = self.contract.milestone_ids[2]
        amendment = self._gather(variation, milestone=row)
        amendment.with_user(self.user_manager2).action_submit()
        amendment.with_user(self.user_manager3).action_approve()
        self._sign_amendment(amendment)
        self.assertEqual(row.amount, 58200.0)
        self._assert_in_step(self.contract, 198200.0)

    def test_a_variation_goes_into_one_amendment_only(self):
        variation = self._approve_variation(self.contract, self.tiles)
        amendment = self._gather(variation)
        with self.assertRaisesRegex(UserError, "only approved variations"):
            self._gather(variation)
        with self.assertRefused("can no longer be changed."):
            variation.with_user(self.user_manager2).write({"amendment_id": False})
        amendment.with_user(self.user_manager2).action_cancel()
        self.assertEqual((variation.state, variation.amendment_id.id), ("approved", False))
        again = self._gather(variation)
        again.with_user(self.user_manager2).unlink()
        self.assertEqual(variation.state, "approved")

    def test_amendment_is_worth_what_its_variations_add_up_to(self):
        variation = self._approve_variation(self.contract, self.tiles)
        amendment = self._gather(variation).with_user(self.user_manager2)
        amendment.line_ids.amount = 9999.0
        with self.assertRaisesRegex(UserError, r"add up to \$6,480.00"):
            amendment.action_submit()
        amendment.line_ids.unlink()
        self.assertEqual((variation.state, variation.amendment_id.id), ("approved", False))

    def test_only_approved_variations_of_one_contract(self):
        approved = self._approve_variation(self.contract, self.tiles)
        submitted = self._submit_variation(self.contract, self.tiles)
        with self.assertRaisesRegex(UserError, "only approved"):
            self._gather(approved | submitted)
        other = self._approve_variation(
            self._create_works_contract(), {"name": "X", "price_unit": 5.0, "quantity": 1.0}
        )
        with self.assertRaisesRegex(UserError, "one contract only"):
            self._gather(approved | other)
        with self.assertRefused("You are not the person who may take this step; ask", AccessError):
            approved.with_user(self.user_supervisor).action_create_amendment()

    def test_dialogue_creates_the_amendment(self):
        variation = self._approve_variation(self.contract, self.tiles).with_user(self.user_manager2)
        action = variation.action_create_amendment()
        with Form(
            self.env[action["res_model"]].with_user(self.user_manager2).with_context(**action["context"])
        ) as form:
            form.title = "Taken up"
        result = form.record.action_create()
        amendment = self.env["outsourcing.contract.amendment"].browse(result["res_id"])
        self.assertEqual(amendment.line_ids.mapped("name"), ["Taken up"])
        self.assertEqual(self.contract.variation_count, 1)

    @property
    def user_manager3(self):
        """A third manager, who neither drew up nor checked."""
        users = self.env["res.users"].search([("login", "=", "third_manager")])
        return users or self._create_internal_user("third_manager", "Third Manager", "manager")

    def _gather(self, variations, **kwargs):
        return (
            variations.with_user(self.user_manager2)
            ._create_amendment("Taken up", **kwargs)
            .with_env(self.env)
        )

    # ---- cheats -----------------------------------------------------------------------------------------

    def test_prints_show_both_sides(self):
        variation = self._approve_variation(self.contract, self.tiles)
        reports = self.env["ir.actions.report"]
        html = reports._render_qweb_html("property_outsourcing_amendment.report_variation", variation.ids)[
            0
        ].decode()
        for text in ("Hollow tiles", "6,480.00", "Chen Foreman", self.user_manager.name, variation.name):
            self.assertIn(text, html)
        amendment = self._gather(variation)
        html = reports._render_qweb_html(
            "property_outsourcing_amendment.report_contract_amendment", amendment.ids
        )[0].decode()
        for text in (self.contractor.name, self.company.name, "206,480.00", variation.name, amendment.title):
            self.assertIn(text, html)

    def test_an_approved_variation_tells_how_far_it_moves_the_price_of_the_contract(self):
        """6,480.00 on a contract of 200,000.00: 3.24 %, weighed by the price."""
        variation = self._approve_variation(self.contract, self.tiles)
        fact = self.contract.fact_ids.filtered(lambda fact: fact.fact_type == "price_deviation")
        self.assertEqual((fact.res_id, fact.value, fact.weight), (variation.id, 3.24, 200000.0))
        self.assertNotIn("price_deviation", dict(fact._get_trigger_selection()))
