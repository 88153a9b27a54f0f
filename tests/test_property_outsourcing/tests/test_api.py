import json
import re
from pathlib import Path

from odoo.tests import HttpCase, tagged

from .common import StoryCommon

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"
REQUEST = re.compile(r"```http\nPOST (\S+)\n.*?\n\n(.*?)```", re.DOTALL)


@tagged("post_install", "-at_install")
class TestApi(StoryCommon, HttpCase):
    """The requests of `docs/api.md` are sent as they stand there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        contract = cls._create_contract()
        contract.action_fill_scope()
        cls.service = cls._activate(contract)

    def _send(self, user, number, known=None):
        """Send request ``number`` of the page, its numbers replaced by those ``known``; return the answer."""
        path, body = REQUEST.findall(PAGE.read_text(encoding="utf-8"))[number]
        for written, real in (known or {}).items():
            body = re.sub(rf"\b{written}\b(?!\")", str(real), body)
        # sudo: only an administrator gives keys without an end; one that ends does so by PostgreSQL's clock
        keys = self.env(user=user)["res.users.apikeys"].sudo()
        key = keys._generate("rpc", "Call centre", None)
        return self.url_open(path, json=json.loads(body), headers={"Authorization": f"Bearer {key}"})

    def test_call_centre_enters_an_order_for_the_equipment_of_a_code(self):
        (found,) = self._send(self.user_supervisor, 0).json()
        known = {"7": found["id"], "12": found["outsourcing_contract_ids"][0]}
        (order_id,) = self._send(self.user_supervisor, 1, known).json()
        (order,) = self._send(self.user_supervisor, 2, {"41": order_id}).json()
        self.assertEqual(order["outsourcing_contract_id"][0], self.service.id)
        self.assertEqual(order["outsourcing_contractor_id"][0], self.contractor.id)
        self.assertTrue(order["outsourcing_sla_completion_deadline"])

    def test_monitor_reports_an_event_once(self):
        known = {"7": self.elevator.id, "12": self.service.id}
        self.assertFalse(self._send(self.user_supervisor, 3, known).json())
        (order_id,) = self._send(self.user_supervisor, 4, known).json()
        (found,) = self._send(self.user_supervisor, 3, known).json()
        self.assertEqual(found["id"], order_id)

    def test_refusal_is_the_sentence_of_the_screen(self):
        answer = self._send(self.user_finance, 1, {"7": self.elevator.id, "12": self.service.id})
        self.assertEqual(answer.status_code, 403)
        self.assertEqual(answer.json()["message"], "Work orders are dispatched by supervisors and managers.")

    def test_reporting_reads_the_state_of_settlements(self):
        settlement = self.env["outsourcing.settlement"].create({"contract_id": self.service.id})
        (read,) = self._send(self.user_finance, 5).json()
        self.assertEqual((read["id"], read["state"]), (settlement.id, "draft"))
