from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import SiteCommon


class SiteEvidenceCommon(SiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Evidence = cls.env["outsourcing.evidence"]
        cls.colleague = cls._create_portal_user("13800000011", "Colleague", cls.contractor)
        cls.portal = (
            cls.portal_contractor,
            cls.colleague,
            cls.portal_representative,
            cls.portal_third_party,
            cls.portal_competitor,
        )

    @classmethod
    def _start_spot_check(cls):
        """Return a spot check under way and the photos the third party has taken so far."""
        check = cls._create_inspection(kind="spot_check", party_partner_id=cls.third_party.id)
        own = check.with_user(cls.portal_third_party)
        own._portal_start(cls.portal_third_party.partner_id)
        own._portal_save({check.line_ids[0].id: {"result": "fail", "note": "oil", "files": cls._photos()}})
        own._add_photos(cls._photos(), "during")
        return check, check.evidence_ids | check.line_ids.evidence_ids

    def _assert_readers(self, rows, *readers):
        """Assert that of the portal users exactly ``readers`` get at ``rows``, on every path of the ORM."""
        for user in self.portal:
            own = rows.with_user(user)
            own.invalidate_recordset()
            with self.subTest(user.name):
                expected = own if user in readers else own.browse()
                self.assertEqual(own.search([("id", "in", rows.ids)], order="id"), expected.sorted("id"))
                self.assertEqual(own._filtered_access("read"), expected)
                self.assertEqual(own.search_count([("sha256", "in", rows.mapped("sha256"))]), len(expected))
                groups = own.formatted_read_group([("id", "in", rows.ids)], ["res_model"], ["__count"])
                self.assertEqual(sum(group["__count"] for group in groups), len(expected))
                if not expected:
                    with self.assertRaises(AccessError):  # core's own
                        own.read(["thumbnail", "original", "latitude"])

    def _hand_in(self, inspection):
        answers = self._answers(inspection)
        inspection._portal_save(answers)
        inspection._portal_submit()


@tagged("post_install", "-at_install")
class TestSiteEvidenceAccess(SiteEvidenceCommon):
    """Evidence is read by whoever reads its document, once it is handed in; before, by its author."""

    def test_spot_check_under_way_is_the_third_partys(self):
        check, rows = self._start_spot_check()
        self.assertEqual(len(rows), 2)
        self._assert_readers(rows, self.portal_third_party)
        for user in (self.portal_contractor, self.portal_representative):
            self.assertFalse(check.line_ids.with_user(user).search([("inspection_id", "=", check.id)]))
        self._hand_in(check.with_user(self.portal_third_party))
        self._assert_readers(
            rows, self.portal_third_party, self.portal_contractor, self.colleague, self.portal_representative
        )

    def test_visit_under_way_is_its_authors(self):
        visit = self._start(self._create_inspection())
        visit._portal_save({visit.line_ids[0].id: {"result": "pass", "files": self._photos()}})
        rows = visit.line_ids.evidence_ids.with_env(self.env)
        self._assert_readers(rows, self.portal_contractor)
        self.assertFalse(visit.line_ids.with_user(self.colleague)._filtered_access("read"))
        self._hand_in(visit)
        self._assert_readers(rows, self.portal_contractor, self.colleague, self.portal_representative)

    def test_our_own_check_under_way_is_ours(self):
        check = self._create_inspection(kind="property_check").with_user(self.user_supervisor)
        check.action_start()
        rows = check._add_photos(self._photos(), "during").with_env(self.env)
        self._assert_readers(rows)
        self.assertTrue(rows.with_user(self.user_supervisor).has_access("read"))

    def test_draft_log_is_its_authors(self):
        log = self._create_log()
        rows = log.evidence_ids.with_env(self.env)
        self._assert_readers(rows, self.portal_contractor)
        log._portal_submit()
        self._assert_readers(rows, self.portal_contractor, self.colleague, self.portal_representative)

    def test_log_given_back_is_its_authors_again(self):
        log = self._create_log()
        log._portal_submit()
        own = log.with_user(self.user_supervisor)
        own.review_comment = "Name the landing"
        own.action_return()
        log._portal_save({}, self._photos())
        self._assert_readers(log.evidence_ids.with_env(self.env), self.portal_contractor)

    def test_defect_shows_its_photos_to_its_readers(self):
        defect = self._create_defect()
        rows = defect.with_user(self.user_supervisor)._add_photos(self._photos(), "before").with_env(self.env)
        self._assert_readers(rows, self.portal_contractor, self.colleague, self.portal_representative)

    def test_person_who_leaves_the_firm_loses_its_photos(self):
        log = self._create_log()
        rows = log.evidence_ids.with_env(self.env)
        self.portal_contractor.partner_id.parent_id = self.competitor
        self.env.registry.clear_cache()  # the portal add-on does so by itself
        self._assert_readers(rows)

    def test_representative_of_another_community_reads_nothing(self):
        rows = self._create_done_inspection().line_ids.evidence_ids
        self._assert_readers(rows, self.portal_contractor, self.colleague, self.portal_representative)
        self.community.representative_ids = False
        self._assert_readers(rows, self.portal_contractor, self.colleague)

    def test_query_count_is_that_of_one_photo(self):
        log = self._create_log()
        log._portal_submit()
        one = log.evidence_ids
        many = self.Evidence.concat(
            *(self._create_defect().with_user(self.user_supervisor)._add_photos(self._photos(10), "before")
              for _n in range(3))
        )  # fmt: skip
        counts = []
        for rows in (one, one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            own = rows.with_user(self.portal_contractor)
            own.search_fetch([("id", "in", rows.ids)], ["name"])
            own.invalidate_recordset()
            own.read(["name"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 1)  # defects instead of logs: no more than a query apart


@tagged("post_install", "-at_install")
class TestSiteEvidenceDownload(SiteEvidenceCommon, HttpCase):
    def _get(self, user, url):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_live_photo_is_not_served(self):
        check, rows = self._start_spot_check()
        for row in rows:
            urls = [
                row._get_url(),
                row._get_url("thumbnail"),
                f"/web/content/{row.attachment_id.id}",
                f"/web/image/{row.attachment_id.id}",
                f"/web/image/outsourcing.evidence/{row.id}/thumbnail",
            ]
            for url in urls:
                response = self._get(self.portal_contractor, url)
                with self.subTest(url):
                    self.assertFalse(response.content == row.attachment_id.raw)
                    self.assertNotEqual(response.headers.get("Content-Type"), "image/jpeg")
        self.assertEqual(self._get(self.portal_third_party, rows[0]._get_url()).status_code, 200)
        self._hand_in(check.with_user(self.portal_third_party))
        response = self._get(self.portal_contractor, rows[0]._get_url())
        self.assertTrue(response.content == rows[0].attachment_id.raw)
