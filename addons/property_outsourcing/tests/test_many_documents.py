from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import OutsourcingCommon
from .documents_common import DocumentsCommon


@tagged("post_install", "-at_install")
class TestManyDocuments(DocumentsCommon, OutsourcingCommon):
    """What is done to thirty contracts of thirty firms takes the queries of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.env["outsourcing.contract"]
        for number in range(cls.MANY + 2):
            contract = cls._create_contract(**cls._create_parties(number))
            cls._create_required_documents(contract=contract)
            cls.contracts |= contract

    def _compare(self, name, documents, user, step):
        """Take ``step``, a function, on one and on thirty ``documents`` as ``user``."""
        counts = self._count_step(documents, step, user)
        with self.subTest(name):
            self._assert_same_cost(name, counts)

    def _activate_all(self):
        self.contracts.with_user(self.user_manager).action_submit()
        self.contracts.with_user(self.user_manager2).action_approve()

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
        parts = self._split(self.contracts)
        submitted = [self._count_queries(part.with_user(self.user_manager).action_submit) for part in parts]
        self._assert_same_cost("submit", submitted)
        approved = [self._count_queries(part.with_user(self.user_manager2).action_approve) for part in parts]
        self.assertEqual(set(self.contracts.mapped("state")), {"active"})
        self._assert_same_cost("activate", approved, self._activate_by_core())

    def test_contracts_wait_for_a_second_approval_for_the_price_of_one(self):
        self.company.outsourcing_second_approval_amount = 1000.0
        self.contracts.with_user(self.user_manager).action_submit()
        counts = self._count_step(self.contracts, lambda part: part.action_approve(), self.user_manager2)
        self.assertEqual(set(self.contracts.mapped("approval_step")), {"second"})
        self._assert_same_cost("first approval", counts, self._give_feedback_by_core())

    def _give_feedback_by_core(self):
        todo = "mail.mail_activity_data_todo"
        firms = self.contracts.contractor_id
        orders = self.env["purchase.order"].create([{"partner_id": firm.id} for firm in firms])
        for order in orders:
            order.activity_schedule(todo, user_id=self.user_manager.id)
        return self._count_step(orders, lambda part: part.activity_feedback([todo]), self.user_admin)

    def test_penalties_go_their_way_for_the_price_of_one(self):
        self._activate_all()
        penalties = self.env["outsourcing.adjustment"]
        for contract in self.contracts:
            proposed = contract._propose_adjustment(
                "inspection_missed", contract.community_id, date=fields.Date.today()
            )
            penalties |= proposed[:1].with_env(self.env)
        self.assertEqual(len(penalties), len(self.contracts))
        self._compare("undecided", penalties, self.env.user, lambda p: p._process_undecided())
        penalties._gated().write({"state": "proposed"})
        self._compare("confirm", penalties, self.user_manager, lambda p: p.action_confirm())
        penalties._gated().write({"state": "appealed", "appeal_date": fields.Date.today()})
        self._compare("no answer", penalties, self.env.user, lambda p: p._process_unanswered_appeals())
        self.assertNotIn("appealed", penalties.mapped("state"))

    def test_ends_of_terms_and_bonds_are_announced_for_the_price_of_one(self):
        self._activate_all()
        for days, contract in enumerate(self.contracts):
            day = fields.Date.add(fields.Date.today(), days=days)
            contract._gated().write({"bond_kind": "guarantee", "bond_date_valid": day})
        for name in ("_process_expiring", "_process_lapsed", "_process_expiring_bonds"):
            self._compare(name, self.contracts, self.env.user, lambda c, name=name: getattr(c, name)())
        self.assertTrue(all(self.contracts.mapped("bond_date_noticed")))

    def test_holds_are_answered_for_the_price_of_one(self):
        self._activate_all()
        steps = {
            "grant": (self.user_supervisor, lambda hold: hold.action_grant()),
            "refuse": (self.user_supervisor, lambda hold: hold.action_refuse()),
            "no answer": (self.env.user, lambda hold: hold._process_unanswered()),
        }
        reason = self.env.ref("property_outsourcing.hold_reason_owner")
        for name, (user, step) in steps.items():
            orders = self.env["project.task"].create(
                [
                    {"name": name, "outsourcing_contract_id": contract.id, "outsourcing_priority": "p1"}
                    for contract in self.contracts
                ]
            )
            holds = orders.sudo()._create_holds(reason, "Owner away", "requested")
            holds.write({"date_from": fields.Datetime.now() - timedelta(hours=1)})
            orders._apply_holds()
            self._compare(name, holds.with_env(self.env), user, step)
            self.assertNotIn("requested", holds.mapped("state"))
