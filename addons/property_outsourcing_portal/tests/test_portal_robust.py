import inspect
import re
from urllib.parse import quote

from lxml import html

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TIMEOUT
from .documents_common import PortalDocumentsCommon

# one of these for each address in turn, besides those that are always tried
IDS = ("-1", "2147483648", "１２", "1.5", "1%00", "%ff", "x" * 3000)
ALWAYS = ("0", "9" * 30, "%00")
SHARE = 5  # every field gets each fifth of the texts in turn; all of them in all fields take seven minutes
TEXTS = (
    "",
    "\x00",
    "a\x00b",
    "0",
    "-1",
    "9" * 40,
    "nan",
    "1e999",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01T00:00",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "2026-02-30",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\ud7ff\ufffe\U0001f600",
    "%s %(x)s {0}",
    "x" * 20000,
)
JSONS = (
    "null",
    "true",
    "[]",
    '"text"',
    "1",
    "{",
    "",
    "\x00",
    "[" * 2000 + "]" * 2000,
    '{"params": ' + "[" * 2000 + "]" * 2000 + "}",
    '{"params": {"line_id": ' + '{"a":' * 2000 + "1" + "}" * 2000 + "}}",
    '{"params": null}',
    '{"params": []}',
    '{"params": 5}',
    '{"params": {}}',
    '{"params": {"line_id": null, "answer": null}}',
    '{"params": {"line_id": {"a": 1}, "answer": [1]}}',
    '{"params": {"line_id": 1e400, "answer": {"value": 1e400}}}',
    '{"params": {"line_id": true, "answer": {"value": "\\u0000", "note": "\\u0000", "result": {}}}}',
    '{"params": {"line_id": "\\ud800", "answer": {"note": "\\ud800"}}}',
    '{"params": {"inspection_id": 1, "unknown": 1, "context": {"lang": 5}}}',
    '{"params": {"context": "x"}}',
    '{"params": {"context": {"default_state": "done", "allowed_company_ids": "x"}}}',
)


@tagged("post_install", "-at_install")
class TestPortalRobust(PortalDocumentsCommon):
    """Whatever is sent to a page of ours, the answer is a page or one sentence, and only of one's own."""

    def _get_fields(self, endpoint):
        """Return the names the endpoint looks for in a form."""
        function = inspect.unwrap(endpoint.original_endpoint)
        names = {
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.default is not inspect.Parameter.empty
        }
        source = inspect.getsource(inspect.getmodule(function))
        names |= set(re.findall(r"post(?:\.get\(|\[)\"(\w+)\"", source))
        names |= set(re.findall(r"\"(\w+)\"", " ".join(re.findall(r"for name in \((.*?)\)", source))))
        names |= {"page", "tab", "files"}
        line = self.documents["inspections"].line_ids[:1].id
        item = self.item.id
        names |= {f"value_{line}", f"result_{line}", f"note_{line}", f"qty_{item}", "qty_new1", "item_new1"}
        return sorted(names - {"kwargs", "post"})

    def _check(self, response, what):
        """Assert a page of ours, one sentence, or "not found"; never core's page of an error."""
        code, text = response.status_code, response.text[:200000]
        self.assertIn(code, (200, 400, 404, 405, 409, 413, 415, 422), what)
        for leak in ("Traceback", "psycopg2", "Odoo Server Error", "odoo.exceptions"):
            self.assertNotIn(leak, text, what)
        if "text/html" in response.headers.get("Content-Type", "") and code in (200, 422):
            self.assertIn("o_outsourcing", text, what)
        return response

    def _request(self, method, url, **kwargs):
        if method == "POST" and "json" not in kwargs and "headers" not in kwargs:
            data = kwargs.pop("data", {})
            token = [("csrf_token", Request.csrf_token(self))]
            data = token + (list(data.items()) if isinstance(data, dict) else data)
            kwargs["data"] = data
        return self.url_open(url, method=method, timeout=TIMEOUT, **kwargs)

    # ---- what is sent -----------------------------------------------------------------------------------

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.http_routing.models.ir_http")
    def test_strange_addresses(self):
        self._log_in(self.portal_contractor)
        for number, (url, endpoint) in enumerate(self._get_own_routes()):
            if "<" not in url:
                continue
            for value in (*ALWAYS, IDS[number % len(IDS)]):
                for method in self._get_methods(endpoint):
                    with self.subTest(f"{method} {url} {value[:40]}"):
                        self._check(self._request(method, self._fill(url, value)), url)

    def _get_forms(self, page):
        """Yield (action, data) of the forms of a page as a browser would send them."""
        for form in html.fromstring(self._page(page).text).forms:
            if form.method == "POST" and "outsourcing" in (form.action or ""):
                yield form.action, dict(form.form_values())

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.http_routing.models.ir_http")
    def test_strange_values_in_every_field_of_every_form(self):
        self._log_in(self.portal_contractor)
        seen = set()
        for page in self._get_pages():
            for action, data in self._get_forms(page):
                for name in set(data) - {"csrf_token"} - {name for place, name in seen if place == action}:
                    seen.add((action, name))
                    for text in TEXTS[len(seen) % SHARE :: SHARE]:
                        what = f"{page} {action} {name}={text[:30]!r}"
                        with self.subTest(what), self.env.cr.savepoint() as point:
                            data["csrf_token"] = Request.csrf_token(self)
                            self._check(self._request("POST", action, data={**data, name: text}), what)
                            point.rollback()
                            self.env.invalidate_all()
        self.assertGreater(len(seen), 40)

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.http_routing.models.ir_http")
    def test_strange_values_in_addresses(self):
        self._log_in(self.portal_contractor)
        for number, page in enumerate(self._get_pages()):
            for text in TEXTS[number % SHARE :: SHARE]:
                what = f"{page} {text[:40]!r}"
                query = "&".join(f"{name}={quote(text[:500])}" for name in ("tab", "page", "redirect", "id"))
                with self.subTest(what):
                    self._check(self._request("GET", f"{page}?{query}"), what)

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.http_routing.models.ir_http")
    def test_strange_bodies(self):
        self._log_in(self.portal_contractor)
        for url, endpoint in self._get_own_routes():
            if "POST" not in self._get_methods(endpoint):
                continue
            path = self._fill(url)
            is_json = endpoint.routing["type"] == "jsonrpc"
            for body in JSONS if is_json else JSONS[:1]:
                with self.subTest(f"{url} {body[:60]!r}"):
                    headers = {"Content-Type": "application/json"}
                    self._check(self._request("POST", path, data=body.encode(), headers=headers), url)
            if not is_json:
                self._send_strange_forms(url, path, self._get_fields(endpoint))

    def _send_strange_forms(self, url, path, names):
        twice = [(name, value) for name in names for value in ("1", "2")]
        broken = [(name, b"\xff\xfe\x00\xd8") for name in names]
        for data in (twice, broken, {}):
            with self.subTest(f"{url} {str(data)[:60]}"):
                self._check(self._request("POST", path, data=data), url)
        files = [
            ("files", ("\x00=x.jpg", b"\x00", "image/jpeg")),
            ("files", ("a" * 300 + ".pdf", b"%PDF", "x")),
        ]
        with self.subTest(f"{url} files"):
            self._check(self._request("POST", path, data={"files": "text"}, files=files), url)

    # ---- other people's documents -----------------------------------------------------------------------

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_a_rival_finds_no_document_by_its_number(self):
        self._log_in(self.portal_competitor)
        before = self._describe_documents()
        for url, endpoint in self._get_own_routes():
            if "<int" not in url or "page/" in url:
                continue
            for method in self._get_methods(endpoint):
                with self.subTest(f"{method} {url}"):
                    if endpoint.routing["type"] == "jsonrpc":
                        result, _message = self._send_json(self._fill(url), {"line_id": 1, "answer": {}})
                        self.assertEqual(result, {"error": "Not found."})
                    else:
                        self.assertEqual(self._request(method, self._fill(url)).status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self._describe_documents(), before)

    def _describe_documents(self):
        return {
            key: (record.sudo().write_date, record.sudo().display_name)
            for key, record in self.documents.items()
            if record._auto
        }

    def test_lists_of_a_rival_name_nothing_of_the_firm(self):
        for user in (self.portal_competitor, self.portal_third_party, self.portal_representative):
            self._log_in(user)
            for page in self._get_pages():
                if page.rpartition("/")[2].isdecimal():
                    continue
                with self.subTest(user=user.name, page=page):
                    text = self._check(self._page(f"{page}?tab=all"), page).text
                    for secret in ("Secret", "60,000", "12,000"):
                        self.assertNotIn(secret, text)
