import re

from odoo.tests import tagged

from .common import PortalCommon
from .phone_browser import PhoneCase

PICTURE = re.compile(r'src="data:image/png;base64,([^"]+)"')


class ScanCommon(PortalCommon):
    def _print(self, record, name="outsourcing_label_sheet"):
        report = self.env["ir.actions.report"].with_user(self.user_supervisor)
        html = report._render_qweb_html(f"property_outsourcing_portal.{name}", record.ids)[0]
        return html.decode()


@tagged("post_install", "-at_install")
class TestPortalScan(ScanCommon):
    """A label leads to what is to be done there, for whoever may see that, and nobody else anywhere."""

    def _scan(self, code, user=None):
        return self._page(f"/my/outsourcing/scan?code={code}", user or self.portal_contractor)

    def test_label_leads_to_orders_checklist_and_history(self):
        order = self._create_order()
        order.outsourcing_equipment_id = self.elevator
        inspection = self._create_inspection()
        past = self._start_inspection()
        past.line_ids._gated().write({"result": "na", "note": "Out of use"})
        past.with_user(self.portal_contractor)._portal_submit()
        text = self._scan(f"E-{self.elevator.id}").text
        for url in (f"orders/{order.id}", f"inspections/{inspection.id}", f"inspections/{past.id}"):
            self.assertIn(f'href="/my/outsourcing/{url}"', text)

    def test_code_is_typed_as_it_is_printed(self):
        self.elevator.outsourcing_barcode = "EQ-7"
        for code in ("eq-7", " EQ-7 ", f"e-{self.elevator.id}", self.elevator._get_label_link()):
            self.assertIn(self.elevator.name, self._scan(code).text, code)

    def test_place_shows_what_is_done_to_its_parts(self):
        flat = self.env["outsourcing.location"].create({"name": "Flat 1", "parent_id": self.building.id})
        defect = self._create_defect(equipment_id=False, location_id=flat.id)
        text = self._scan(f"L-{self.building.id}").text
        self.assertIn(f'href="/my/outsourcing/defects/{defect.id}"', text)

    def test_stranger_competitor_and_guesser_learn_nothing(self):
        self.elevator.outsourcing_barcode = "EQ-7"
        for code in ("EQ-7", f"E-{self.elevator.id}", f"L-{self.building.id}", "E-999999999", "%", "E-0"):
            text = self._scan(code, self.portal_competitor).text
            self.assertIn("nothing of yours has this label", text, code)
            self.assertNotIn(self.elevator.name, text)

    def test_same_barcode_in_another_community_does_not_disturb(self):
        self.elevator.outsourcing_barcode = "EQ-7"
        other = self.env["res.company"].create({"name": "Other company"})
        vals = {"name": "Elsewhere", "code": "ELSE", "company_id": other.id}
        twin = {"name": "Twin", "company_id": other.id, "outsourcing_barcode": "EQ-7"}
        community = self.env["outsourcing.community"].create(vals)
        self.env["maintenance.equipment"].create({**twin, "outsourcing_community_id": community.id})
        self.assertIn(self.elevator.name, self._scan("EQ-7").text)

    def test_link_of_a_label_leads_staff_to_the_record(self):
        response = self._page(f"/outsourcing/label/E-{self.elevator.id}", self.user_supervisor)
        self.assertIn(f"/{self.elevator.id}", response.url)
        self.assertIn("/odoo/", response.url)
        response = self._page(f"/outsourcing/label/E-{self.elevator.id}", self.portal_contractor)
        self.assertIn("/my/outsourcing/scan?code=E-", response.url)

    def test_sheet_holds_a_label_for_each_and_none_for_flats(self):
        flat = self.env["outsourcing.location"].create(
            {"name": "Flat 1", "kind": "room", "parent_id": self.building.id}
        )
        html = self._print(self.community, "outsourcing_label_sheet_community")
        self.assertIn(self.elevator.name, html)
        self.assertIn(self.building.barcode, html)
        self.assertNotIn(flat.name, html)
        several = self._print(self.elevator | self.elevator.copy({"name": "Second lift"}))
        self.assertEqual(len(PICTURE.findall(several)), 2)


@tagged("post_install", "-at_install")
class TestPhoneScan(PhoneCase, ScanCommon):
    """The printed code is read from a photo and by the camera of the phone."""

    def setUp(self):
        super().setUp()
        self.picture = PICTURE.search(self._print(self.elevator))[1]
        self.arrived = f"location.search.includes('E-{self.elevator.id}')"

    def test_label_is_read_from_a_photo(self):
        with self._open_phone("/my/outsourcing/scan", self.portal_contractor) as phone:
            phone.run(
                f"const blob = await (await fetch('data:image/png;base64,{self.picture}')).blob();"
                "const transfer = new DataTransfer();"
                "transfer.items.add(new File([blob], 'label.png', { type: 'image/png' }));"
                "const input = document.querySelector('.o_outsourcing_scan_photo');"
                "input.files = transfer.files;"
                "input.dispatchEvent(new Event('change', { bubbles: true }));"
            )
            phone.wait(self.arrived)

    def test_label_is_read_by_the_camera(self):
        with self._open_phone("/my/outsourcing/scan", self.portal_contractor) as phone:
            phone.run(
                "const image = new Image();"
                f"image.src = 'data:image/png;base64,{self.picture}';"
                "await image.decode();"
                "const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });"
                "const context = canvas.getContext('2d');"
                "setInterval(() => { context.fillStyle = 'white'; context.fillRect(0, 0, 640, 480);"
                "context.drawImage(image, 200, 120, 240, 240); }, 50);"
                "navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);"
            )
            phone.wait("document.querySelector('.o_outsourcing_scan_open')")
            phone.click(".o_outsourcing_scan_open")
            phone.wait(self.arrived, seconds=60)  # the reader is large
