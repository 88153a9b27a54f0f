import json
from datetime import timedelta

from odoo.tests import tagged

from .phone_browser import READY, PhoneCase

SECONDS = {"tap": 2, "value": 6, "sentence": 15, "stroke": 4}  # of somebody of 55 with one thumb
STROKE = [[0.1, 0.3], [0.5, 0.7], [0.9, 0.3]]


class Thumb:
    """Does a job as a thumb does, on what is shown, and counts."""

    def __init__(self, phone):
        self.phone, self.done = phone, dict.fromkeys(SECONDS, 0)

    def tap(self, selector, then=None):
        """Touch what is on the page and can be seen; wait until ``then``, not yet true, is."""
        target = f"document.querySelector({json.dumps(selector)})"
        self.phone.wait(f"{target}?.checkVisibility() && !{target}.disabled && !({then or 'false'})")
        self.phone.click(selector)
        self.done["tap"] += 1
        if then:
            self.phone.wait(then)

    def go(self, selector, path):
        """Touch what leads to another page, whose address matches ``path``, and wait for it."""
        self.tap(selector, f"location.pathname.match({json.dumps(path)})")
        self.phone.wait(READY)

    def type(self, selector, text, kind="sentence"):
        """Write into a field, counted as ``kind``."""
        self.phone.run(f"type({json.dumps(selector)}, {json.dumps(text)})")
        self.done[kind] += 1

    def photograph(self, place):
        """Camera, shutter, use it."""
        self.phone.run(f"await take('{place} .o_outsourcing_upload_input[capture]', ['red'])")
        self.phone.wait(f"document.querySelector('{place} .o_outsourcing_photo img')")
        self.done["tap"] += 3

    def sign(self):
        """Draw a signature."""
        self.phone.run(f"draw({STROKE})")
        self.done["stroke"] += 1

    def get_seconds(self):
        """Return how long a person takes for what was done."""
        return sum(SECONDS[kind] * count for kind, count in self.done.items())


@tagged("post_install", "-at_install")
class TestPhoneTaps(PhoneCase):
    """From *Today* to done, counted: what a foreman does each day takes a minute at most."""

    def _open(self):
        return self._open_phone("/my/outsourcing", self.portal_contractor)

    def test_log_like_that_of_yesterday_takes_nine_taps(self):
        logs = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        vals = {
            "content": "Greased the rails",
            "headcount": 3,
            "weather": "sunny",
            "performer_ids": self.performer.ids,
            "date": self.today - timedelta(days=1),
        }
        former = logs._portal_create(self.contract.with_user(self.portal_contractor), vals)
        with self._open() as phone:
            thumb = Thumb(phone)
            thumb.go("a[href$='/my/outsourcing/logs']", "logs$")
            thumb.go("a[href$='/logs/new']", "logs/new$")
            thumb.go(".o_outsourcing_log_new button[type=submit]", "logs/[0-9]+$")
            thumb.tap(".o_outsourcing_copy")
            thumb.photograph('.o_outsourcing_upload[data-phase="during"]')
            thumb.tap(".o_outsourcing_submit")
            thumb.tap(".modal .btn-primary", "document.querySelector('.o_outsourcing_text')")
        log = logs.search([("id", "!=", former.id), ("user_id", "=", self.portal_contractor.id)])
        self.assertEqual((log.state, log.content, log.evidence_count), ("submitted", "Greased the rails", 1))
        self.assertEqual((thumb.done["tap"], thumb.get_seconds()), (9, 18))

    def test_order_from_today_to_done_takes_eight_taps_and_a_sentence(self):
        order = self._create_order()
        with self._open() as phone:
            thumb = Thumb(phone)
            thumb.go(f"a[href$='/orders/{order.id}']", "orders/[0-9]+$")
            flash = "document.querySelector('.o_outsourcing_flash.alert-success')"
            thumb.tap("button[name=step][value=responded]", "document.querySelector('[value=arrived]')")
            thumb.tap("button[name=step][value=arrived]", "document.querySelector('#outsourcing_remedy')")
            thumb.photograph('.o_outsourcing_upload[data-phase="after"]')
            thumb.type("#outsourcing_remedy", "Roller replaced")
            thumb.tap("button[name=step][value=completed]")
            thumb.tap(".modal .btn-primary", f"{flash} && !document.querySelector('button[name=step]')")
        self.assertTrue(order.outsourcing_date_completed)
        self.assertEqual((thumb.done["tap"], thumb.get_seconds()), (8, 31))

    def test_acceptance_is_signed_in_taps_per_item_and_four(self):
        acceptance = self._create_acceptance()
        lines = acceptance.line_ids
        lines._gated().write({"self_result": False})
        with self._open() as phone:
            thumb = Thumb(phone)
            thumb.go("[data-card=acceptances]", "acceptances$")
            thumb.go(f"a[href$='/acceptances/{acceptance.id}']", "acceptances/[0-9]+$")
            for line in lines:
                thumb.tap(f"label[for=result_{line.id}_pass]")
            thumb.tap("label[for=sign_pass]")
            thumb.sign()
            thumb.tap(".o_outsourcing_sign", "document.querySelector('.o_outsourcing_signature_image')")
        stage = acceptance.current_stage_ids.filtered(lambda stage: stage.level == "self_check")
        self.assertEqual((stage.result, set(lines.mapped("self_result"))), ("pass", {"pass"}))
        self.assertEqual(thumb.done["tap"], 4 + len(lines))
        self.assertLess(thumb.get_seconds(), 60)
