import re
from unittest.mock import patch

from lxml import etree

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import OutsourcingCommon


@tagged("post_install", "-at_install")
class TestContractPages(OutsourcingCommon, HttpCase):
    """The lists of a contract are read when somebody opens their page."""

    browser_size = "1600x1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_works_draft()
        cls.contract.rule_ids[0].name = "First clause"
        limits = {"completion": 9.0, "response": 3.0}
        cls.contract.sla_ids = [
            Command.clear(),
            *(
                Command.create({"priority": "p0", "metric": key, "hours": hours})
                for key, hours in limits.items()
            ),
        ]
        cls.url = f"/odoo/outsourcing-contracts/{cls.contract.id}"

    def _tour(self, name):
        self.start_tour(self.url, name, login=self.user_manager.login, timeout=180)
        self.env.invalidate_all()

    def test_rows_of_a_page_that_stays_closed_are_not_read(self):
        read = []
        for name in ("rule", "duty", "milestone"):
            model = self.registry[f"outsourcing.contract.{name}"]
            original = model.web_read

            def web_read(records, specification, name=name, original=original):
                if records and specification:
                    read.append(name)
                return original(records, specification)

            self.startPatcher(patch.object(model, "web_read", web_read))
        self._tour("outsourcing_contract_one_page")
        self.assertEqual(read, ["rule"])

    def test_an_opened_page_has_its_rows_as_soon_as_the_pager_shows_the_next_contract(self):
        other = self._create_works_draft()
        other.rule_ids[0].name = "First clause of the next"
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "Two contracts",
                "res_model": "outsourcing.contract",
                "view_mode": "list,form",
                "domain": [("id", "in", (self.contract | other).ids)],
            }
        )
        read = []
        model = self.registry["outsourcing.contract"]
        original = model.web_read

        def web_read(records, specification):
            if len(records) == 1:
                read.append((records.id, bool(specification.get("rule_ids", {}).get("fields"))))
            return original(records, specification)

        self.startPatcher(patch.object(model, "web_read", web_read))
        self.start_tour(
            f"/odoo/action-{action.id}",
            "outsourcing_contract_pager",
            login=self.user_manager.login,
            timeout=180,
        )
        first, *_others = [has_rows for contract, has_rows in read if contract == read[-1][0]]
        self.assertTrue(first, read)

    def test_nothing_is_offered_for_empty_what_is_not_read_yet(self):
        view = self.env.ref("property_outsourcing.outsourcing_contract_view_form")
        contracts = self.env["outsourcing.contract"].with_user(self.user_manager)
        form = etree.fromstring(contracts.get_view(view.id, "form")["arch"])
        later = [
            field.get("name")
            for field in form.iterfind(".//field")
            if field.get("widget") in ("outsourcing_page_list", "statinfo")
            or "'later'" in field.get("options", "")
        ]
        if_empty = re.compile(rf"(?<!not )\b({'|'.join(later)})\b")
        nodes = form.xpath("//*[@invisible][not(ancestor::field)]")
        offered = [node for node in nodes if if_empty.search(node.get("invisible"))]
        self.assertIn("action_apply_payment_scheme", [node.get("name") for node in offered])
        for node in offered:
            self.assertIn("o_outsourcing_when_read", node.get("class", ""), node.get("name"))

    def test_lists_of_opened_pages_are_written_and_given_up_like_any_other(self):
        duties = self.contract.duty_ids
        self._tour("outsourcing_contract_pages")
        self.assertIn("Clause put right", self.contract.rule_ids.mapped("name"))
        self.assertEqual((self.contract.duty_ids - duties).name, "Keep the machine room clean")
        self.assertEqual(duties, self.contract.duty_ids & duties)
        self.assertEqual(self.contract.milestone_ids.mapped("amount"), [60_000.0, 80_000.0, 60_000.0])
