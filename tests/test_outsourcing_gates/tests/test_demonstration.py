from datetime import timedelta

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemonstration(TransactionCase):
    """What an expert sees first holds: priorities, times in their order, values, levels, names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "zh_CN"})
        cls.garden = cls.env["outsourcing.community"].search([("name", "=", "和悦花园")])
        cls.facade = cls.env["outsourcing.contract"].search([("title", "=", "和悦花园3号楼外墙面砖维修")])

    def setUp(self):
        super().setUp()
        self.assertTrue(self.garden and self.facade, "this is a test of the demonstration")

    def test_people_shut_in_are_freed_by_the_minute(self):
        orders = self.env["project.task"].search([("name", "like", "困人"), ("name", "not like", "演练")])
        self.assertTrue(orders)
        self.assertEqual(set(orders.mapped("outsourcing_priority")), {"p0"})
        for order in orders.filtered("outsourcing_date_arrived"):
            way = order.outsourcing_date_arrived - order.outsourcing_date_requested
            self.assertLessEqual(way, timedelta(minutes=30), order.name)
        for order in orders.filtered("outsourcing_date_completed"):
            done = order.outsourcing_date_completed - order.outsourcing_date_requested
            self.assertLessEqual(done, timedelta(hours=2), order.name)

    def test_concealed_work_is_announced_inspected_and_covered_in_this_order(self):
        works = self.env["outsourcing.concealed.work"].search([("contract_id", "=", self.facade.id)])
        self.assertTrue(works)
        for work in works:
            self.assertGreaterEqual(work.planned_date - work.date_notice, timedelta(hours=48))
            signed = [stage.date_signed for stage in work.stage_ids.sorted("sequence") if stage.date_signed]
            self.assertEqual(signed, sorted(signed))
            self.assertTrue(work.date_covered and work.date_covered >= signed[-1])
            self.assertIn("mm", work.finding)

    def test_fund_paid_works_pass_three_levels_and_a_witness(self):
        self.assertEqual(self.facade.fund_source_id.kind, "maintenance_fund")
        acceptance = self.env["outsourcing.acceptance"].search([("contract_id", "=", self.facade.id)])
        self.assertTrue(acceptance)
        self.assertEqual(len(acceptance[:1].stage_ids.filtered("date_signed")), 4)

    def test_nothing_is_ticked_that_is_not_built_yet(self):
        lines = self.env["outsourcing.acceptance"].search([("contract_id", "=", self.facade.id)]).line_ids
        later = lines.filtered(
            lambda line: any(word in line.name for word in ("勾缝", "色差", "淋水", "保修"))
        )
        self.assertFalse(later.filtered(lambda line: line.result == "pass").mapped("name"))

    def test_measured_values_are_those_of_their_unit(self):
        lines = self.env["outsourcing.acceptance.line"].search([("value", "!=", 0)])
        self.assertFalse(
            lines.filtered(lambda line: line.value_uom == "mm" and line.value < 1).mapped("name")
        )

    def test_the_facade_is_repaired_from_one_kind_of_platform(self):
        texts = [self.facade.work_content or "", *self.facade.scope_ids.mapped("name")]
        texts += self.facade.milestone_ids.mapped("name") + self.facade.item_ids.mapped("name")
        self.assertNotIn("脚手架", " ".join(texts))
        self.assertIn("吊篮", " ".join(texts))

    def test_an_owners_representative_has_rated_a_repair_and_works(self):
        ratings = self.env["outsourcing.owner.rating"].search([])
        firms = ratings.mapped("contractor_id.name")
        self.assertEqual(sorted(firms), ["固美建筑修缮有限公司", "迅安电梯工程有限公司"])
        for rating in ratings:
            self.assertRegex(rating.comment, "[一-龥]{5}")
            page = rating.with_user(self._get_login(rating))._prepare_for_page(rating._get_document())
            self.assertEqual(page["work_rating"], rating, "the firm reads it")

    def _get_login(self, rating):
        return self.env["res.users"].search(
            [("commercial_partner_id", "=", rating.contractor_id.id), ("login", "like", "138%")], limit=1
        )

    def test_licence_and_credit_code_of_a_firm_are_one_number(self):
        licences = self.env["outsourcing.document"].search([("type_id.name", "=", "营业执照")])
        wrong = [
            (licence.partner_id.name, licence.number, licence.partner_id.vat)
            for licence in licences
            if licence.partner_id.vat and licence.partner_id.vat != licence.number
        ]
        self.assertFalse(wrong)

    def test_signed_contracts_name_code_and_bank_of_both_parties(self):
        for role in ("client", "contractor"):
            party = self.facade._get_party(role)
            self.assertTrue(party["vat"] and party["bank"] and party["account"], (role, party))
