from odoo.tests import tagged

from .people_common import PIN, PeopleCommon
from .phone_browser import READY, PhoneMixin

PATH = "/my/outsourcing/performer"
WHO = "document.querySelector('.o_outsourcing_change')?.textContent.trim()"
NOTE = "document.querySelector('#note').value"
STYLE_ALONE = ["*assets_frontend_minimal*", "*assets_frontend_lazy*", "*assets_tests*"]


@tagged("post_install", "-at_install")
class TestPhonePeople(PhoneMixin, PeopleCommon):
    """Two men on one phone: what one has written the other neither sees nor sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # read before a phone asks: both share a cursor
        cls.known = {man: (man.id, man.name) for man in cls.men}

    def _choose_on(self, phone, person):
        number, name = self.known[person]
        phone.open(PATH)
        phone.run(f"type('#pin', '{PIN}')")
        phone.click(f"button[name=person_id][value='{number}']")
        phone.wait(f"location.pathname === '/my/outsourcing' && {WHO} === '{name}' && {READY}")

    def test_draft_is_there_for_who_wrote_it_alone(self):
        self._give_pins()
        path = f"/my/outsourcing/defects/{self._create_defect().id}"
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            self._choose_on(phone, self.wang)
            phone.open(path)
            phone.run("type('#note', 'Lamp of Wang')")
            phone.wait_for_draft("Lamp of Wang")
            self._choose_on(phone, self.li)
            phone.open(path)
            self.assertEqual(phone.run(f"return {NOTE}"), "")
            self._choose_on(phone, self.wang)
            phone.open(path)
            phone.wait(f"{NOTE} === 'Lamp of Wang'")

    def test_page_of_the_former_person_sends_nothing_as_the_next(self):
        self._give_pins()
        order = self._create_order()
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            self._choose_on(phone, self.wang)
            phone.open(f"/my/outsourcing/orders/{order.id}")
            phone.run(  # as in another tab
                f"""
                    const csrf_token = document.querySelector("[name=csrf_token]").value;
                    const li = {{ pin: "{PIN}", person_id: {self.known[self.li][0]} }};
                    const body = new URLSearchParams({{ csrf_token, ...li }});
                    await fetch("{PATH}/choose", {{ method: "POST", body }});
                """
            )
            phone.click(".o_outsourcing_next button[type=submit]")
            said = "document.querySelector('.o_outsourcing_message')?.textContent"
            phone.wait(f"{said}?.includes('Somebody else works on this phone')")
            self.assertFalse(order.outsourcing_date_responded)
            phone.open("/my/outsourcing")  # Li's
            self.assertEqual(phone.count_waiting(), 0)
            self._choose_on(phone, self.wang)
            phone.wait_for_waiting(0)
        self.assertTrue(order.outsourcing_date_responded)
        self.assertEqual(order.outsourcing_performer_id, self.wang)

    def test_page_whose_scripts_never_came_says_what_to_do_and_works(self):
        order = self._create_order()
        slow = "document.querySelector('.o_outsourcing_slow')"
        with self._open_phone("/my/outsourcing", self.portal_contractor) as phone:
            self.assertIsNone(phone.run(f"return {slow}?.textContent"))
            phone._ask("Network.enable")
            phone._ask("Network.setBlockedURLs", urls=STYLE_ALONE)
            phone.has_scripts = False
            phone.browser.navigate_to(f"{self.base_url()}/my/outsourcing/orders/{order.id}")
            phone.wait(f"{slow} && getComputedStyle({slow}).visibility === 'visible'", seconds=60)
            phone.click(".o_outsourcing_next button[type=submit]")
            phone.wait("document.querySelector('.o_outsourcing_flash')", seconds=60)
        self.assertTrue(order.outsourcing_date_responded)
