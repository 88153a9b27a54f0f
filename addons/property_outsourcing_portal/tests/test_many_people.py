from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon, Step


@tagged("post_install", "-at_install")
class TestManyPeople(DocumentsCommon, OutsourcingCommon):
    """Thirty people, and thirty months of one firm, take each step for the price of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()

    def _create_people(self):
        return self._union(
            [self._create_contact(f"Worker {number}", self.contractor) for number in range(self.MANY + 2)]
        )

    def _invite(self, people, user):
        invitations = self.env["outsourcing.invitation"].with_user(user)
        vals_list = [{"partner_id": person.id, "login": f"139{person.id:08}"} for person in people]
        return invitations.create(vals_list).with_env(self.env)

    def test_invitations_are_printed_and_revoked_for_the_price_of_one(self):
        invitations = self._invite(self._create_people(), self.user_supervisor)
        self._take_steps(
            invitations,
            Step("outsourcing.invitation.action_print", self.user_supervisor),
            Step("outsourcing.invitation.action_revoke", self.user_supervisor),
        )
        self.assertEqual(set(invitations.mapped("state")), {"revoked"})

    def test_new_links_are_allowed_for_the_price_of_one(self):
        people = self._create_people()
        for person in people:
            self._create_portal_user(f"139{person.id:08}", partner=person)
        invitations = self._invite(people, self.user_supervisor)
        core = self._give_feedback_by_core
        self._take_steps(
            invitations, Step("outsourcing.invitation.action_approve", self.user_manager, core=core)
        )
        self.assertEqual(invitations.approved_by_id, self.user_manager)

    def test_months_are_confirmed_by_the_firm_for_the_price_of_one(self):
        start = fields.Date.today().replace(day=1) - relativedelta(months=2)
        terms = {"date_start": start, "date_end": start + relativedelta(months=12, days=-1)}
        contracts = self._create_active_contracts(
            self.MANY + 2, lambda **vals: self._create_contract(**terms, **vals)
        )
        rows = self._union([contract.milestone_ids[0] for contract in contracts])
        rows.with_user(self.user_supervisor)._create_month_sheets()
        sheets = rows.acceptance_ids
        sheets.with_user(self.user_supervisor).action_score()
        self._take_steps(sheets, Step("outsourcing.acceptance._portal_confirm_score", self.portal_contractor))
        self.assertEqual(set(sheets.mapped("state")), {"accepted"})
