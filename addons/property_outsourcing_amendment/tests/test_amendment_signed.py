from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .amendment_common import AmendmentCommon

REPORT = "property_outsourcing_amendment.report_contract_amendment_document"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestAmendmentSigned(AmendmentCommon):
    """Old and new are copied before anything changes: what is signed reads the same once it is in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.clause = cls.contract.rule_ids[0]
        item = {"contract_id": cls.contract.id, "name": "Tiles", "price_unit": 180.0, "quantity": 100.0}
        cls.item = open_gate(cls.env["outsourcing.contract.item"]).create(item).with_env(cls.env)
        cls.day = date(2026, 6, 20)

    def _print(self, amendment):
        self.env.flush_all()
        self.env.invalidate_all()
        html = self.env["ir.actions.report"]._render_qweb_html(REPORT, amendment.ids)[0].decode()
        return " ".join(html.split())

    def _get_changes(self):
        """Return a change of each kind a service contract knows."""
        term = self.contract.sla_ids[0]
        return [
            {"kind": "period_fee", "amount": 15000.0, "date": date(2026, 10, 1)},
            {"kind": "end_date", "date": date(2027, 2, 28)},
            {"kind": "community_add", "community_id": self.other_community.id, "amount": 3000.0,
             "date": date(2026, 7, 1)},
            {"kind": "item_change", "item_id": self.item.id, "price_unit": 200.0, "quantity": 90.0},
            {"kind": "rule_change", "rule_id": self.clause.id, "name": "Other wording", "rule_clause": "9.9"},
            {"kind": "sla", "sla_priority": term.priority, "sla_metric": term.metric, "sla_hours": 77.0},
            {"kind": "manager", "partner_id": self.performer.id},
            {"kind": "text", "name": "Copies", "old_text": "four", "new_text": "six"},
        ]  # fmt: skip

    def test_what_is_in_force_prints_as_it_was_signed(self):
        amendment = self._approve_amendment(self.contract, *self._get_changes(), date_effective=self.day)
        self._sign_amendment(amendment)
        values = [(line.what, line.old_shown, line.new_shown) for line in amendment.line_ids]
        signed = self._print(amendment)
        with freeze_time(self.day):
            amendment._process_due()
        self.assertEqual(amendment.state, "active")
        self.assertEqual(self._print(amendment), signed)
        self.assertEqual([(line.what, line.old_shown, line.new_shown) for line in amendment.line_ids], values)
        self.assertEqual(values[0][1:], ("$12,000.00", "$15,000.00 from 2026-10-01"))

    def test_names_of_terms_stay_as_signed(self):
        amendment = self._amend(self.contract, *self._get_changes())
        signed = self._print(amendment)
        self.item._gated().name = "Other tiles"
        self.other_community.name = "Renamed Bay"
        self.performer.name = "Renamed Foreman"
        self.assertEqual(self._print(amendment), signed)

    def test_totals_stay_as_signed_while_another_amendment_takes_effect(self):
        first = self._approve_amendment(
            self.contract,
            {"kind": "community_add", "community_id": self.other_community.id, "amount": 100.0,
             "date": date(2026, 12, 1)},
        )  # fmt: skip
        row = self.contract.milestone_ids[-1]
        line = {"kind": "row_amount", "milestone_id": row.id, "amount": 11000.0}
        second = self._approve_amendment(self.contract, line, date_effective=self.day)
        self._sign_amendment(second)
        signed = self._print(second)
        self._sign_amendment(first)
        with freeze_time(self.day):
            second._process_due()
        self.assertEqual((second.amount_before, second.amount_after), (144000.0, 143000.0))
        self.assertEqual(self._print(second), signed)
        self._assert_in_step(self.contract, 143100.0)
        self.assertIn("$144,100.00 → $143,100.00", self.contract.message_ids[0].body)

    def test_returned_amendment_shows_the_contract_again(self):
        line = {"kind": "period_fee", "amount": 15000.0, "date": date(2026, 10, 1)}
        amendment = self._approve_amendment(self.contract, line)
        self.assertEqual(amendment.line_ids.old_value, "$12,000.00")
        amendment.with_user(self.user_manager).return_note = "Once more"
        amendment.with_user(self.user_manager).action_return()
        self.assertFalse(amendment.line_ids.old_value)
        self.assertEqual(amendment.line_ids.old_shown, "$12,000.00")

    def test_extension_goes_on_at_the_fee_before_a_later_one(self):
        """March at the old fee, the new one from April: 12 x 12,000 + 3 x 12,000 + 3 x 15,000."""
        changes = (
            {"kind": "end_date", "date": date(2027, 6, 30)},
            {"kind": "period_fee", "amount": 15000.0, "date": date(2027, 4, 1)},
        )
        self._amend(self.contract, *changes)
        self._assert_in_step(self.contract, 15 * 12000.0 + 3 * 15000.0)

    def test_fee_of_all_communities_names_what_each_has_paid(self):
        self.contract._gated().write({"community_ids": [Command.link(self.other_community.id)]})
        fees = [(self.community, 12000.0), (self.other_community, 5000.0)]
        vals = [{"community_id": place.id, "price_unit": fee} for place, fee in fees]
        self.contract._gated().write({"fee_ids": [Command.create(row) for row in vals]})
        line = {"kind": "period_fee", "amount": 9000.0, "date": date(2026, 12, 1)}
        amendment = self._approve_amendment(self.contract, line)
        self.assertEqual(amendment.line_ids.old_shown, "River Bay $5,000.00, Sunshine Garden $12,000.00")
