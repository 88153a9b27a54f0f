from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestManyAcceptances(DocumentsCommon, AcceptanceCommon):
    """Scores and levels of thirty contracts of thirty firms take the queries of one."""

    def _count_steps(self, documents, steps):
        """Take each of ``steps``, name -> (user, function), on one and on thirty ``documents``."""
        for name, (user, step) in steps.items():
            counts = self._count_step(documents, step, user)
            with self.subTest(name):
                self._assert_same_cost(name, counts)

    def test_months_are_scored_and_accepted_for_the_price_of_one(self):
        start = fields.Date.today().replace(day=1) - relativedelta(months=2)
        terms = {"date_start": start, "date_end": start + relativedelta(months=12, days=-1)}
        contracts = self.env["outsourcing.contract"]
        for number in range(self.MANY + 2):
            contracts |= self._create_contract(**terms, **self._create_parties(number))
        rows = [contract.milestone_ids[0] for contract in self._activate(contracts)]
        rows = rows[0].union(*rows[1:])
        sheets = self.env["outsourcing.acceptance"].with_user(self.user_supervisor)
        counts = self._count_step(rows, sheets._create_month_sheets, self.user_supervisor)
        self._assert_same_cost("month sheets", counts)
        sheets = rows.acceptance_ids
        self.assertEqual(len(sheets), len(rows))
        steps = {
            "score": (self.user_supervisor, lambda part: part.action_score()),
            "silence": (self.env.user, lambda part: part._process_deemed()),
        }
        self._count_steps(sheets, steps)
        self.assertEqual(set(sheets.mapped("state")), {"accepted"})
        withdraw = {"withdraw": (self.user_manager, lambda part: part._withdraw("Wrong month"))}
        self._count_steps(sheets, withdraw)

    def test_levels_are_submitted_and_reminded_for_the_price_of_one(self):
        facade = self.env.ref("property_outsourcing.service_type_facade")
        acceptances = self.env["outsourcing.acceptance"]
        contracts = self.env["outsourcing.contract"]
        for number in range(self.MANY + 2):
            contracts |= self._create_works_draft(**self._create_parties(number, facade))
        for contract in self._activate(contracts):
            row = contract.milestone_ids[1]
            row.with_user(self.user_manager).action_start_acceptance()
            acceptances |= row.acceptance_ids
        steps = {
            "submit": (self.user_manager, lambda part: part.action_submit()),
            "late": (self.env.user, lambda part: part._process_late()),
        }
        self._count_steps(acceptances, steps)
        self.assertEqual(set(acceptances.mapped("state")), {"self_check"})
