from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractMembers(OutsourcingCommon):
    """A supervisor of one of the communities a contract serves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls._create_contract(
            community_ids=[Command.set((cls.community | cls.other_community).ids)]
        )
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.partial = cls.shared.with_user(cls.user_supervisor)

    def test_member_of_one_community_opens_the_contract_and_its_rows(self):
        Form(self.partial)
        self.assertEqual(self.partial.action_manage_milestones()["context"]["search_default_group_month"], 1)
        self.assertEqual(self.partial.milestone_ids.community_id, self.community)

    def test_what_concerns_all_communities_is_refused_in_a_sentence(self):
        sentence = "also serves River Bay: only who belongs to all its communities, or a manager"
        steps = ("action_print", "action_fill_scope", "action_fill_fees", "action_generate_periods")
        for step in steps:
            with self.subTest(step), self.assertRaisesRegex(AccessError, sentence):
                self.env.invalidate_all()
                getattr(self.partial, step)()

    def test_buttons_for_all_communities_show_to_who_belongs_to_all(self):
        self.assertFalse(self.partial.serves_own_communities)
        self.other_community.supervisor_ids |= self.user_supervisor
        self.env.invalidate_all()
        self.assertTrue(self.partial.serves_own_communities)
        self.assertTrue(self.shared.with_user(self.user_manager).serves_own_communities)

    def test_archived_community_is_still_served(self):
        self.other_community.active = False
        self.env.invalidate_all()
        self.assertIn(self.other_community, self.shared.with_user(self.user_manager).community_ids)
