from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .change_common import PortalChangeCommon
from .common import SIGNATURE


@tagged("post_install", "-at_install")
class TestPortalChanges(PortalChangeCommon):
    """The contractor records site variations on the phone and signs amendments; nobody else sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = f"{cls.works.id}-{cls.community.id}"

    def _create(self, **data):
        values = {"place": self.place, "title": "Hollow tiles", "kind": "site", **data}
        return self._send("/my/outsourcing/variations/create", values, user=self.portal_contractor)

    def _find(self):
        return self.env["outsourcing.variation"].search([("contract_id", "=", self.works.id)], limit=1)

    def _amendment(self):
        return self._approve_amendment(
            self.works, {"kind": "row_new", "name": "Extra", "amount": 6480.0}, date_effective=self.today
        )

    def test_first_page_offers_variations_to_who_builds(self):
        page = self._page("/my/outsourcing", self.portal_contractor).text
        self.assertIn('href="/my/outsourcing/variations"', page)

    def test_variation_from_the_phone_to_the_signature(self):
        self._create()
        variation = self._find()
        url = f"/my/outsourcing/variations/{variation.id}"
        self.assertEqual((variation.user_id, variation.state), (self.portal_contractor, "draft"))
        self._upload(f"{url}/evidence", [self._photo()], phase="before")
        data = {"form_lines": "1", "reason": "Found on tapping", f"qty_{self.item.id}": "36",
                "new_name_0": "Crane", "new_qty_0": "1", "new_price_0": "500.50"}  # fmt: skip
        page = self._send(f"{url}/save", data)
        self.env.invalidate_all()
        self.assertEqual(variation.amount_total, 6980.5)
        self.assertIn("6,980.50", page.text)
        self.assertIn("o_outsourcing_sign_form", page.text)
        self._send(f"{url}/submit", {"signer_name": "Chen", "signature": SIGNATURE})
        self.env.invalidate_all()
        self.assertEqual((variation.state, variation.signer_name), ("submitted", "Chen"))
        page = self._send(f"{url}/save", data)
        self.assertIn("o_outsourcing_error", page.text)

    def test_quantities_are_read_as_meant_and_kept_whole(self):
        self._create()
        variation = self._find()
        url = f"/my/outsourcing/variations/{variation.id}/save"
        lines = {"form_lines": "1", "new_name_0": "Crane", "new_price_0": "0.123456",
                 "new_uom_0": self.env.ref("property_outsourcing.uom_shift").id}  # fmt: skip
        page = self._send(url, {**lines, f"qty_{self.item.id}": "４６，5", "new_qty_0": "12,345.6789"})
        self.env.invalidate_all()
        self.assertEqual(variation.line_ids.mapped("quantity"), [46.5, 12345.6789])
        self.assertEqual(variation.line_ids[1].uom_id, self.env.ref("property_outsourcing.uom_shift"))
        self.assertIn('value="12345.6789"', page.text)  # sent again, it is still the same
        page = self._send(url, {**lines, "new_qty_0": "1.00005"})
        self.assertIn("Quantity: 1.00005 has more than 4 decimal places", page.text)
        self.env.invalidate_all()
        self.assertEqual(variation.line_ids[1].quantity, 12345.6789)

    def test_units_of_the_trade_are_offered(self):
        self._create()
        page = self._page(f"/my/outsourcing/variations/{self._find().id}").text
        self.assertIn(f'<option value="{self.env.ref("uom.product_uom_cubic_meter").id}"', page)
        self.assertNotIn(f'<option value="{self.env.ref("uom.product_uom_minute").id}"', page)

    def test_what_is_missing_or_wrong_is_told_and_kept(self):
        for data in (
            {"place": f"{self.contract.id}-1"},
            {"date": "2999-01-01"},
            {"title": ""},
            {"date": "soon"},
        ):
            page = self._create(**data)
            self.assertIn("o_outsourcing_error", page.text, data)
            self.assertFalse(self._find())
        self._create()
        variation = self._find()
        url = f"/my/outsourcing/variations/{variation.id}"
        page = self._send(
            f"{url}/save", {"form_lines": "1", "reason": "kept text", f"qty_{self.item.id}": "3x"}
        )
        self.assertIn("3x is not a number", page.text)
        self.assertIn("kept text", page.text)
        page = self._send(f"{url}/submit", {"signer_name": "Chen", "signature": SIGNATURE})
        self.assertIn("o_outsourcing_error", page.text)
        self.env.invalidate_all()
        self.assertEqual((variation.state, variation.signature), ("draft", False))
        self._send(f"{url}/discard")
        self.assertFalse(variation.exists())

    def test_quantities_are_the_same_number_in_every_writing(self):
        self._create()
        variation = self._find()
        for typed in ("46.5", "46,5", "46，5", "４６．５", " 46.5 "):
            with self.subTest(typed=typed):
                self._send(
                    f"/my/outsourcing/variations/{variation.id}/save",
                    {"form_lines": "1", f"qty_{self.item.id}": typed},
                )
                self.env.invalidate_all()
                self.assertEqual(variation.line_ids.mapped("quantity"), [46.5])

    def test_amendment_is_read_and_signed(self):
        amendment = self._amendment()
        url = f"/my/outsourcing/amendments/{amendment.id}"
        page = self._page("/my/outsourcing", self.portal_contractor)
        self.assertIn('data-card="amendments"', page.text)
        self.assertIn(f'{url}"', self._page("/my/outsourcing/amendments").text)
        page = self._page(url)
        for text in ("200,000.00", "206,480.00", "o_outsourcing_sign_form"):
            self.assertIn(text, page.text)
        page = self._send(f"{url}/sign", {"signer_name": "Chen Foreman", "signature": "bm8="})
        self.assertIn("not a picture", page.text)
        page = self._send(f"{url}/sign", {"signer_name": "Chen Foreman", "signature": SIGNATURE})
        self.env.invalidate_all()
        self.assertEqual((amendment.state, self.works.amount_total), ("active", 206480.0))
        page = self._send(f"{url}/sign", {"signer_name": "Chen Foreman", "signature": SIGNATURE})
        self.assertIn("does not wait for a signature", page.text)

    def test_contractor_downloads_the_amendment(self):
        response = self._page(
            f"/my/outsourcing/amendments/{self._amendment().id}/pdf", self.portal_contractor
        )
        self.assertEqual((response.status_code, response.headers["Content-Type"]), (200, "application/pdf"))
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_others_get_not_found(self):
        amendment = self._amendment()
        variation = self._submit_variation(self.works, {"item_id": self.item.id, "quantity": 1.0})
        draft = self._draft_variation(self.works)
        urls = [
            f"/my/outsourcing/amendments/{amendment.id}",
            f"/my/outsourcing/amendments/{amendment.id}/pdf",
            f"/my/outsourcing/variations/{variation.id}",
        ]
        for user in (self.portal_competitor, self.portal_representative, self.portal_third_party):
            self._log_in(user)
            for url in [*urls, f"/my/outsourcing/variations/{draft.id}"]:
                self.assertEqual(self._page(url).status_code, 404, (user.name, url))
            for step in (f"{urls[0]}/sign", f"{urls[2]}/save", f"{urls[2]}/submit", f"{urls[2]}/discard"):
                data = {"signer_name": "X", "signature": SIGNATURE}
                self.assertEqual(self._send(step, data).status_code, 404, (user.name, step))
            for section in ("amendments", "variations"):
                text = self._page(f"/my/outsourcing/{section}?tab=all").text
                self.assertNotIn(amendment.name, text)
        self._log_in(self.colleague)
        self.assertEqual(self._page(urls[2]).status_code, 200)
        self.assertEqual(self._page(f"/my/outsourcing/variations/{draft.id}").status_code, 404)
        self._log_in(None)
        self.assertIn("/web/login", self._page(urls[0]).url)
        self.assertFalse(amendment.date_signed)

    @mute_logger("odoo.http")
    def test_changes_need_post_and_csrf(self):
        amendment = self._amendment()
        variation = self._draft_variation(self.works, {"item_id": self.item.id, "quantity": 1.0})
        self._log_in(self.portal_contractor)
        for url in (
            f"/my/outsourcing/amendments/{amendment.id}/sign",
            *(f"/my/outsourcing/variations/{variation.id}/{step}" for step in ("save", "submit", "discard")),
        ):
            self.assertIn(self._page(url).status_code, (404, 405))
            data = {"signer_name": "Chen", "signature": SIGNATURE}
            self.assertEqual(self._send(url, data, csrf=False).status_code, 400)
        self.env.invalidate_all()
        self.assertEqual((amendment.state, variation.state), ("to_sign", "draft"))

    def test_lists_cost_the_same_for_one_and_for_many(self):
        def count(path):
            self._page(path)
            counts = []
            for _n in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._page(path)
                counts.append(self.env.cr.sql_log_count - before)
            return min(counts)

        path = "/my/outsourcing/variations?tab=all"
        self._draft_variation(self.works, photo=False)
        self._log_in(self.portal_contractor)
        few = count(path)
        for _n in range(15):
            self._draft_variation(self.works, photo=False)
        self.assertLessEqual(count(path), few + 2)
        self.assertEqual(fields.Date.context_today(self.works), self.today)

    def test_declined_amendment_goes_back_to_its_author(self):
        amendment = self._amendment()
        url = f"/my/outsourcing/amendments/{amendment.id}"
        page = self._send(f"{url}/decline", {"reason": "Scaffold is missing"}, user=self.portal_contractor)
        self.assertIn("Your answer was sent; nothing is signed.", page.text)
        self.env.invalidate_all()
        self.assertEqual((amendment.state, amendment.return_note), ("draft", "Scaffold is missing"))
        self.assertEqual(self._page(url).status_code, 404)
