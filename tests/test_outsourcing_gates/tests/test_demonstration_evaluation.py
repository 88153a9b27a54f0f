from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemonstrationOfEvaluations(TransactionCase):
    """Two past quarters, the yearly award, a card and surveys of the households are shown."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "zh_CN"})
        rounds = cls.env["outsourcing.survey.round"].search([])
        cls.garden = rounds.filtered(lambda survey: survey.community_id.name == "和悦花园")
        cls.others = rounds - cls.garden

    def setUp(self):
        super().setUp()
        self.assertTrue(self.garden, "this is a test of the demonstration")

    def _get_final(self, grade):
        evaluations = self.env["outsourcing.evaluation"].search([("state", "=", "final")])
        return evaluations.filtered(lambda row: row.grade_id.name == grade)

    def test_two_quarters_are_published_with_a_realistic_response(self):
        published = self.garden.filtered(lambda survey: survey.state == "published")
        self.assertEqual(len(published), 2)
        for survey in published:
            self.assertTrue(survey.is_representative)
            self.assertTrue(30 < survey.response_rate < 90, survey.response_rate)
            self.assertLessEqual(survey.valid_count, survey.returned_count)
            self.assertTrue(60 < survey.score < 95, survey.score)
            self.assertLess(survey.date_to, survey.date_published.date())

    def test_votes_came_in_by_all_ways_and_papers_have_their_scan(self):
        for survey in self.garden.filtered("returned_count"):
            ballots = survey.ballot_ids.filtered("is_returned")
            self.assertEqual(set(ballots.mapped("channel")), {"page", "paper", "phone"})
            papers = ballots.filtered(lambda ballot: ballot.channel == "paper")
            self.assertEqual(len(papers), len(survey.scan_ids))
            self.assertFalse((ballots - papers).filtered(lambda row: row.channel == "page").entered_by_id)
            self.assertTrue(papers.entered_by_id)

    def test_one_survey_is_running_and_one_is_not_representative(self):
        self.assertEqual(len(self.garden.filtered("is_open")), 1)
        few = self.others.filtered(lambda survey: survey.state == "counted")
        self.assertTrue(few)
        self.assertFalse(few.filtered("is_representative"))
        facts = self.env["outsourcing.fact"].search([("fact_type", "=", "satisfaction")])
        self.assertFalse(facts.filtered(lambda fact: fact.res_id in few.ids))

    def test_representative_surveys_are_facts_of_contracts_that_served(self):
        facts = self.env["outsourcing.fact"].search([("fact_type", "=", "satisfaction")])
        self.assertTrue(facts)
        for fact in facts:
            self.assertLessEqual(fact.contract_id.date_start, fact.date)

    def test_comments_became_complaints_without_reporter(self):
        complaints = self.env["outsourcing.complaint"].search([("channel", "=", "survey")])
        self.assertEqual(len(complaints), 2)
        self.assertFalse(complaints.reporter_ids)
        self.assertTrue(all(complaints.mapped("survey_comment_id.is_handled")))

    def test_one_firm_is_gold_and_one_is_c(self):
        award = self.env["outsourcing.award"].search([("state", "=", "awarded")])
        self.assertEqual(len(award), 1)
        best = self._get_final("A").filtered(lambda row: row.contractor_id == award.contractor_id)
        self.assertEqual(len(best), 2)
        self.assertTrue(self._get_final("C"))

    def test_owners_ratings_count_in_the_evaluation_of_works(self):
        lines = self.env["outsourcing.evaluation.line"].search([("name", "=", "业主代表评价")])
        self.assertTrue(lines)
        for line in lines:
            self.assertEqual((line.status, line.sample), ("rated", 3))
            self.assertTrue(60 <= line.points < 100, line.points)

    def test_one_yellow_card_is_under_rectification_by_its_firm(self):
        card = self.env["outsourcing.card"].search([("state", "=", "issued")])
        self.assertEqual((len(card), card.color), (1, "yellow"))
        self.assertTrue(card.plan and card.date_plan)
        self.assertEqual(card.planned_by_id.partner_id.commercial_partner_id, card.contractor_id)

    def test_contracts_of_last_year_ran_and_were_closed(self):
        for contract in self.env["outsourcing.contract"].search([("title", "like", "上年度")]):
            self.assertEqual(contract.state, "closed")
            self.assertTrue(contract.submitted_by_id and contract.approved_by_id)
            self.assertTrue(contract.purchase_order_id)
