from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestInUse(OutsourcingCommon):
    """What a running contract uses is not archived; the refusal lists the contracts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create({"name": "Office hours"})
        cls.fund = cls.env.ref("property_outsourcing.fund_source_maintenance", raise_if_not_found=False)
        cls.contract = cls._create_contract()
        cls.contract.sla_ids[:1].calendar_id = cls.calendar
        cls.contract.scope_ids = [
            Command.create(
                {
                    "name": "Elevators",
                    "community_id": cls.community.id,
                    "equipment_ids": [Command.set(cls.elevator.ids)],
                    "location_ids": [Command.set(cls.building.ids)],
                }
            )
        ]
        cls._activate(cls.contract)

    def _get_used(self):
        """Return a record of every guarded model that the contract uses."""
        head = self.env["outsourcing.area"].create({"name": "Head"})
        self.area.parent_id = head
        return [
            self.community,
            self.area,
            head,
            self.building,
            self.elevator,
            self.contractor,
            self.contract.service_type_id,
            self.contract.required_document_type_ids[:1],
            self.contract.standard_ids.clause_id[:1],
            self.calendar,
            self.contract.project_id,
        ]

    def test_what_a_running_contract_uses_is_not_archived(self):
        for record in self._get_used():
            with self.subTest(model=record._name):
                self.assertTrue(record, "the contract uses none")
                with self.assertRaisesRegex(UserError, "cannot be archived while it is in use") as refusal:
                    record.sudo().action_archive()
                self.assertIn(self.contract.name, str(refusal.exception))
                with self.assertRaisesRegex(UserError, "cannot be archived while it is in use"):
                    record.sudo().write({"active": False})

    def test_when_the_contract_has_ended_nothing_keeps_it(self):
        self.contract._gated().write({"state": "closed"})
        for record in self._get_used():
            with self.subTest(model=record._name):
                record.sudo().action_archive()

    def test_equipment_an_amendment_took_out_may_go(self):
        self.contract.scope_ids._gated().write({"date_end": fields.Date.today() - timedelta(days=2)})
        self.elevator.action_archive()
        self.assertFalse(self.elevator.active)

    def test_a_reason_of_an_open_hold_stays(self):
        reason = self.env.ref("property_outsourcing.hold_reason_owner")
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door"})
        order._hold(reason)
        with self.assertRaisesRegex(UserError, "Door"):
            reason.action_archive()
        order.action_outsourcing_resume()
        reason.action_archive()

    def test_an_archived_community_still_counts_as_served(self):
        self.env.cr.execute(
            "UPDATE outsourcing_community SET active = FALSE WHERE id = %s", [self.community.id]
        )
        self.env.invalidate_all()
        self.assertIn(self.community, self.contract.community_ids)

    def test_whatever_a_contract_names_is_guarded(self):
        # people hand over; a reason of an end is of an ended contract; rows are the contract's own;
        # what was asked or chosen once is not needed on
        others = {"res.users", "outsourcing.termination.reason", "outsourcing.contract.milestone"}
        guard = self.registry["outsourcing.in.use.mixin"]
        for name in self.community._get_contract_term_models():
            terms = self.env[name]
            for field in terms._fields.values():
                if not field.store or field.type not in ("many2one", "many2many"):
                    continue
                if field.name in terms._get_historical_fields():
                    continue
                named = self.env[field.comodel_name]
                if named._active_name and named._name not in others:
                    with self.subTest(field=str(field)):
                        self.assertIsInstance(named, guard)

    def test_a_payment_scheme_is_retired_while_contracts_it_filled_run(self):
        scheme = self.env.ref("property_outsourcing.payment_scheme_quarter")
        self.contract._gated().write({"payment_scheme_id": scheme.id})
        before = self.contract.milestone_ids.mapped("amount")
        scheme.action_archive()
        self.assertFalse(scheme.active)
        self.assertEqual(self.contract.milestone_ids.mapped("amount"), before)
