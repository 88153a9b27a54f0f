from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AcceptanceCommon


@tagged("post_install", "-at_install")
class TestAcceptanceAccess(AcceptanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acceptance = cls._start()
        cls.work = cls._create_concealed()

    def _search(self, user, model="outsourcing.acceptance"):
        return self.env[model].with_user(user).search([])

    def test_each_party_sees_what_names_it(self):
        for user in (
            self.user_manager,
            self.user_supervisor,
            self.user_finance,
            self.portal_contractor,
            self.portal_third_party,
            self.portal_representative,
        ):
            with self.subTest(user=user.name):
                self.assertEqual(self._search(user), self.acceptance)

    def test_staff_sees_levels_and_items_which_pages_read_for_the_parties(self):
        for model in ("outsourcing.acceptance.stage", "outsourcing.acceptance.line"):
            for user in (self.user_manager, self.user_supervisor, self.user_finance):
                self.assertTrue(self._search(user, model))
            for user in (self.portal_contractor, self.portal_third_party, self.portal_representative):
                with self.subTest(user=user.name, model=model), self.assertRaises(AccessError):  # core's own
                    self._search(user, model)

    def test_others_see_nothing(self):
        for model in ("outsourcing.acceptance.stage", "outsourcing.acceptance.line"):
            self.assertFalse(self._search(self.user_outsider, model))
        for user in (self.portal_competitor, self.user_outsider):
            for model in ("outsourcing.acceptance", "outsourcing.concealed.work"):
                with self.subTest(user=user.name, model=model):
                    self.assertFalse(self._search(user, model))
            with self.assertRaises(AccessError):  # core's own
                self.acceptance.with_user(user).read(["name"])

    def test_witness_sees_only_witnessed_rows(self):
        other = self._start(self.row2)
        self.assertNotIn(other, self._search(self.portal_representative))
        self.assertNotIn(other, self._search(self.portal_third_party))

    def test_amounts_are_for_the_contractor_and_staff(self):
        for user in (self.portal_contractor, self.portal_representative, self.portal_third_party):
            for name in ("amount_claimed", "amount_accepted", "blockers"):
                with self.subTest(user=user.name, name=name), self.assertRaises(AccessError):  # core's own
                    self.acceptance.with_user(user).read([name])
            with self.assertRaises(AccessError):  # core's own
                self.env["outsourcing.acceptance"].with_user(user)._read_group([], [], ["amount_claimed:sum"])
        own = self.acceptance.with_user(self.portal_contractor)
        self.assertEqual(own.contractor_amount_claimed, 60000.0)
        for user in (self.portal_representative, self.portal_third_party):
            self.assertEqual(self.acceptance.with_user(user).contractor_amount_claimed, 0.0)
        self.assertFalse(self.works.with_user(self.portal_representative).search([]))

    def test_portal_writes_nothing(self):
        for user in (self.portal_contractor, self.portal_representative, self.portal_third_party):
            for record in (self.acceptance, self.acceptance.stage_ids[0], self.acceptance.line_ids[0]):
                with (
                    self.subTest(user=user.name, model=record._name),
                    self.assertRaises(AccessError),  # core's own
                ):
                    record.with_user(user).write(
                        {"sequence": 1} if "sequence" in record._fields else {"note": "x"}
                    )
            with self.assertRaises(AccessError):  # core's own
                self.env["outsourcing.acceptance"].with_user(user).create({"milestone_id": self.row3.id})

    def test_portal_cannot_use_the_buttons_of_staff(self):
        acceptance = self.acceptance.with_user(self.portal_contractor)
        for method in ("action_reject", "action_invite_witness", "action_pass_remaining", "action_score"):
            with self.subTest(method=method), self.assertRaises(AccessError):  # core's own or ours
                getattr(acceptance, method)()
        with self.assertRaises(AccessError):  # core's own
            self.env["outsourcing.sign"].with_user(self.portal_contractor).create(
                {"acceptance_id": self.acceptance.id, "result": "pass"}
            )

    def test_supervisor_of_another_community_cannot_sign_for_paper(self):
        with self.assertRaises(AccessError):  # core's own
            self.acceptance.with_user(self.user_outsider)._record_paper(
                "self_check", self.performer, "pass", [("a.png", self.pixel)]
            )

    def test_drafts_of_scores_are_hidden_from_the_contractor(self):
        contract = self._create_active_contract()
        sheet = self._create_sheets(contract, month=1)
        self.assertNotIn(sheet, self._search(self.portal_contractor))
        sheet.action_score()
        self.assertIn(sheet, self._search(self.portal_contractor))
        with self.assertRaises(AccessError):  # the page reads the lines of what the contractor may see
            self._search(self.portal_contractor, "outsourcing.acceptance.score.line")
        self.assertNotIn(sheet, self._search(self.portal_representative))
