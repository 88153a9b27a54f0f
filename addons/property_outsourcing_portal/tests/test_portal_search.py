from datetime import datetime
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import tagged

from ..models.shell.plain_domain import describe, implies, is_plain
from .documents_common import PortalDocumentsCommon


@tagged("post_install", "-at_install")
class TestPortalSearch(PortalDocumentsCommon):
    """What the first page counts is what the same person finds: the short way says what the rules say."""

    def _get_places(self, user):
        places = [place for found in user._get_outsourcing_role_domains().values() for place in found]
        for card in user._get_outsourcing_cards({"contractor", "representative", "third_party", "bidder"}):
            places += card.get("exists", ())
            if "model" in card:
                places.append((card["model"], card["domain"]))
        return places + [(model, []) for model in user._get_outsourcing_sections().values()]

    def _find(self, user, model, domain):
        query = user._search_outsourcing(model, domain)
        return set(query.get_result_ids()) if query is not None else set()

    def test_finds_what_core_finds_the_first_time_and_the_second(self):
        found = 0
        for person in ("portal_contractor", "portal_representative", "portal_third_party"):
            user = getattr(self, person)
            user = user.with_user(user)
            for model, domain in self._get_places(user) * 2:
                documents = user.with_user(user).env[model]
                if documents.has_access("read"):
                    expected = set(documents.search(domain).ids)
                    self.assertEqual(self._find(user, model, domain), expected, (person, model, domain))
                    found += len(expected)
        self.assertGreater(found, 50)

    def test_contract_withheld_later_is_not_found_any_more(self):
        user = self.portal_contractor.with_user(self.portal_contractor)
        domain = [("contractor_id", "=", self.contractor.id)]
        self.assertIn(self.contract.id, self._find(user, "outsourcing.contract", domain))
        rule = self.env.ref("property_outsourcing.outsourcing_contract_rule_portal")
        rule.domain_force = [("id", "!=", self.contract.id)]
        self.assertNotIn(self.contract.id, self._find(user, "outsourcing.contract", domain))

    def test_document_that_comes_later_is_found(self):
        user = self.portal_contractor.with_user(self.portal_contractor)
        domain = [("contractor_id", "=", self.contractor.id)]
        before = self._find(user, "outsourcing.defect", domain)
        defect = self._create_defect()
        self.assertEqual(self._find(user, "outsourcing.defect", domain), before | {defect.id})

    def test_open_orders_and_contracts_to_sign_are_worked_out_once(self):
        user = self.portal_contractor.with_user(self.portal_contractor)
        cards = {card["label"]: card for card in user._get_outsourcing_cards({"contractor"})}
        places = [
            (cards[label]["model"], cards[label]["domain"]) for label in ("Work orders", "Contracts to sign")
        ]
        for model, domain in places:
            self._find(user, model, domain)
        with patch.object(type(user), "_prepare_outsourcing_query") as prepare:
            for model, domain in places:
                self._find(user, model, domain)
        prepare.assert_not_called()

    def test_moments_and_words_are_never_kept(self):
        tasks = self.env["project.task"]
        self.assertIsNone(describe(Domain("date_assign", "<", datetime(2026, 1, 1, 8, 0, 1))))
        self.assertTrue(describe(Domain("date_assign", "<", datetime(2026, 1, 1, 16))))
        self.assertFalse(is_plain(tasks, Domain("date_assign", "<", "today")))
        self.assertFalse(is_plain(tasks, Domain("project_id", "=", "Facade")))
        self.assertFalse(is_plain(tasks, Domain("is_closed", "=", False)))
        self.assertFalse(is_plain(tasks, Domain("project_id.name", "=", "Facade")))
        self.assertTrue(is_plain(tasks, Domain("active", "=", True)))
        self.assertNotEqual(describe(Domain("sequence", "=", 0)), describe(Domain("sequence", "=", False)))

    def test_only_what_a_domain_says_itself_is_left_out_of_the_rules(self):
        defects = self.env["outsourcing.defect"]

        def says(known, rule):
            return implies(*(Domain([leaf]).optimize(defects) for leaf in (known, rule)))

        self.assertTrue(says(("state", "=", "open"), ("state", "in", ("open", "assigned"))))
        self.assertTrue(says(("state", "=", "open"), ("state", "not in", ("closed",))))
        self.assertFalse(says(("state", "in", ("open", "assigned")), ("state", "=", "open")))
        self.assertFalse(says(("state", "=", "open"), ("state", "!=", "open")))
        self.assertFalse(says(("contractor_id", "=", False), ("contractor_id", "!=", self.contractor.id)))
        self.assertFalse(says(("state", "=", "open"), ("name", "=", "open")))
