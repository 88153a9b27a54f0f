from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCommon):
    """Own documents only; everybody else gets "not found", for each page and each change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acceptance = cls._create_acceptance()
        cls.documents = {
            "contracts": cls.contract,
            "inspections": cls._start_inspection(),
            "defects": cls._create_defect(),
            "orders": cls._create_order(),
            "deliverables": cls._create_deliverable(),
            "adjustments": cls._create_adjustment(),
            "scores": cls._create_score(),
            "acceptances": cls.acceptance,
            "concealed": cls._create_concealed(),
        }
        logs = cls.env["outsourcing.site.log"].with_user(cls.portal_contractor)
        cls.documents["logs"] = logs._portal_create(cls.contract.with_user(cls.portal_contractor), {})
        row = cls.contract.milestone_ids.sorted("date_start")[0]
        cls._accept_row(row, row.amount, row.date_end, cls.contract)
        settlement = cls.env["outsourcing.settlement"].create(
            {"contract_id": cls.contract.id, "milestone_ids": [(6, 0, row.ids)]}
        )
        settlement.line_ids.milestone_id.deliverable_ids._gated().write({"state": "accepted"})
        settlement._gated().write({"state": "submitted"})
        cls.documents["settlements"] = settlement
        cls.changes = {
            "inspections": ("save", "submit", "start", "takeover", "evidence"),
            "defects": ("rectify", "evidence"),
            "orders": ("report",),
            "deliverables": ("submit",),
            "adjustments": ("appeal", "acknowledge"),
            "scores": ("confirm", "dispute"),
            "acceptances": ("check", "sign", "resubmit", "evidence"),
            "concealed": ("notify", "sign", "cover", "evidence"),
            "logs": ("save", "submit", "discard", "evidence"),
        }

    def _urls(self):
        return {key: f"/my/outsourcing/{key}/{record.id}" for key, record in self.documents.items()}

    def test_contractor_opens_every_page(self):
        self._log_in(self.portal_contractor)
        self.assertEqual(self._page("/my/outsourcing").status_code, 200)
        for key, url in self._urls().items():
            with self.subTest(page=key):
                self.assertEqual(self._page(f"/my/outsourcing/{key}").status_code, 200)
                self.assertEqual(self._page(f"/my/outsourcing/{key}?tab=nonsense&page=-3").status_code, 200)
                response = self._page(url)
                self.assertEqual(response.status_code, 200)
                self.assertIn("no-store", response.headers["Cache-Control"])
        for page in ("logs/new", "defects/new", "acceptances/new", "concealed/new"):
            self.assertEqual(self._page(f"/my/outsourcing/{page}").status_code, 200)

    def test_competitor_gets_not_found(self):
        self._log_in(self.portal_competitor)
        for key, url in self._urls().items():
            with self.subTest(page=key):
                self.assertEqual(self._page(url).status_code, 404)
                guessed = f"/my/outsourcing/{key}/999999"
                self.assertEqual(self._page(guessed).status_code, 404)
        for key, steps in self.changes.items():
            for step in steps:
                with self.subTest(page=key, step=step):
                    self.assertEqual(self._send(f"{self._urls()[key]}/{step}").status_code, 404)

    def test_competitor_lists_nothing(self):
        self._log_in(self.portal_competitor)
        for key, url in self._urls().items():
            with self.subTest(page=key):
                self.assertNotIn(f'{url}"', self._page(f"/my/outsourcing/{key}?tab=all").text)

    def test_anonymous_is_sent_to_the_login(self):
        self._log_in(None)
        for key, url in self._urls().items():
            with self.subTest(page=key):
                self.assertIn("/web/login", self._page(url).url)
                self.assertIn("/web/login", self._page(f"{url}?access_token=wrong").url)

    @mute_logger("odoo.http")
    def test_changes_need_post_and_csrf(self):
        self._log_in(self.portal_contractor)
        before = {key: self._state(key) for key in self.changes}
        for key, steps in self.changes.items():
            for step in steps:
                url = f"{self._urls()[key]}/{step}"
                with self.subTest(page=key, step=step):
                    self.assertIn(self._page(url).status_code, (404, 405))
                    response = self._send(url, csrf=False)
                    self.assertEqual(response.status_code, 400)
                    self.assertNotIn("Traceback", response.text)
        self.env.invalidate_all()
        self.assertEqual({key: self._state(key) for key in self.changes}, before)

    def _state(self, key):
        return self.documents[key].sudo().state

    def test_colleague_sees_documents_but_no_drafts_of_others(self):
        self._log_in(self.colleague)
        for key, url in self._urls().items():
            with self.subTest(page=key):
                self.assertEqual(self._page(url).status_code, 404 if key == "logs" else 200)

    def test_representative_sees_acceptance_without_money(self):
        self._log_in(self.portal_representative)
        urls = self._urls()
        text = self._page(urls["acceptances"]).text
        self.assertNotIn("60,000", text)
        for key in ("contracts", "settlements", "adjustments", "scores", "deliverables", "orders", "logs"):
            with self.subTest(page=key):
                self.assertEqual(self._page(urls[key]).status_code, 404)

    def test_third_party_sees_its_acceptance_only(self):
        self._log_in(self.portal_third_party)
        urls = self._urls()
        self.assertEqual(self._page(urls["acceptances"]).status_code, 200)
        self.assertNotIn("60,000", self._page(urls["acceptances"]).text)
        for key in ("contracts", "settlements", "adjustments", "inspections", "defects", "scores"):
            with self.subTest(page=key):
                self.assertEqual(self._page(urls[key]).status_code, 404)

    def test_home_tells_each_role_what_waits(self):
        text = self._page("/my/outsourcing", self.portal_contractor).text
        for key in ("inspections", "defects", "orders", "scores", "adjustments", "acceptances"):
            self.assertIn(f'data-card="{key}"', text)
        text = self._page("/my/outsourcing", self.portal_competitor).text
        # without a contract a firm still owes the documents of its services, and nothing else
        self.assertEqual(text.count("data-card="), text.count('data-card="documents"'))

    def test_the_first_page_of_the_portal_leads_to_what_is_theirs(self):
        for user in (self.portal_contractor, self.portal_third_party, self.portal_representative):
            self.assertTrue(self._page("/my", user).url.endswith("/my/outsourcing"))
        stranger = self._create_portal_user("13800000099", "Customer", self._create_contact("Customer"))
        for user in (stranger, self.user_supervisor):
            self.assertTrue(self._page("/my/home", user).url.endswith("/my/home"))

    def test_rpc_writes_are_refused(self):
        self._log_in(self.portal_contractor)
        for key, record in self.documents.items():
            field = "name" if "name" in record._fields else "state"
            with self.subTest(model=record._name), mute_logger("odoo.http"):
                with self.assertRaises(Exception):  # noqa: B017 - the server's error arrives wrapped
                    self._rpc(record, "write", [record.ids, {field: "x"}])
                with self.assertRaises(Exception):  # noqa: B017
                    self._rpc(record, "unlink", [record.ids])
                with self.assertRaises(Exception):  # noqa: B017
                    self._rpc(record, "_portal_submit", [record.ids])
            self.assertTrue(key and record.sudo().exists())

    def _rpc(self, record, method, args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{record._name}/{method}",
            {"model": record._name, "method": method, "args": args, "kwargs": {}},
        )

    def test_settlement_statement_downloads(self):
        url = self._urls()["settlements"]
        self._log_in(self.portal_contractor)
        response = self._page(f"{url}/xlsx")
        self.assertTrue(response.content.startswith(b"PK"))
        self.assertEqual(self._page(f"{url}/pdf").status_code, 200)
        self._log_in(self.portal_competitor)
        for kind in ("xlsx", "pdf"):
            self.assertEqual(self._page(f"{url}/{kind}").status_code, 404)
