from odoo.tests import tagged
from odoo.tools import SQL

from .evidence_common import make_photo
from .evidence_document_common import EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidencePortal(EvidenceCommon):
    """What a portal user is asked for photos of: the documents that person reads, and of these no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.contract.with_user(cls.portal_contractor)._add_evidence([("site.jpg", make_photo())])

    def test_only_documents_of_which_there_are_files_are_looked_up(self):
        rows = self.row.browse().with_user(self.portal_contractor)
        query = rows._search([("res_model", "=", "outsourcing.contract")])
        plan = self.env.execute_query(
            SQL("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) %s", query.select())
        )
        orders = [line for (line,) in plan if " on project_task" in line]
        self.assertTrue(orders)
        self.assertEqual([line for line in orders if "never executed" not in line], [])

    def test_what_is_readable_and_what_is_not_add_up_to_all(self):
        rows = self.row.browse().with_user(self.portal_contractor).sudo()
        readable = rows.search([("is_portal_readable", "=", True)])
        self.assertIn(self.row, readable)
        self.assertEqual(readable | rows.search([("is_portal_readable", "=", False)]), rows.search([]))
