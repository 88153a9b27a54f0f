from .common import PortalCommon

PIN = "7391"


class PeopleCommon(PortalCommon):
    """The contractor's office looks after its people; two men work on its phone with a PIN."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.men = cls._create_contact("Wang", cls.contractor) | cls._create_contact("Li", cls.contractor)
        cls.wang, cls.li = cls.men
        cls.people = cls.env["outsourcing.firm.person"]
        cls.people._take(cls.portal_contractor.partner_id).is_admin = True

    @classmethod
    def _give_pins(cls):
        for man in cls.men:
            cls.people._take(man)._set_pin(PIN)

    def _choose(self, person, pin=PIN):
        """Tap the name of ``person`` after the PIN; return the page."""
        data = {"person_id": person.id, "pin": pin}
        return self._send("/my/outsourcing/performer/choose", data)
