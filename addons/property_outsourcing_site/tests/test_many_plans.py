from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.property_outsourcing.tests.documents_common import DocumentsCommon

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestManyPlans(DocumentsCommon, SiteCommon):
    """Rounds and rectifications of thirty contracts of thirty firms take the queries of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.env["outsourcing.contract"]
        for number in range(cls.MANY + 2):
            cls.contracts |= cls._create_contract(**cls._create_parties(number))
        cls._activate(cls.contracts)
        cls.contracts.inspection_plan_ids.active = False

    def test_rounds_are_planned_and_missed_for_the_price_of_one(self):
        plans = self.env["outsourcing.inspection.plan"].create(
            [
                {
                    "contract_id": contract.id,
                    "community_id": contract.community_id.id,
                    "checklist_id": self.daily.id,
                    "frequency": "daily",
                    "date_start": self.today,
                }
                for contract in self.contracts
            ]
        )
        day = self.today + timedelta(days=1)
        planned = self._count_step(plans, lambda part: part._process_generation(day, day))
        self._assert_same_cost("planning", planned)
        rounds = self.env["outsourcing.inspection"].search([("plan_id", "in", plans.ids)], order="id")
        self.assertEqual(len(rounds), len(plans))
        past = self.today - timedelta(days=60)
        self.env.cr.execute(
            "UPDATE outsourcing_inspection SET date_planned = %s, date_due = %s, create_date = %s "
            "WHERE id = ANY(%s)",
            [past, past, past, rounds.ids],
        )
        rounds.invalidate_recordset()
        self._assert_same_cost("missed", self._count_step(rounds, lambda part: part._process_missed()))

    def test_overdue_rectifications_are_recorded_for_the_price_of_one(self):
        defects = self.env["outsourcing.defect"].create(
            [
                {"contract_id": contract.id, "description": "Loose tile", "severity": "major"}
                for contract in self.contracts
            ]
        )
        defects.with_user(self.user_manager).action_assign()
        past = self.today - timedelta(days=10)
        self.env.cr.execute(
            "UPDATE outsourcing_defect SET date_deadline = %s, date_found = %s, create_date = %s "
            "WHERE id = ANY(%s)",
            [past, past, past, defects.ids],
        )
        defects.invalidate_recordset()
        self._assert_same_cost("overdue", self._count_step(defects, lambda part: part._process_overdue()))
        self.assertTrue(all(defects.mapped("date_overdue")))
