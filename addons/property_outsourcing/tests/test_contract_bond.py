from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractBond(OutsourcingCommon):
    """Bond, retention and warranty of a contract."""

    # ---- bond -------------------------------------------------------------------------------------------

    def _create_bond_contract(self, **vals):
        values = {"bond_kind": "guarantee", "bond_rate": 10.0, "bond_with_retention": True, **vals}
        return self._create_works_contract(**values)

    def test_bond_and_retention_are_not_held_together(self):
        with self.assertRaisesRegex(ValidationError, "not held together"):
            self._create_works_draft(bond_kind="cash", bond_rate=10.0)
        contract = self._create_works_draft(bond_kind="cash", bond_rate=10.0, bond_with_retention=True)
        self.assertEqual(contract.bond_amount, 20000.0)
        contract = self._create_works_draft(bond_kind="cash", bond_rate=10.0, retention_rate=0.0)
        with self.assertRaisesRegex(ValidationError, "not held together"), self.cr.savepoint():
            contract.retention_rate = 3.0
        self.assertEqual(contract.retention_rate, 0.0)

    def test_bond_is_handled_after_its_terms_are_fixed(self):
        contract = self._create_bond_contract()
        manager = contract.with_user(self.user_manager)
        today = fields.Date.today()
        self.assertEqual(contract.bond_state, "expected")
        with self.assertRaisesRegex(ValidationError, "until when"), self.cr.savepoint():
            manager.bond_date_received = today
        manager.write({"bond_date_received": today, "bond_date_valid": fields.Date.add(today, days=90)})
        self.assertEqual(contract.bond_state, "held")
        manager.bond_date_valid = fields.Date.add(today, days=10)
        self.assertEqual(contract.bond_state, "expiring")
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            manager.bond_rate = 5.0
        with self.assertRefused("You are not the person who may take this step; ask"):
            contract.with_user(self.user_supervisor).bond_date_returned = today
        manager.bond_date_returned = today
        self.assertEqual(contract.bond_state, "returned")

    def test_bond_is_found_by_its_state(self):
        contract = self._create_bond_contract()
        today = fields.Date.today()
        steps = (
            ("expected", {}),
            ("held", {"bond_date_received": today, "bond_date_valid": fields.Date.add(today, days=90)}),
            ("expiring", {"bond_date_valid": fields.Date.add(today, days=30)}),
            (
                "expired",
                {
                    "bond_date_received": fields.Date.subtract(today, days=9),
                    "bond_date_valid": fields.Date.subtract(today, days=1),
                },
            ),
            ("returned", {"bond_date_returned": today}),
        )
        for state, vals in steps:
            contract.with_user(self.user_manager).write(vals)
            for wanted, _vals in steps:
                found = self.env["outsourcing.contract"].search(
                    [("bond_state", "=", wanted), ("id", "=", contract.id)]
                )
                self.assertEqual(bool(found), wanted == state, (state, wanted))
            self.assertEqual(contract.bond_state, state)
        self.assertNotIn(contract, self.env["outsourcing.contract"].search([("bond_state", "=", False)]))

    def test_expiring_guarantee_is_announced_once(self):
        contract = self._create_bond_contract()
        today = fields.Date.today()
        contract.write({"bond_date_received": today, "bond_date_valid": fields.Date.add(today, days=10)})
        for _run in range(2):
            self.env["outsourcing.contract"]._cron_announce_expiring_bonds()
        activity = contract.activity_ids.filtered(lambda a: "performance bond" in (a.summary or ""))
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_manager)
        contract.bond_date_valid = fields.Date.add(today, days=20)
        self.env["outsourcing.contract"]._cron_announce_expiring_bonds()
        # the new date has answered the reminder of the old one
        activity = contract.activity_ids.filtered(lambda a: "performance bond" in (a.summary or ""))
        self.assertEqual(activity.date_deadline, contract.bond_date_valid)

    def test_bond_without_an_amount_is_not_submitted(self):
        contract = self._create_works_draft(bond_kind="cash", bond_with_retention=True)
        with self.assertRaisesRegex(UserError, "bond has no amount"):
            contract.with_user(self.user_manager).action_submit()

    def test_bond_figures_and_dates_make_sense(self):
        today = fields.Date.today()
        for vals in (
            {"bond_kind": "cash", "bond_amount": -1.0},
            {"bond_kind": "cash", "bond_rate": 101.0},
            {"bond_date_received": today},
            {"bond_kind": "cash", "bond_date_returned": today},
            {
                "bond_kind": "cash",
                "bond_date_received": today,
                "bond_date_valid": fields.Date.subtract(today, days=1),
            },
        ):
            with (
                self.assertRaises(ValidationError, msg=vals),  # each for a reason of its own
                self.cr.savepoint(),
            ):
                self._create_works_draft(retention_rate=0.0, **vals)

    # ---- retention and warranty -------------------------------------------------------------------------

    def test_retention_above_the_usual_warns_and_is_on_record(self):
        contract = self._create_works_draft(retention_rate=5.0)
        sentence = "The retention of 5 % is above the 3 % of the settlement that are usual for works."
        self.assertEqual(contract.retention_warning, sentence)
        self._file_letter(contract)
        contract.with_user(self.user_manager).action_submit()
        self.assertIn(sentence, "".join(contract.message_ids.mapped("body")))
        self.company.outsourcing_retention_max_rate = 5.0
        self.assertFalse(contract.retention_warning)

    def test_liability_beyond_the_limit_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "25 months is longer than the 24 months allowed"):
            self._create_works_draft(retention_months=25)
        self.company.outsourcing_liability_max_months = 36
        self.assertEqual(self._create_works_draft(retention_months=25).retention_months, 25)

    def test_warranty_below_the_law_is_refused_with_its_source(self):
        contract = self._create_works_draft()
        self.assertEqual(
            contract.warranty_kind_id, self.env.ref("property_outsourcing.warranty_kind_waterproof")
        )
        with (
            self.assertRaisesRegex(
                ValidationError, r"59 months is below the minimum of 60 months \(Regulation .*Art. 40\)"
            ),
            self.cr.savepoint(),
        ):
            contract.warranty_months = 59
        self.assertEqual(contract.warranty_months, 60)
        contract.write(
            {
                "warranty_kind_id": self.env.ref("property_outsourcing.warranty_kind_mep").id,
                "warranty_months": 24,
            }
        )
        contract.write(
            {
                "warranty_kind_id": self.env.ref("property_outsourcing.warranty_kind_other").id,
                "warranty_months": 0,
            }
        )

    def test_retention_figures_are_not_negative(self):
        for vals in ({"retention_rate": -3.0}, {"retention_cap": -1.0}, {"retention_months": -1}):
            with self.assertRaises(ValidationError):  # each for a reason of its own
                self._create_works_draft(**vals)

    def test_form_takes_terms_of_payment(self):
        contract = self._create_works_draft()
        with Form(contract.with_user(self.user_manager)) as form:
            form.retention_cap = 5000.0
            form.bond_kind = "guarantee"
            form.bond_with_retention = True
            form.bond_rate = 5.0
            self.assertEqual(form.bond_amount, 10000.0)
            form.advance_is_recovered = True
            form.advance_recovery_rate = 50.0
        self.assertEqual(contract.retention_cap, 5000.0)

    def test_limits_are_settings(self):
        settings = self.env["res.config.settings"].create({"outsourcing_bond_notice_days": 45})
        settings.execute()
        self.assertEqual(self.env.company.outsourcing_bond_notice_days, 45)
