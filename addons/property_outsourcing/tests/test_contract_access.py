from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractAccess(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()

    def _visible(self, user, model="outsourcing.contract"):
        return self.env[model].with_user(user).search([])

    def test_supervisor_sees_only_contracts_of_its_communities(self):
        self.assertIn(self.contract, self._visible(self.user_supervisor))
        self.assertNotIn(self.contract, self._visible(self.user_outsider))
        with self.assertRaises(AccessError):  # core's own
            self.contract.with_user(self.user_outsider).read(["title"])

    def test_contractor_sees_its_own_active_contracts_only(self):
        draft = self._create_contract()
        self.assertEqual(self._visible(self.portal_contractor), self.contract)
        self.assertNotIn(draft, self._visible(self.portal_contractor))
        self.assertFalse(self._visible(self.portal_competitor))

    def test_representative_and_third_party_see_no_contract(self):
        for user in (self.portal_representative, self.portal_third_party):
            self.assertFalse(self._visible(user))
            self.assertFalse(self._visible(user, "outsourcing.contract.milestone"))

    def test_contractor_writes_nothing_by_rpc(self):
        for record in (self.contract, self.contract.milestone_ids[0], self.contract.rule_ids[0]):
            with self.assertRaises(AccessError):  # core's own
                record.with_user(self.portal_contractor).write({"name": "x"})

    def test_internal_note_is_hidden_from_the_contractor(self):
        with self.assertRaises(AccessError):  # core's own
            self.contract.with_user(self.portal_contractor).read(["internal_note"])

    def test_purchase_user_outside_the_community_sees_no_contract_order(self):
        buyer = self._create_internal_user("plain_buyer", "Plain Buyer", "user")
        buyer.group_ids |= self.env.ref("purchase.group_purchase_user")
        orders = self.env["purchase.order"].with_user(buyer).search([])
        self.assertNotIn(self.contract.purchase_order_id, orders)
        self.assertIn(
            self.contract.purchase_order_id,
            self.env["purchase.order"].with_user(self.user_manager).search([]),
        )

    def test_work_orders_are_seen_by_members_and_the_contractor(self):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door does not close"})
        tasks = self.env["project.task"]
        self.assertIn(order, tasks.with_user(self.user_supervisor).search([]))
        self.assertIn(order, tasks.with_user(self.portal_contractor).search([]))
        for user in (self.user_outsider, self.portal_competitor, self.portal_representative):
            self.assertNotIn(order, tasks.with_user(user).search([]))

    def test_contractor_cannot_write_a_work_order(self):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door does not close"})
        with self.assertRefused("Work orders are reported through the contractor's pages.", AccessError):
            order.with_user(self.portal_contractor).write({"state": "1_done"})

    def test_contract_project_is_not_shared(self):
        with self.assertRefused("The project of an outsourcing contract stays visible to invited"):
            self.contract.project_id.sudo().privacy_visibility = "portal"
        with self.assertRefused("The project of an outsourcing contract is not shared for editing."):
            self.env["project.collaborator"].sudo().create(
                {
                    "project_id": self.contract.project_id.id,
                    "partner_id": self.portal_contractor.partner_id.id,
                }
            )

    def test_dispatch_is_refused_when_a_document_has_expired(self):
        document = self.contract.document_ids[:1]
        self.env.cr.execute(
            "UPDATE outsourcing_document SET date_start = '2019-01-01', date_end = '2020-01-01' "
            "WHERE id = %s",
            [document.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "cannot be dispatched"):
            self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door does not close"})

    def test_contractor_reports_each_step_once(self):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door does not close"})
        as_contractor = order.with_user(self.portal_contractor)
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            order.with_user(self.portal_competitor)._portal_report("arrived")
        as_contractor._portal_report("arrived", self.performer)
        self.assertTrue(order.outsourcing_date_responded and order.outsourcing_date_arrived)
        self.assertEqual(order.outsourcing_performer_id, self.performer)
        with self.assertRefused("has already been reported."):
            as_contractor._portal_report("arrived")
        as_contractor._portal_report("completed")
        self.assertFalse(order.is_closed)

    def test_deliverable_is_handed_in_by_the_contractor_with_a_file(self):
        item = self.contract.deliverable_ids.filtered("blocks_payment")[0]
        as_contractor = item.with_user(self.portal_contractor)
        with self.assertRaisesRegex(UserError, "file"):
            as_contractor._portal_submit(self.env["ir.attachment"])
        file = self.env["ir.attachment"].create({"name": "report.pdf", "raw": b"%PDF-1.4 report"})
        with self.assertRefused("Only the contractor of this document may take this step.", AccessError):
            item.with_user(self.portal_competitor)._portal_submit(file)
        as_contractor._portal_submit(file)
        self.assertEqual(item.state, "submitted")
        item.with_user(self.user_supervisor).action_accept()
        self.assertFalse(self.contract.milestone_ids[0]._get_deliverable_blockers())

    def test_finance_reads_the_work_order_behind_a_deduction_only(self):
        order = self.contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door does not close"})
        as_finance = order.with_user(self.user_finance)
        self.assertEqual(
            as_finance.read(["name", "stage_id", "project_id"])[0]["name"], "Door does not close"
        )
        self.assertTrue(as_finance.get_view(view_type="form")["arch"])
        with self.assertRaises(AccessError):  # core's own
            as_finance.write({"name": "x"})
