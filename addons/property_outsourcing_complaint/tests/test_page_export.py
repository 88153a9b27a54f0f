import csv
import io
import json
import zipfile

from odoo.http import Request
from odoo.tests import tagged

from .page_common import TIMEOUT, PageCommon

TYPED = {"description": "=1+1", "wish": "+1", "name": "@SUM(A1)", "room": "=3-501"}
PATHS = ("description", "wish", "reporter_ids/name", "reporter_ids/room")


@tagged("post_install", "-at_install")
class TestPageExport(PageCommon):
    """What a resident typed is exported by the office as text, never as a formula."""

    def _export(self, kind):
        self._send(**TYPED)
        self.authenticate(self.user_manager.login, self.user_manager.login)
        data = {
            "model": "outsourcing.complaint",
            "fields": [{"name": path, "label": path, "type": "char"} for path in PATHS],
            "ids": self._complaints().ids,
            "domain": [],
            "import_compat": False,
        }
        post = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        response = self.url_open(f"/web/export/{kind}", data=post, timeout=TIMEOUT)
        self.assertEqual(response.status_code, 200)
        return response.content

    def test_a_formula_typed_by_a_resident_is_text_in_the_workbook(self):
        with zipfile.ZipFile(io.BytesIO(self._export("xlsx"))) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            strings = book.read("xl/sharedStrings.xml").decode()
        self.assertNotIn("<f>", sheet)
        for text in TYPED.values():
            self.assertIn(f">{text}<", strings)

    def test_a_formula_typed_by_a_resident_is_disarmed_in_a_csv(self):
        rows = list(csv.reader(io.StringIO(self._export("csv").decode(), newline="")))
        self.assertEqual(rows[1], [f"'{text}" for text in TYPED.values()])
