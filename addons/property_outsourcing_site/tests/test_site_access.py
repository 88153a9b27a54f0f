from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .common import SiteCommon


@tagged("post_install", "-at_install")
class TestSiteAccess(SiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspection = cls._create_done_inspection({"A_1_25": {"result": "fail", "note": "dirty"}})
        cls.defect = cls.inspection.defect_ids
        cls.log = cls._create_log().with_env(cls.env)
        cls.documents = (cls.inspection, cls.inspection.line_ids[0], cls.defect)

    def _sees(self, user, record):
        return bool(self.env[record._name].with_user(user).search([("id", "=", record.id)]))

    def test_competitor_sees_nothing(self):
        for record in (*self.documents, self.log):
            self.assertFalse(self._sees(self.portal_competitor, record), record)
            with self.assertRaises(AccessError):  # core's own
                record.with_user(self.portal_competitor).read(["display_name"])

    def test_competitor_cannot_act(self):
        planned = self._create_inspection().with_user(self.portal_competitor)
        with self.assertRaises(AccessError):  # core's own
            planned._portal_start()
        with self.assertRaises(AccessError):  # core's own
            self.defect.with_user(self.portal_competitor)._portal_rectify("x", self._photos())
        with self.assertRaises(AccessError):  # core's own
            self._create_log(user=self.portal_competitor)
        for action in ("action_start", "action_submit", "action_record_paper"):
            with self.assertRaises(AccessError):  # core's own
                getattr(planned, action)()

    def test_private_methods_are_out_of_reach_of_rpc(self):
        for record in (self.inspection, self.defect, self.log):
            names = [
                name for name in dir(type(record)) if name.startswith(("_portal_", "_process_", "_record_"))
            ]
            self.assertTrue(names)
            for name in names:
                with self.assertRaises(AccessError):  # core's own
                    get_public_method(record, name)

    def test_contractor_reads_but_never_writes(self):
        for record in (*self.documents, self.log):
            own = record.with_user(self.portal_contractor)
            self.assertTrue(own.read(["display_name"]))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(own.has_access(operation), (record, operation))
        with self.assertRaises(AccessError):  # core's own
            self.defect.with_user(self.portal_contractor).write({"severity": "minor"})

    def test_contractor_does_not_see_a_check_announced_to_nobody(self):
        check = self._create_inspection(kind="property_check")
        self.assertFalse(self._sees(self.portal_contractor, check))

    def test_third_party_sees_what_it_performs(self):
        spot_check = self._create_inspection(kind="spot_check", party_partner_id=self.third_party.id)
        self.assertTrue(self._sees(self.portal_third_party, spot_check))
        self.assertFalse(self._sees(self.portal_third_party, self.inspection))
        self.assertFalse(self._sees(self.portal_third_party, self.defect))

    def test_representative_reads_own_community(self):
        for record in self.documents:
            self.assertTrue(self._sees(self.portal_representative, record))
        self.assertFalse(self._sees(self.portal_representative, self.log))  # a draft
        self.community.representative_ids = False
        for record in self.documents:
            self.assertFalse(self._sees(self.portal_representative, record))

    def test_supervisor_of_another_community_sees_nothing(self):
        for record in (*self.documents, self.log):
            self.assertFalse(self._sees(self.user_outsider, record))
            self.assertTrue(self._sees(self.user_supervisor, record))

    def test_finance_reads_to_trace_a_deduction(self):
        for record in self.documents:
            self.assertTrue(self._sees(self.user_finance, record))
            self.assertFalse(record.with_user(self.user_finance).has_access("write"))

    def test_other_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other company"})
        manager = self._create_internal_user("other_manager", "Other Manager", "manager")
        manager.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for record in self.documents:
            self.assertFalse(self._sees(manager, record))

    def test_portal_urls(self):
        self.assertEqual(self.inspection.access_url, f"/my/outsourcing/inspections/{self.inspection.id}")
        self.assertEqual(self.defect.access_url, f"/my/outsourcing/defects/{self.defect.id}")
        self.assertEqual(self.log.access_url, f"/my/outsourcing/logs/{self.log.id}")
