from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SIGNATURE
from .people_common import PIN, PeopleCommon


@tagged("post_install", "-at_install")
class TestPortalPerformer(PeopleCommon):
    """On a shared phone a named person works, known by a PIN; no form makes anybody else of them."""

    def _tries(self):
        return self.env["outsourcing.pin.attempt"].sudo().search_count([])

    def test_firm_without_pins_has_no_extra_tap(self):
        page = self._page("/my/outsourcing", self.portal_contractor).text
        self.assertNotIn("/my/outsourcing/performer", page)
        order = self._create_order()
        self._send(
            f"/my/outsourcing/orders/{order.id}/report", {"step": "responded", "performer_id": self.wang.id}
        )
        self.assertEqual(order.outsourcing_performer_id, self.wang)

    def test_pin_and_name_say_who_works(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self.assertIn("Wang works on this phone now", self._choose(self.wang).text)
        order = self._create_order()
        data = {"step": "responded", "performer_id": self.li.id}
        page = self._send(f"/my/outsourcing/orders/{order.id}/report", data).text
        self.assertEqual(order.outsourcing_performer_id, self.wang)
        self.assertIn("Recorded by Wang with the login 13800000001", page)
        self.assertIn("Recorded by Wang", "".join(order.message_ids.mapped("body")))

    def test_form_names_nobody_where_people_have_pins(self):
        self._give_pins()
        order = self._create_order()
        data = {"step": "responded", "performer_id": self.wang.id}
        self._send(f"/my/outsourcing/orders/{order.id}/report", data, self.portal_contractor)
        self.assertEqual(order.outsourcing_performer_id, self.portal_contractor.partner_id)

    def test_wrong_pin_lets_nobody_in(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self.assertIn("The PIN of Wang is not right", self._choose(self.wang, "0000").text)
        self.assertEqual(self._tries(), 1)
        self.assertNotIn("Login: ", self._page("/my/outsourcing").text)

    def test_tries_are_limited_even_for_the_right_pin(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        for _try in range(5):
            self._choose(self.wang, "0000")
        self.assertIn("too many wrong tries", self._choose(self.wang).text)
        self.assertIn("Li works on this phone now", self._choose(self.li).text)

    def test_right_pin_forgets_the_wrong_ones(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        for _round in range(3):
            self._choose(self.wang, "0000")
            self._choose(self.wang, "0001")
            self.assertIn("Wang works", self._choose(self.wang).text)

    def test_way_back_to_the_login_asks_for_its_password(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        own = self.portal_contractor.partner_id
        self.assertIn("is not right", self._choose(own, PIN).text)
        self.assertIn("works on this phone now", self._choose(own, self.portal_contractor.login).text)

    @mute_logger("odoo.http")
    def test_colleague_takes_no_login_over_by_its_email(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        form = {"phone": "13800000001", "email": "wang@example.com"}
        page = self._send("/my/outsourcing/account/save", form).text
        self.assertIn("changed by its owner alone", page)
        params = {
            "model": "res.users",
            "method": "write",
            "args": [self.portal_contractor.ids, {"email": "wang@example.com"}],
            "kwargs": {},
        }
        refusal = self._send_json("/web/dataset/call_kw", params)[1]
        self.assertIn("changed by its owner alone", refusal)
        self.env.invalidate_all()
        self.assertFalse(self.portal_contractor.email)

    def test_nobody_of_another_firm_is_chosen(self):
        self._give_pins()
        self._log_in(self.portal_competitor)
        self.assertIn("Choose a person of your own firm", self._choose(self.wang).text)

    def test_form_of_the_former_person_is_never_sent_as_the_next(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        order = self._create_order()
        data = {"client_key": "a" * 32, "client_user": self.portal_contractor.id, "step": "responded"}
        data["client_performer"] = self.li.id
        response = self._send(
            f"/my/outsourcing/orders/{order.id}/report", data, headers={"X-Requested-With": "XMLHttpRequest"}
        )
        self.assertEqual(response.status_code, 409)
        self.assertIn("somebody else has written this", response.json()["error"])
        self.assertFalse(order.outsourcing_date_responded)

    def test_phone_is_told_who_works(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self.assertEqual(self._send_json("/my/outsourcing/ping", {})[0]["performer"], "")
        self._choose(self.wang)
        self.assertEqual(self._send_json("/my/outsourcing/ping", {})[0]["performer"], str(self.wang.id))
        user = self.portal_contractor
        owner = f'data-owner="{user.id}-{user.partner_id.id}-{self.wang.id}"'
        self.assertIn(owner, self._page("/my/outsourcing").text)

    def test_new_pin_ends_the_session_of_who_had_the_former(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        self.people._take(self.wang)._set_pin("2580")
        self.assertIn("Nothing is recorded until", self._page("/my/outsourcing").text)
        order = self._create_order()
        response = self._send(f"/my/outsourcing/orders/{order.id}/report", {"step": "responded"})
        self.assertEqual(response.status_code, 409)
        self.assertFalse(order.outsourcing_date_responded)

    @mute_logger("odoo.http")
    def test_answer_of_a_checklist_needs_somebody_as_well(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        inspection = self._create_inspection(date_planned=self.today)
        self._send(f"/my/outsourcing/inspections/{inspection.id}/start")
        self.assertEqual(inspection.performer_id, self.wang)
        self._choose(self.li)
        page = self._page(f"/my/outsourcing/inspections/{inspection.id}").text
        self.assertIn("is filling in this inspection", page)
        line = inspection.line_ids[0]
        self._send(f"/my/outsourcing/inspections/{inspection.id}/save", {f"result_{line.id}": "pass"})
        self.assertFalse(line.result)

    def test_draft_of_a_log_belongs_to_the_person(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        place = f"{self.contract.id}-{self.contract.community_id.id}"
        url = self._send("/my/outsourcing/logs/create", {"place": place}).url
        self.assertEqual(self._page(url).status_code, 200)
        self._choose(self.li)
        self.assertEqual(self._page(url).status_code, 404)
        self._choose(self.wang)
        self.assertEqual(self._page(url).status_code, 200)

    def test_signature_carries_the_person_and_the_login(self):
        self._give_pins()
        acceptance = self._create_acceptance()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        self._send(
            f"/my/outsourcing/acceptances/{acceptance.id}/sign",
            {"result": "pass", "signature": SIGNATURE, "signer_name": "Somebody else"},
        )
        stage = acceptance.stage_ids.filtered(lambda stage: stage.level == "self_check")
        self.assertEqual((stage.signer_name, stage.signer_id), ("Wang", self.wang))
        self.assertEqual(stage.signed_by_id, self.portal_contractor)

    def test_who_logs_in_next_is_nobodys_colleague(self):
        self._give_pins()
        self._log_in(self.portal_contractor)
        self._choose(self.wang)
        self._page("/web/session/logout")
        self.assertNotIn("Wang", self._page("/my/outsourcing", self.portal_competitor).text)
