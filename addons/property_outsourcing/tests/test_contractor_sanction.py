from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractorSanction(OutsourcingCommon):
    """Another company of the group suspends or blacklists a contractor of ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Harbour Property")["company"]
        cls.manager_there = cls._create_internal_user("gao_manager", "Gao Manager", "manager")
        cls.manager_there.write({"company_ids": [(6, 0, cls.other.ids)], "company_id": cls.other.id})

    def _decide(self, user, state, reason="Left a shaft open", date_until=None):
        firm = self.contractor.with_user(user).with_company(user.company_id)
        firm._set_outsourcing_state(state, reason, date_until)
        self.env.invalidate_all()

    def _get_blockers(self, company=None, purpose="dispatch"):
        firm = self.contractor.sudo().with_company(company or self.company)
        sentences = firm._get_contractor_blockers(purpose)
        return [sentence for sentence in sentences if "shaft" in sentence or "qualified" in sentence]

    def _is_chosen(self):
        firms = self.env["res.partner"].with_user(self.user_manager).with_company(self.company)
        return self.contractor in firms.search([("outsourcing_is_choosable", "=", True)])

    def test_a_contract_without_a_firm_warns_of_none(self):
        draft = self.env["outsourcing.contract"].new({"company_id": self.company.id})
        self.assertFalse(draft.contractor_warning)

    def test_by_default_it_is_a_warning_and_no_more(self):
        contract = self._create_active_contract()
        for state in ("suspended", "blacklisted"):
            self._decide(self.manager_there, state)
            self.assertFalse(self._get_blockers())
            self.assertIn("Left a shaft open", self._get_blockers(self.other)[0])
            self.assertTrue(self._is_chosen())
            self.assertFalse(contract.contractor_alert)
            self.assertRegex(contract.contractor_warning, "decided by Harbour Property; it does not bind")
        order = contract.with_user(self.user_supervisor)._dispatch_order({"name": "Door"})
        self.assertIn("Left a shaft open", order.outsourcing_contractor_warning)
        self.assertTrue(self._create_contract())

    def test_by_the_setting_it_binds(self):
        contract = self._create_active_contract()
        self.company.outsourcing_foreign_sanction = "bind"
        self._decide(self.manager_there, "blacklisted")
        self.assertIn("Left a shaft open", self._get_blockers()[0])
        self.assertFalse(self._is_chosen())
        self.assertFalse(contract.contractor_warning)
        self.assertIn("Left a shaft open", contract.contractor_alert)
        with self.assertRaisesRegex(UserError, "is blacklisted: no contract can be made"):
            self._create_contract()

    def test_ones_own_decision_always_binds(self):
        self._decide(self.user_manager, "blacklisted")
        self.assertIn("Left a shaft open", self._get_blockers()[0])
        self.assertFalse(self._is_chosen())
        self.assertFalse(self._get_blockers(self.other))

    def test_only_a_manager_of_who_decided_ends_it(self):
        self._decide(self.manager_there, "suspended")
        with self.assertRaisesRegex(UserError, "was Suspended by Harbour Property: a manager there ends it"):
            self._decide(self.user_manager, "qualified")
        self._decide(self.manager_there, "qualified")
        self.assertFalse(self.contractor.sudo().outsourcing_sanction_company_ids)

    def test_who_may_not_open_the_other_company_sees_who_decided(self):
        self._decide(self.manager_there, "suspended")
        firm = self.contractor.with_user(self.user_manager)
        firm = firm.with_context(allowed_company_ids=self.company.ids)
        form = Form(firm, "property_outsourcing.outsourcing_contractor_view_form")
        self.assertTrue(form.outsourcing_is_foreign_sanction)
        self.assertEqual(form.outsourcing_sanction_names, "Harbour Property")
        self.assertNotIn("outsourcing_sanction_company_ids", firm.fields_get())

    def test_each_company_ends_its_own(self):
        self._decide(self.manager_there, "blacklisted")
        self._decide(self.user_manager, "blacklisted", "Never again")
        self.assertEqual(self.contractor.sudo().outsourcing_sanction_company_ids, self.other | self.company)
        self._decide(self.user_manager, "candidate", "Made good")
        self.assertEqual(self.contractor.outsourcing_state, "blacklisted")
        self.assertEqual(self.contractor.sudo().outsourcing_sanction_company_ids, self.other)
        self.assertFalse(self._get_blockers())
        self._decide(self.manager_there, "candidate", "Made good")
        self.assertEqual(self.contractor.outsourcing_state, "candidate")

    def test_the_milder_decision_of_the_other_stands_again(self):
        until = fields.Date.add(fields.Date.today(), days=60)
        self._decide(self.user_manager, "suspended", "Left a shaft open", until)
        self._decide(self.manager_there, "blacklisted", "Forged certificates")
        self._decide(self.manager_there, "candidate", "A mistake")
        self.assertRecordValues(
            self.contractor,
            [
                {
                    "outsourcing_state": "suspended",
                    "outsourcing_state_until": until,
                    "outsourcing_state_reason": "Left a shaft open",
                }
            ],
        )
        self.assertIn("A mistake", " ".join(self.contractor.message_ids.mapped("body")))

    def test_a_firm_that_was_never_qualified_is_not_so_by_a_warning(self):
        firm = self._create_contractor("New Lifts", state="candidate")
        firm.with_user(self.manager_there).with_company(self.other)._set_outsourcing_state(
            "blacklisted", "Left a shaft open"
        )
        blockers = firm.with_company(self.company)._get_contractor_blockers("award")
        self.assertIn("New Lifts is not a qualified contractor.", blockers)

    def test_a_qualification_that_lapsed_meanwhile_does_not_count(self):
        self._decide(self.user_manager, "qualified", "For a year", fields.Date.today())
        self._decide(self.manager_there, "suspended")
        self.assertFalse(self._get_blockers())
        entry = self.contractor.outsourcing_history_ids.filtered(lambda e: e.state_to == "qualified")
        self.env.cr.execute(
            "UPDATE outsourcing_contractor_history SET date_until = %s WHERE id IN %s",
            [fields.Date.subtract(fields.Date.today(), days=1), entry._ids],
        )
        self.env.invalidate_all()
        self.assertEqual(self._get_blockers(), ["Steady Elevators is not a qualified contractor."])

    def test_it_runs_out_for_everybody(self):
        self._decide(self.manager_there, "suspended", date_until=fields.Date.today())
        self.env.cr.execute(
            "UPDATE res_partner SET outsourcing_state_until = %s WHERE id = %s",
            [fields.Date.subtract(fields.Date.today(), days=1), self.contractor.id],
        )
        self.env.invalidate_all()
        self.contractor._process_lapsed_states()
        self.assertEqual(self.contractor.outsourcing_state, "qualified")
        self.assertFalse(self.contractor.sudo().outsourcing_sanction_company_ids)

    def test_who_decided_is_on_record_and_written_by_nobody(self):
        self._decide(self.manager_there, "suspended")
        self.assertEqual(self.contractor.outsourcing_history_ids[0].decided_for_id, self.other)
        manager = self.contractor.with_user(self.user_manager)
        with self.assertRaisesRegex(UserError, "only through its buttons"):
            manager.write({"outsourcing_sanction_company_ids": [(5, 0, 0)]})

    def test_the_status_of_many_costs_as_much_as_that_of_one(self):
        firms = self.contractor | self.competitor | self.third_party
        for firm in firms:
            firm.with_user(self.manager_there)._set_outsourcing_state("blacklisted", "Left a shaft open")
        counts = []
        for records in (firms[:1], firms[:1], firms):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            for firm in records.with_company(self.company):
                firm._get_contractor_blockers("pay")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[1], counts[2])
