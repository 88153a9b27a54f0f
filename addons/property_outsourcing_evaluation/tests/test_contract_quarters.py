from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .award_common import AwardCommon


@tagged("post_install", "-at_install")
class TestContractQuarters(AwardCommon):
    """What a contract shows of its quarters: the proposal for its renewal, the fee that follows the grade."""

    def _let_expire(self):
        self.contract._gated().write({"date_end": fields.Date.add(fields.Date.today(), days=20)})
        return self.contract.with_user(self.user_supervisor)

    def test_an_expiring_contract_is_proposed_for_renewal_with_reasons(self):
        self._grade([85, 95])
        contract = self._let_expire()
        self.assertEqual(contract.renewal_advice, "renew")
        self.assertIn("grade A, 95 points, place 1 / 1", contract.renewal_reasons)

    def test_nothing_is_proposed_while_a_contract_runs(self):
        self._grade([95])
        self.contract._gated().write({"date_end": fields.Date.add(fields.Date.today(), months=9)})
        self.assertFalse(self.contract.renewal_advice)

    def test_a_failed_quarter_or_a_card_speaks_against_it(self):
        self._grade([95, 40])
        contract = self._let_expire()
        self.assertEqual(contract.renewal_advice, "end")
        self.env["outsourcing.evaluation"].search([])[0]._gated().write({"state": "preview"})
        self._issue_card()
        self.env.invalidate_all()
        self.assertEqual(contract.renewal_advice, "improve")
        self.assertIn("has the yellow card", contract.renewal_reasons)

    def test_a_gold_partner_is_renewed_before_others(self):
        award = self._award()
        recommendation = self.contract._get_renewal_recommendation()
        self.assertEqual(recommendation["advice"], "renew")
        self.assertIn(
            f"Gold partner until {award.date_until}: renewed before others.", recommendation["reasons"]
        )

    def test_proposals_of_many_contracts_cost_the_same(self):
        self._grade([95, 97])
        self._let_expire()
        self.rival._gated().write({"date_end": self.contract.date_end})
        contracts = (self.contract | self.rival).with_user(self.user_manager)
        counts = []
        for part in (contracts[:1], contracts):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            part.read(["renewal_advice", "renewal_reasons"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    # ---- the fee ----------------------------------------------------------------------------------------

    def _accept_works(self, amount=10000.0):
        """Return a works contract with a row accepted in the quarter, and its final evaluation of grade C."""
        works = self._create_works_draft(evaluation_pays=True)
        works = self._activate(works)
        row = works.milestone_ids[0]
        row._gated().write({"amount_accepted": amount, "date_accepted": self.quarter})
        quarter = self._grade([75], contract=works)
        quarter._gated().write({"date_from": self.quarter, "date_to": self.quarter_end, "pay_factor": 95})
        quarter._gated().write({"contract_ids": [(6, 0, works.ids)]})
        return works, row

    def _get_grade_lines(self, works, row):
        lines = works.sudo()._prepare_settlement_lines(row)
        return [line for line in lines if line.get("kind") == "evaluation"]

    def test_the_grade_takes_its_share_off_what_was_accepted_in_the_quarter(self):
        works, row = self._accept_works()
        line = self._get_grade_lines(works, row)[0]
        self.assertEqual(line["price_unit"], -500.0)
        self.assertIn("paid at 95%", line["formula"])

    def test_without_the_switch_nothing_is_taken_off(self):
        works, row = self._accept_works()
        works._gated().write({"evaluation_pays": False})
        self.assertFalse(self._get_grade_lines(works, row))

    def test_what_comes_to_nothing_is_no_line(self):
        works, row = self._accept_works(amount=0.0)
        self.assertFalse(self._get_grade_lines(works, row))

    def test_it_is_refused_where_the_monthly_score_changes_the_fee(self):
        draft = self._create_contract(period_amount=1000.0)
        draft.action_generate_periods()
        with self.assertRefused("the monthly score changes the fee already", ValidationError):
            draft.evaluation_pays = True

    def test_what_no_settlement_takes_off_any_more_is_told_to_the_manager(self):
        works, _row = self._accept_works()
        quarter = works.evaluation_ids
        activities = "property_outsourcing_evaluation.activity_type_evaluation_fee"
        works._ask_about_fee(quarter)
        self.assertFalse(works.activity_search([activities]), "a settlement follows")
        for row in works.milestone_ids:
            row._gated().write({"amount_billed": row.amount})
        works._ask_about_fee(quarter)
        activity = works.activity_search([activities])
        self.assertEqual(activity.user_id, works.manager_id)
        self.assertIn("500.00", activity.summary)

    def test_a_final_quarter_keeps_the_share_of_its_grade(self):
        evaluation = self._draft(done=8, limited=10)
        self._judge(evaluation, points=80)
        evaluation.with_user(self.user_manager).action_publish()
        grade = evaluation.sudo().grade_id
        grade.pay_factor = 90
        self._finish(evaluation)
        grade.pay_factor = 50
        self.assertEqual(evaluation.pay_factor, 90)
