from odoo import fields
from odoo.tests import tagged

from .documents_common import ManyDraftsCommon, Step


@tagged("post_install", "-at_install")
class TestManyDocuments(ManyDraftsCommon):
    """What is done to thirty drafts of thirty firms takes the queries of one."""

    def _activate_by_core(self):
        """Return the queries of what core does for one and thirty contracts: an order, a project, a to-do."""
        contracts, counts = self.contracts, []
        orders = [
            {**contract.purchase_order_id.copy_data()[0], "outsourcing_contract_id": False}
            for contract in contracts
        ]
        for vals in orders:
            for _command, _id, line in vals["order_line"]:
                line.pop("outsourcing_milestone_id", None)
        names = ("name", "company_id", "partner_id", "user_id", "privacy_visibility", "allow_milestones")
        names += ("allow_task_dependencies", "date_start", "date", "account_id", "type_ids")
        projects = [contract._prepare_project_vals() for contract in contracts]
        projects = [{name: vals[name] for name in names} for vals in projects]
        bounds = ((0, 1), (1, 2), (2, len(contracts)))
        for first, last in bounds:
            asked = contracts[first:last].contractor_id

            def work(first=first, last=last, asked=asked):
                self.env["purchase.order"].sudo().create(orders[first:last]).button_confirm()
                self.env["project.project"].sudo().create(projects[first:last])
                asked.activity_feedback(["mail.mail_activity_data_todo"])

            for partner in asked:
                partner.activity_schedule("mail.mail_activity_data_todo", user_id=self.user_manager.id)
            counts.append(self._count_queries(work))
        return counts

    def test_contracts_are_submitted_and_activated_for_the_price_of_one(self):
        core = self._activate_by_core
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract.action_submit", self.user_manager),
            Step("outsourcing.contract.action_approve", self.user_manager2, core=core),
        )
        self.assertEqual(set(self.contracts.mapped("state")), {"active"})

    def test_signed_contracts_are_activated_for_the_price_of_one(self):
        self.company.outsourcing_sign_before_activation = True
        self.contracts.with_user(self.user_manager).action_submit()
        self.contracts.with_user(self.user_manager2).action_approve()
        self.contracts._gated().write({"date_contractor_signed": fields.Datetime.now()})
        core = self._activate_by_core
        self._take_steps(
            self.contracts, Step("outsourcing.contract.action_activate", self.user_manager2, core=core)
        )
        self.assertEqual(set(self.contracts.mapped("state")), {"active"})

    def test_contracts_wait_for_a_second_approval_for_the_price_of_one(self):
        self.company.outsourcing_second_approval_amount = 1000.0
        self.contracts.with_user(self.user_manager).action_submit()
        core = self._give_feedback_by_core
        self._take_steps(
            self.contracts, Step("outsourcing.contract.action_approve", self.user_manager2, core=core)
        )
        self.assertEqual(set(self.contracts.mapped("approval_step")), {"second"})

    def test_contracts_are_given_back_and_dropped_for_the_price_of_one(self):
        self.contracts.with_user(self.user_manager).action_submit()
        self._take_steps(self.contracts, Step("outsourcing.contract.action_return", self.user_manager))
        self.contracts.with_user(self.user_manager).action_submit()
        self._take_steps(
            self.contracts,
            Step("outsourcing.contract.action_print_approval", self.user_manager),
            Step("outsourcing.contract._return_to_author", self.user_manager2, ("Fee too high",)),
            Step("outsourcing.contract.action_cancel", self.user_manager),
        )
        self.assertEqual(set(self.contracts.mapped("state")), {"cancelled"})
