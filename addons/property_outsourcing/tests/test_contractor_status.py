from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestStatusHistory(OutsourcingCommon):
    def test_each_decision_is_kept_with_who_when_and_why(self):
        candidate = self._create_contractor("Candidate", state="candidate")
        manager = candidate.with_user(self.user_manager)
        manager._set_outsourcing_state("qualified", "Visited")
        until = fields.Date.today() + timedelta(days=30)
        manager.with_user(self.user_manager2)._set_outsourcing_state("blacklisted", "Fraud", until)

        entries = (
            self.env["outsourcing.contractor.history"]
            .with_user(self.user_supervisor)
            .search([("partner_id", "=", candidate.id)], order="id")
        )

        self.assertEqual(entries.mapped("state_to"), ["candidate", "qualified", "blacklisted"])
        self.assertEqual(entries.mapped("state_from"), ["none", "candidate", "qualified"])
        self.assertEqual(entries[1:].decided_by_id, self.user_manager | self.user_manager2)
        self.assertEqual((entries[2].reason, entries[2].date_until), ("Fraud", until))

    def test_a_blacklisted_firm_is_a_candidate_after_its_term(self):
        today = fields.Date.today()
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("blacklisted", "Fraud", today)
        with freeze_time(today + timedelta(days=1)):
            self.env["res.partner"]._cron_end_outsourcing_suspensions()
        self.assertEqual(self.contractor.outsourcing_state, "candidate")
        entry = self.contractor.outsourcing_history_ids[:1]
        self.assertEqual((entry.state_to, bool(entry.decided_by_id)), ("candidate", False))

    def test_nobody_forges_an_entry(self):
        entry = self.contractor.outsourcing_history_ids[:1]
        for user in (self.user_admin, self.user_manager, self.user_supervisor, self.portal_contractor):
            entries = entry.with_user(user)
            for call in (
                lambda e=entries: e.write({"reason": "Better"}),
                lambda e=entries: e.with_context(_force_unlink=True).unlink(),
                lambda e=entries: e.create(
                    {"partner_id": self.contractor.id, "state_to": "qualified", "date": "2026-01-01"}
                ),
            ):
                with self.assertRaises(UserError):  # core's own or ours
                    call()
        for user in (self.portal_contractor, self.portal_competitor):
            with self.assertRaises(AccessError):  # core's own
                entry.with_user(user).read(["reason"])
        with self.assertRefused("These values are written by the system alone"):
            self.contractor.with_user(self.user_manager).outsourcing_history_ids = [
                Command.create({"state_to": "qualified", "date": "2026-01-01"})
            ]

    def test_no_contract_is_made_with_a_blacklisted_firm(self):
        self.competitor.with_user(self.user_manager)._set_outsourcing_state("blacklisted", "Fraud")
        message = "Rapid Elevators is blacklisted: no contract can be made with it."
        vals = self._prepare_contract("service_type_elevator", contractor_id=self.competitor.id)
        with self.assertRefused("is blacklisted: no contract can be made with it.") as refusal:
            self.env["outsourcing.contract"].with_user(self.user_supervisor).create(vals)
        self.assertEqual(str(refusal.exception), message)
        contract = self._create_contract()
        with self.assertRefused("is blacklisted: no contract can be made with it."):
            contract.with_user(self.user_supervisor).contractor_id = self.competitor
        self.contractor.with_user(self.user_manager)._set_outsourcing_state("blacklisted", "Fraud")
        with self.assertRaisesRegex(UserError, "no contract can be made"):
            contract.with_user(self.user_supervisor).action_submit()
