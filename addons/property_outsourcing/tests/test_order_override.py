from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .order_common import OrderCommon

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestOrderOverride(OrderCommon):
    """A manager lets work out though documents are missing, for a while and on record."""

    def _expire_documents(self):
        self.env.cr.execute(
            "UPDATE outsourcing_document SET date_start = '2019-01-01', date_end = '2020-01-01' "
            "WHERE partner_id = %s",
            [self.contractor.id],
        )
        self.env.invalidate_all()

    def _override(self, user=None, **vals):
        values = {
            "contract_id": self.contract.id,
            "reason": "A resident is trapped, no other firm holds the keys",
            "date_until": fields.Date.today() + DAY,
            **vals,
        }
        return self.env["outsourcing.dispatch.override"].with_user(user or self.user_manager).create(values)

    def test_a_managers_override_lets_work_out_and_is_on_record(self):
        self._expire_documents()
        with self.assertRefused("cannot be dispatched to:"):
            self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "x"})
        self.assertIn("expired", self.contract.with_user(self.user_manager).dispatch_blockers)
        override = self._override()
        self.contract.invalidate_recordset(["dispatch_blockers"])
        self.assertFalse(self.contract.with_user(self.user_manager).dispatch_blockers)
        self.assertTrue(self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "x"}))
        self.assertEqual(override.user_id, self.user_manager)
        self.assertIn("expired", override.blockers)
        self.assertIn("no other firm holds the keys", self.contract.message_ids[0].body)

    def test_an_override_ends_with_its_day_or_when_revoked(self):
        self._expire_documents()
        override = self._override()
        with (
            freeze_time(fields.Datetime.now() + 2 * DAY),
            self.assertRefused("cannot be dispatched to:"),
        ):
            self.contract._dispatch_order({"name": "x"})
        override.with_user(self.user_manager2).action_revoke()
        self.assertEqual(override.revoked_by_id, self.user_manager2)
        with self.assertRefused("cannot be dispatched to:"):
            self.contract._dispatch_order({"name": "x"})

    def test_an_override_never_covers_a_suspension_or_an_inactive_contract(self):
        self._expire_documents()
        self._override()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("suspended", "Accident")
        with self.assertRaisesRegex(UserError, "cannot be dispatched"):
            self.contract._dispatch_order({"name": "x"})
        self.contract.with_user(self.user_manager)._suspend("Accident")
        with self.assertRefused("no work is dispatched under it."):
            self.contract._dispatch_order({"name": "x"})
        with self.assertRefused("is not running: there is nothing to dispatch."):
            self._override()

    def test_only_a_manager_overrides_and_nobody_changes_it(self):
        for user in (self.user_supervisor, self.user_finance, self.portal_contractor):
            with self.assertRefused(
                "Only a manager may dispatch in spite of missing documents.", AccessError
            ):
                self._override(user)
        override = self._override()
        for user in (self.user_manager, self.user_supervisor, self.portal_contractor):
            with self.assertRefused("An override is never changed; revoke it and write another."):
                override.with_user(user).write({"date_until": fields.Date.today() + 90 * DAY})
            with self.assertRaises(UserError):  # core's own
                override.with_user(user).with_context(_force_unlink=True).unlink()
        with self.assertRefused("You are not the person who may take this step.", AccessError):
            override.with_user(self.user_supervisor).action_revoke()

    def test_an_override_needs_a_reason_and_a_near_end(self):
        for vals in (
            {"reason": "  "},
            {"date_until": fields.Date.today() - DAY},
            {"date_until": fields.Date.today() + 8 * DAY},
        ):
            with self.assertRaises(ValidationError, msg=str(vals)):  # each for a reason of its own
                self._override(**vals)
        with self.assertRefused("These values are written by the system alone"):
            self._override(user_id=self.user_manager2.id)
