from odoo.tests import tagged

from .common import OutsourcingCommon

EVENT = "property_outsourcing.activity_type_termination_proposal"


@tagged("post_install", "-at_install")
class TestTerminationProposal(OutsourcingCommon):
    """Whoever finds reason to end a contract proposes it; its manager decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()

    def _propose(self, source=None):
        source = source or self.contract.milestone_ids[0]
        return self.contract._propose_termination("Three red cards in a row.", source)

    def test_the_contracts_manager_is_asked_in_one_activity_of_its_own_kind(self):
        activity = self._propose()
        self.assertEqual(activity.activity_type_id, self.env.ref(EVENT))
        self.assertEqual(activity.user_id, self.user_manager)
        self.assertIn("Three red cards in a row.", activity.note)
        self.assertEqual(self.contract.state, "active")

    def test_one_source_proposes_once_whether_decided_or_not(self):
        activity = self._propose()
        self.assertFalse(self._propose())
        activity.with_user(self.user_manager).action_feedback(feedback="We go on")
        self.assertFalse(self._propose())
        self.assertTrue(self._propose(self.contract.milestone_ids[1]))

    def test_the_contract_shows_it_and_leads_to_the_dialogue(self):
        self._propose()
        contract = self.contract.with_user(self.user_manager)
        self.assertIn("Three red cards in a row.", contract.termination_proposal)
        self.assertEqual(contract.action_open_termination()["res_model"], "outsourcing.contract.terminate")
        self._search_proposal().action_feedback()
        contract.invalidate_recordset()
        self.assertFalse(contract.termination_proposal)

    def _search_proposal(self):
        return self.contract._search_termination_proposals()

    def test_the_end_of_the_contract_closes_it(self):
        self._propose()
        reason = self.env["outsourcing.termination.reason"].search([], limit=1)
        self.contract.with_user(self.user_manager)._terminate(reason, "Agreed")
        self.assertFalse(self._search_proposal())

    def test_a_contract_that_does_not_run_is_not_ended(self):
        self.contract = self._create_contract()
        self.assertFalse(self.contract._propose_termination("Late.", self.community))

    def test_what_a_source_is_called_is_text(self):
        self.community.name = "<b>Sunny</b>"
        activity = self.contract._propose_termination("Late & <i>dirty</i>.", self.community)
        self.assertIn("Late &amp; &lt;i&gt;dirty&lt;/i&gt;.", activity.note)
        self.assertIn("&lt;b&gt;Sunny", activity.note)
