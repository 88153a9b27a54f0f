from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalRepresentative(PortalCommon):
    """Whom somebody represents is kept in mind by record rules, and told to every process when it changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.neighbour = cls._create_portal_user("13800000021", "Owner Qian")
        acceptance, work = cls._create_acceptance(), cls._create_concealed()
        acceptance._gated().requires_witness = True
        work._gated().state = "notified"
        inspection = cls._create_inspection()
        log = cls.env["outsourcing.site.log"].create({"contract_id": cls.contract.id, "content": "Greased"})
        log._gated().state = "submitted"
        cls.pages = [
            f"/my/outsourcing/{section}/{record.id}"
            for section, record in {
                "inspections": inspection,
                "defects": cls._create_defect(),
                "logs": log,
                "acceptances": acceptance,
                "concealed": work,
            }.items()
        ]

    def _assert_pages(self, status):
        for page in self.pages:
            with self.subTest(page):
                self.assertEqual(self._page(page).status_code, status)

    def test_who_is_added_sees_at_once_and_who_is_removed_no_more(self):
        self._log_in(self.neighbour)
        self._assert_pages(404)
        self.community.with_user(self.user_manager).representative_ids = [
            Command.link(self.neighbour.partner_id.id)
        ]
        self._assert_pages(200)
        self.assertIn("/my/outsourcing/defects", self._page("/my/outsourcing").text)
        self.community.with_user(self.user_manager).representative_ids = [
            Command.unlink(self.neighbour.partner_id.id)
        ]
        self._assert_pages(404)
        self.assertNotIn("/my/outsourcing/defects", self._page("/my/outsourcing").text)

    def test_a_new_community_is_seen_by_its_representatives_at_once(self):
        self.assertFalse(self.neighbour._get_represented_community_ids())
        defects = self.env["outsourcing.defect"].with_user(self.neighbour)
        self.assertFalse(defects.search([]))
        people = [Command.set(self.neighbour.partner_id.ids)]
        community = self.community.copy({"name": "Second", "code": "SEC", "representative_ids": people})
        self.contract._gated().community_ids = [Command.link(community.id)]
        defect = self._create_defect(community_id=community.id, equipment_id=False)
        self.assertEqual(defects.search([]), defect)

    def test_other_processes_are_told(self):
        self.registry.cache_invalidated.clear()
        self.community.name = "Another name"
        self.assertNotIn("default", self.registry.cache_invalidated)
        self.community.representative_ids = [Command.unlink(self.representative.id)]
        self.assertIn("default", self.registry.cache_invalidated)  # what is signalled when the request ends

    def test_what_was_kept_in_mind_before_the_commit_is_forgotten_after_it(self):
        self.community.representative_ids = [Command.unlink(self.representative.id)]
        self.registry.cache_invalidated.clear()
        self.env.cr.postcommit.run()
        self.assertIn("default", self.registry.cache_invalidated)

    def test_an_archived_community_is_still_read_by_its_representatives(self):
        self._log_in(self.portal_representative)
        self.env.cr.execute(
            "UPDATE outsourcing_community SET active = false WHERE id = %s", self.community.ids
        )
        self.env.registry.clear_cache()
        self._assert_pages(200)

    def test_a_login_that_becomes_another_person_reads_as_that_one(self):
        defects = self.env["outsourcing.defect"].with_user(self.neighbour)
        self.assertFalse(defects.search([]))
        self.neighbour.partner_id = self.env["res.partner"].create({"name": "Owner Sun"})
        self.community.representative_ids = self.neighbour.partner_id
        self.assertTrue(defects.search([]))
        self.neighbour.partner_id = self.env["res.partner"].create({"name": "Owner Li"})
        self.assertFalse(defects.search([]))

    def test_no_rule_of_the_portal_follows_a_path_to_the_representatives(self):
        rules = self.env["ir.rule"].search([("groups", "in", self.env.ref("base.group_portal").ids)])
        paths = rules.filtered(lambda rule: ".representative_ids" in (rule.domain_force or ""))
        self.assertFalse(paths, "take user._get_represented_community_ids(): a path reads everybody's rows")

    def test_roles_are_looked_up_once_a_page(self):
        users = self.registry["res.users"]
        ask = users._get_outsourcing_roles
        asked = []

        def count(user):
            asked.append(user)
            return ask(user)

        self._log_in(self.portal_contractor)
        with patch.object(users, "_get_outsourcing_roles", count):
            for page in ("", "/inspections", "/logs", "/acceptances", "/defects", "/scores"):
                asked.clear()
                self._page(f"/my/outsourcing{page}")
                self.assertEqual(len(asked), 1, page)
