from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalEvidence(PortalCommon):
    """Pictures on the pages of the portal follow the document, whoever asks and by which address."""

    def _take_photo(self, section, record, user, **data):
        url = f"/my/outsourcing/{section}/{record.id}/evidence"
        return self._upload(url, [self._photo()], user=user, **data).json()["files"][0]

    def _assert_served(self, photo, served=(), refused=()):
        paths = [photo["thumb"], photo["url"], f"/web/image/outsourcing.evidence/{photo['id']}/thumbnail"]
        for user in (*served, *refused):
            self._log_in(user)
            for path in paths:
                with self.subTest(path, user=user.name):
                    content_type = self._page(path).headers.get("Content-Type")
                    self.assertEqual(content_type == "image/jpeg", user in served)

    def test_live_spot_check_is_not_served_to_the_contractor(self):
        spot = self._create_inspection(kind="spot_check", party_partner_id=self.third_party.id)
        spot.with_user(self.portal_third_party)._portal_start()
        photo = self._take_photo("inspections", spot, self.portal_third_party, line_id=spot.line_ids[0].id)
        others = (self.portal_contractor, self.colleague, self.portal_representative)
        self._assert_served(photo, [self.portal_third_party], others)
        spot.line_ids._gated().write({"result": "pass", "value": 8, "is_measured": True})
        spot.with_user(self.portal_third_party)._portal_submit()
        self._assert_served(photo, [self.portal_third_party, *others], [self.portal_competitor])

    def test_visit_under_way_is_served_to_whoever_fills_it_in(self):
        visit = self._start_inspection()
        photo = self._take_photo("inspections", visit, self.portal_contractor)
        self._assert_served(photo, [self.portal_contractor], [self.colleague, self.portal_representative])
        visit.with_user(self.colleague)._portal_take_over(self.colleague.partner_id)
        self._assert_served(photo, [self.colleague], [self.portal_contractor])

    def test_draft_log_is_served_to_its_author(self):
        contract = self.contract.with_user(self.portal_contractor)
        logs = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = logs._portal_create(contract, {"content": "Greased", "headcount": 1, "weather": "sunny"})
        photo = self._take_photo("logs", log, self.portal_contractor)
        self._assert_served(photo, [self.portal_contractor], [self.colleague, self.portal_representative])
        log._portal_submit()
        self._assert_served(photo, [self.portal_contractor, self.colleague, self.portal_representative])

    def test_pages_show_what_may_be_seen(self):
        spot = self._create_inspection(kind="spot_check", party_partner_id=self.third_party.id)
        spot.with_user(self.portal_third_party)._portal_start()
        photo = self._take_photo("inspections", spot, self.portal_third_party, line_id=spot.line_ids[0].id)
        page = f"/my/outsourcing/inspections/{spot.id}"
        self.assertIn(photo["thumb"], self._page(page).text)
        self.assertNotIn(photo["thumb"], self._page(page, self.portal_representative).text)

    def test_witness_and_third_party_see_their_acceptance(self):
        acceptance = self._create_acceptance()
        photo = self._take_photo("acceptances", acceptance, self.portal_contractor)
        parties = [self.portal_contractor, self.portal_third_party, self.portal_representative]
        self._assert_served(photo, parties, [self.portal_competitor])
        acceptance._gated().write({"requires_witness": False, "third_party_id": False})
        self._assert_served(
            photo, [self.portal_contractor], [self.portal_third_party, self.portal_representative]
        )

    def test_change_of_firm_takes_the_photos_away(self):
        defect = self._create_defect()
        photo = self._take_photo("defects", defect, self.colleague, phase="after")
        self._assert_served(photo, [self.colleague])
        self.colleague.partner_id.parent_id = self.competitor
        self._assert_served(photo, [], [self.colleague])
