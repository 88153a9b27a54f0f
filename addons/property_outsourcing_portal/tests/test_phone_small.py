from base64 import b64encode

from odoo.tests import tagged

from .phone_browser import ROWS, PhoneCase

PHASE = '.o_outsourcing_upload[data-phase="during"] .o_outsourcing_upload_input[multiple]'
SMALL = "document.querySelectorAll('[data-phase=\"during\"] .o_outsourcing_photo_small').length"
# what the phone holds, by the browser's own SHA-256
FINGERPRINTS = (
    ROWS
    + """
    const hashes = [];
    for (const row of outbox.filter(({ kind }) => kind === "photo")) {
        const bytes = await row.entries.find(([name]) => name === "files")[1].arrayBuffer();
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        hashes.push([...hash].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
    }
    return hashes;
"""
)
# the photo is cancelled when its small picture is on record and the phone does not know yet
CANCEL_BETWEEN = """
    const { outbox } = odoo.loader.modules.get("@property_outsourcing_portal/outbox/outbox");
    const keepSmall = outbox.keepSmall;
    outbox.keepSmall = async (item, small) => {
        if (small.state === "sent") {
            await outbox.remove(item.id);
            window.cancelled = true;
        }
        return keepSmall.call(outbox, item, small);
    };
"""
BYTES = 1_500_000
SLOW = {"latency": 300, "bytes_per_second": 40_000}


@tagged("post_install", "-at_install")
class TestPhoneSmall(PhoneCase):
    """A small picture first, the original behind it: one file of each photo in the end."""

    def _send_small(self, phone, *colours):
        """Take photos on a bad line; return when a small picture of each is there."""
        phone.slow_down(**SLOW)
        phone.run(f"await take('{PHASE}', {list(colours)}, {BYTES})")
        phone.wait(f"{SMALL} === {len(colours)}")

    def _get_photos(self, log):
        log.invalidate_recordset()
        return log.evidence_ids.filtered(lambda row: row.phase == "during").sorted("id")

    def test_small_pictures_of_all_photos_go_before_the_first_original(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._send_small(phone, "red", "lime")
            # not in the database: the server reads the first original by now, on the connection of the test
            hashes = phone.run(FINGERPRINTS)
            self.assertEqual(phone.count_waiting(), 2)
            phone.slow_down()
            phone.wait_for_waiting(0)
            phone.wait(f"{SMALL} === 0")
        photos = self._get_photos(log)
        self.assertEqual(photos.mapped("sha256"), hashes)
        self.assertFalse(any(photos.mapped("original_sha256")))
        self.assertTrue(all("small picture" in photo.caption for photo in photos))

    def test_log_handed_in_on_a_bad_line_waits_for_its_originals(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._send_small(phone, "red")
            phone.run("type('#content', 'Greased'); document.querySelector('#weather').value = 'sunny'")
            phone.click(".o_outsourcing_submit")
            phone.confirm()
            phone.wait("document.querySelector('.o_outsourcing_message')?.textContent.includes('1 photo')")
            log.invalidate_recordset()
            self.assertEqual(log.state, "draft")
            phone.slow_down()
            phone.wait("document.querySelector('.o_outsourcing_text')?.innerText.includes('Greased')")
        [photo] = self._get_photos(log)
        self.assertEqual((log.state, photo.original_sha256, photo.sealed), ("submitted", False, True))
        self.assertGreater(photo.size, BYTES)
        self.assertEqual(photo.sudo().chain_id._verify(), [])

    def test_tab_closed_between_small_picture_and_original_loses_and_doubles_nothing(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._send_small(phone, "red")
            phone.cut()
            phone.browser.navigate_to("about:blank", wait_stop=False)
            phone.cut(False)
            phone.open("/my/outsourcing")
            phone.wait_for_waiting(0)
        [photo] = self._get_photos(log)
        self.assertGreater(photo.size, BYTES)
        self.assertFalse(photo.original_sha256)

    def test_photo_taken_while_an_original_is_on_its_way_goes_ahead_of_it(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._send_small(phone, "red")
            phone.run(f"await take('{PHASE}', ['lime'], {BYTES})")
            phone.wait(f"{SMALL} === 2")  # an original that is there has no small picture any more
            phone.slow_down()
            phone.wait_for_waiting(0)
        photos = self._get_photos(log)
        self.assertEqual(len(photos), 2)
        self.assertFalse(any(photos.mapped("original_sha256")))

    def test_photo_taken_back_is_sent_neither_small_nor_whole(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._send_small(phone, "red")
            phone.click(".o_outsourcing_pending .o_outsourcing_drop")
            phone.wait(f"{SMALL} === 0")
            phone.slow_down()
            phone.flush()
            self.assertEqual(phone.count_waiting(), 0)
        self.assertFalse(self._get_photos(log))

    def test_photo_cancelled_while_its_small_picture_is_on_its_way_leaves_nothing(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            phone.run(CANCEL_BETWEEN)
            phone.slow_down(**SLOW)
            phone.run(f"await take('{PHASE}', ['red'], {BYTES})")
            phone.wait("window.cancelled")
            phone.slow_down()
            phone.flush()
            self.assertEqual(phone.count_waiting(), 0)
            self.assertEqual(phone.run(f"return {SMALL}"), 0)
        self.assertFalse(self._get_photos(log))

    def _remove_small_without_signal(self, phone):
        self._send_small(phone, "red")
        phone.cut()
        phone.click('[data-phase="during"] .o_outsourcing_photo_remove')
        phone.confirm()
        phone.wait("document.querySelector('[data-phase=\"during\"]').innerText.includes('as soon as')")
        phone.wait_for_waiting(1)  # the removal; the original waits for what becomes of it

    def _refuse(self, phone, path):
        """Refuse requests to ``path`` as the server does; its database is not asked beside an upload."""
        go_on = phone.browser._handlers["Fetch.requestPaused"]

        def handle(**params):
            if path not in params["request"]["url"]:
                return go_on(**params)
            body = b64encode(b'{"error": "It is sealed."}').decode()
            told = {"requestId": params["requestId"], "responseCode": 422, "body": body}
            return phone.browser._websocket_send("Fetch.fulfillRequest", params=told)

        phone.browser._handlers["Fetch.requestPaused"] = handle

    def test_photo_whose_removal_is_refused_later_is_not_lost(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._remove_small_without_signal(phone)
            phone.leave()
            self._refuse(phone, "/remove")
            phone.cut(False)
            phone.open("/my/outsourcing")
            phone.wait("document.querySelector('.o_outsourcing_waiting.alert-danger')")
            phone.wait_for_waiting(1)
        self.assertGreater(max(self._get_photos(log).mapped("size")), BYTES)

    def test_photo_that_is_removed_later_is_gone_with_its_original(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._remove_small_without_signal(phone)
            phone.leave()
            phone.cut(False)
            phone.open("/my/outsourcing")
            phone.wait_for_waiting(0)
            phone.open(f"/my/outsourcing/logs/{log.id}")
            phone.wait(f"{SMALL} === 0")
            self.assertEqual(phone.count_waiting(), 0)
        self.assertFalse(self._get_photos(log))

    def test_photo_that_is_removed_later_is_gone_from_the_page_that_waited(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            self._remove_small_without_signal(phone)
            phone.cut(False)
            phone.wait(f"{SMALL} === 0")
            said = "document.querySelector('[data-phase=\"during\"] .o_outsourcing_upload_error').innerText"
            phone.wait(f"!{said}")
            phone.wait_for_waiting(0)
        self.assertFalse(self._get_photos(log))

    def test_photo_that_is_small_itself_goes_alone_on_the_worst_line(self):
        log = self._create_log()
        with self._open_log(log) as phone:
            phone.slow_down(latency=300, bytes_per_second=10_000)
            phone.run(f"await take('{PHASE}', ['red'], 250_000)")
            phone.run("await new Promise((resolve) => setTimeout(resolve, 4000))")
            phone.slow_down()
            phone.wait_for_waiting(0)
        [photo] = self._get_photos(log)
        self.assertGreater(photo.size, 250_000)
        self.assertFalse(photo.caption)
