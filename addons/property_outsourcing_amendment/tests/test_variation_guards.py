from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .amendment_common import SIGNATURE
from .variation_common import VariationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestVariationGuards(VariationCommon):
    """Nobody writes what the steps write, and each sees what is theirs."""

    def test_state_and_stamps_are_not_written_by_a_client(self):
        variation = self._submit_variation(self.contract, self.tiles)
        manager = variation.with_user(self.user_manager)
        for vals in (
            {"state": "approved"},
            {"signature": SIGNATURE},
            {"signer_name": "Forged"},
            {"checked_by_id": self.user_supervisor.id},
            {"is_late": False},
            {"amount_total": 1e6},
            {"title": "Other"},
            {"line_ids": [Command.create({**self.tiles})]},
            {"new_price_agreed_by_id": self.user_manager2.id},
        ):
            with self.assertRaises(UserError, msg=str(vals)):  # each for a reason of its own
                manager.write(vals)
        with self.assertRefused("its lines can no longer be changed."):
            manager.line_ids.write({"quantity": 1e6})
        with self.assertRaises(AccessError):  # core's own
            variation.with_user(self.portal_contractor).write({"state": "approved"})
        with self.assertRefused("has evidence and is no longer deleted; cancel it instead."):
            manager.with_context(_force_unlink=True).unlink()
        variations = self.env["outsourcing.variation"].with_user(self.user_supervisor)
        base = {"title": "T", "contract_id": self.contract.id}
        for planted in (
            {"state": "approved"},
            {"approved_by_id": self.user_manager.id},
            {"signer_name": "X"},
        ):
            with self.assertRaises(UserError):  # each for a reason of its own
                variations.create({**base, **planted})
            with self.assertRaises(UserError):  # each for a reason of its own
                variations.with_context(**{f"default_{k}": v for k, v in planted.items()}).create(base)

    def test_photos_stay_after_submission(self):
        variation = self._submit_variation(self.contract, self.tiles)
        photo = variation.evidence_ids
        self.assertTrue(photo.sealed)
        for user in (self.user_manager, self.portal_contractor):
            with self.assertRaises(UserError):  # core's own
                photo.with_user(user).unlink()
            with self.assertRaises(UserError):  # core's own
                photo.attachment_id.with_user(user).with_context(_force_unlink=True).unlink()
            with self.assertRefused("no longer takes photos or files."):
                variation.with_user(user)._add_evidence([self._photo()])

    def test_who_sees_what(self):
        draft = self._draft_variation(self.contract, self.tiles)
        variations = self.env["outsourcing.variation"]
        colleague = self._create_portal_user("13800000099", "Colleague", self.contractor)
        self.assertTrue(variations.with_user(self.portal_contractor).search([]) & draft)
        self.assertFalse(variations.with_user(colleague).search([]) & draft)
        with self.assertRaises(AccessError):  # core's own
            draft.with_user(colleague)._portal_save({"title": "Mine"})
        draft.with_user(self.portal_contractor)._portal_submit(SIGNATURE, "Chen")
        self.assertTrue(variations.with_user(colleague).search([]) & draft)
        for user in (self.portal_competitor, self.portal_representative, self.user_outsider):
            self.assertFalse(variations.with_user(user).search([]) & draft)
            with self.assertRaises(AccessError):  # core's own
                draft.with_user(user)._portal_submit(SIGNATURE, "X")
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            draft.with_user(self.portal_contractor)._portal_save({"title": "Late"})

    def test_competitor_begins_nothing_under_a_foreign_contract(self):
        variations = self.env["outsourcing.variation"].with_user(self.portal_competitor)
        with self.assertRaises(AccessError):  # core's own
            variations._portal_create(self.contract.with_user(self.portal_competitor), {"title": "X"})

    def test_unanswered_schedule_is_the_installed_one(self):
        variation = self._submit_variation(self.contract, self.tiles)
        variation._gated().write({"date_answer_due": fields.Date.today() - timedelta(days=1)})
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing_amendment.cron_unanswered_variations").method_direct_trigger()
            self.env.ref("property_outsourcing_amendment.cron_amendments").method_direct_trigger()
        self.assertTrue(variation.date_escalated)

    def test_many_variations_cost_as_much_as_one(self):
        contracts = self._create_active_contracts(32, self._create_works_draft)
        lines = [{"name": "Crane", "price_unit": 100.0, "quantity": 1.0}]
        variations = [self._draft_variation(contract, *lines) for contract in contracts]
        variations = self.env["outsourcing.variation"].union(*variations)
        counts = []
        for group in (variations[:1], variations[1:2], variations[2:]):  # the first one warms up
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            group._record_price_deviation()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
