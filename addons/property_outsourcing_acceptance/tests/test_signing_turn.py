from odoo import fields
from odoo.fields import Domain
from odoo.tests import tagged

from .common import SIGNATURE, AcceptanceCommon


@tagged("post_install", "-at_install")
class TestSigningTurn(AcceptanceCommon):
    """Whose turn it is, said by a search as by the document itself."""

    def _get_signers(self, documents):
        """Return the names of those whose turn it is; search, filter and field have to agree."""
        signers = set()
        for name in (
            "portal_contractor",
            "user_supervisor",
            "user_manager",
            "portal_third_party",
            "portal_representative",
            "portal_competitor",
        ):
            own = documents.with_user(getattr(self, name))
            turn = Domain("can_sign", "=", True) & Domain("id", "in", documents.ids)
            found = own.search(turn)
            readable = own._filtered_access("read")
            self.assertEqual(found, readable.filtered("can_sign"), name)
            self.assertEqual(found, readable.filtered_domain(turn), name)
            self.assertEqual(own.search(~turn & Domain("id", "in", documents.ids)), readable - found, name)
            if found:
                signers.add(name)
        return signers

    def test_an_acceptance_is_found_by_those_whose_turn_it_is(self):
        acceptance = self._start()
        self.assertEqual(self._get_signers(acceptance), {"portal_contractor"})
        self._sign(acceptance, self.portal_contractor)
        check = {"user_supervisor", "user_manager", "portal_representative"}
        self.assertEqual(self._get_signers(acceptance), check)
        self._pass_lines(acceptance)
        self._sign(acceptance, self.user_supervisor)
        self.assertEqual(self._get_signers(acceptance), {"portal_third_party", "portal_representative"})
        self._sign(acceptance, self.portal_representative)
        self._sign(acceptance, self.portal_third_party)
        self.assertEqual(self._get_signers(acceptance), set())

    def test_open_places_of_an_earlier_round_are_nobodys_turn(self):
        acceptance = self._start()
        self._sign(acceptance, self.portal_contractor)
        self._sign(acceptance, self.user_supervisor, "fail", comment="Three tiles sound hollow")
        self.assertEqual(self._get_signers(acceptance), set())
        acceptance.with_user(self.portal_contractor)._portal_resubmit("Relaid")
        self.assertEqual(self._get_signers(acceptance), {"portal_contractor"})

    def test_a_concealed_work_waits_for_one_place_at_a_time(self):
        work = self._create_concealed()
        self.assertEqual(self._get_signers(work), set())
        self._notify(work)
        self.assertEqual(self._get_signers(work), {"user_supervisor", "user_manager"})
        self._add_photos(work, "before", "during")
        self._sign(work, self.user_supervisor)
        self.assertEqual(self._get_signers(work), set())

    def _notify(self, work):
        moment = fields.Datetime.add(fields.Datetime.now(), hours=49)
        work.with_user(self.portal_contractor)._portal_notify(moment, SIGNATURE, "Contractor")
