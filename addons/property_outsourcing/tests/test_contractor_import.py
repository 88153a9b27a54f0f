import io
import time

import xlsxwriter
from psycopg2.errors import UniqueViolation
from stdnum.cn import uscc

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_open, file_path

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = ["承包方名称", "统一社会信用代码", "外包服务类别", "承包方电话", "联系人姓名"]
FIELDS = ["name", "vat", "outsourcing_service_type_ids", "phone", "child_ids/name"]
FORM = "%s is not a unified social credit code: it has 18 characters, the last one a check digit."
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}


def credit_code(number):
    """Return a valid code of a firm with this running number."""
    body = f"91440101MA{number:07d}"
    return body + uscc.calc_check_digit(body)


class CreditCodeCommon(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn")
        cls.contractors = (
            cls.env["res.partner"]
            .with_user(cls.user_manager)
            .with_context(default_outsourcing_state="candidate", default_is_company=True)
        )


@tagged("post_install", "-at_install")
class TestCreditCode(CreditCodeCommon):
    def test_the_credit_code_of_a_chinese_firm_is_checked(self):
        good = credit_code(1)
        bad = good[:-1] + ("0" if good[-1] != "0" else "1")
        message = FORM % bad
        with self.assertRefused(
            "is not a unified social credit code: it has 18 characters, the last one"
        ) as refusal:
            self.contractors.create({"name": "Cheat", "country_id": self.china.id, "vat": bad})
        self.assertEqual(str(refusal.exception), message)
        with self.assertRefused("is not a unified social credit code: it has 18 characters, the last one"):
            self.contractors.create({"name": "Cheat", "country_id": self.china.id, "vat": good[:15]})
        firm = self.contractors.create({"name": "Firm", "country_id": self.china.id, "vat": good.lower()})
        self.assertEqual(firm.vat, good)
        with self.assertRaises(ValidationError):  # core's own
            firm.vat = bad

    def test_a_firm_without_a_country_is_of_the_companys_own(self):
        self.env.company.country_id = self.china
        with self.assertRefused("is not a unified social credit code: it has 18 characters, the last one"):
            self.contractors.create({"name": "Cheat", "vat": "123"})
        self.env.company.country_id = self.env.ref("base.us")
        self.assertTrue(self.contractors.create({"name": "Firm", "vat": "123"}))

    def test_a_firm_abroad_or_without_a_code_is_not_checked(self):
        self.env.company.country_id = self.china
        vals = {"name": "Abroad", "country_id": self.env.ref("base.us").id, "vat": "12"}
        self.assertTrue(self.contractors.create(vals))
        pair = self.contractors.create([{"name": name, "vat": "/"} for name in ("One", "Two")])
        self.assertEqual(pair.mapped("vat"), ["/", "/"])

    def test_two_contractors_do_not_share_a_code(self):
        code = credit_code(2)
        first = self.contractors.create({"name": "First", "country_id": self.china.id, "vat": code})
        vals = {"name": "Second", "country_id": self.china.id, "vat": code}
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.contractors.create(vals)
        contact = self.env["res.partner"].create({"name": "Plain", "vat": code, "country_id": self.china.id})
        first.active = False
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            contact.with_user(self.user_manager).action_outsourcing_register()
            contact.flush_recordset()
        first.sudo().child_ids = [Command.create({"name": "Clerk"})]
        self.assertEqual(first.child_ids.vat, code)


@tagged("post_install", "-at_install")
class TestContractorImport(CreditCodeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.china
        cls.existing = cls.contractors.create({"name": "On file", "vat": credit_code(900_001)})

    def _rows(self):
        return [
            [f"Firm {n}", credit_code(n), "Elevator maintenance,Cleaning", f"020-{n:08d}", f"Foreman {n}"]
            for n in range(500)
        ]

    def _spoil(self, rows):
        """Make seven rows faulty; return the message of each by its row in the file (0 is the first)."""
        rows[0][1] = rows[0][1][:-1] + ("0" if rows[0][1][-1] != "0" else "1")
        rows[77][1] = "914401"
        rows[120][1] = rows[119][1]
        rows[200][1] = self.existing.vat
        rows[310][2] = "Moon maintenance"
        rows[433][0] = ""
        rows[499][1] = rows[3][1]
        return {
            0: FORM % rows[0][1],
            77: FORM % "914401",
            120: f"{rows[119][1]} is already the tax id of the contractor Firm 119.",
            200: f"{self.existing.vat} is already the tax id of the contractor On file.",
            310: "No matching record found for name 'Moon maintenance' in field 'Outsourced services'",
            433: "The name of the contractor is missing.",
            499: f"{rows[3][1]} is already the tax id of the contractor Firm 3.",
        }

    def _import(self, rows, dryrun=False):
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output)
        sheet = book.add_worksheet()
        for index, row in enumerate([HEADERS, *rows]):
            for column, value in enumerate(row):
                sheet.write_string(index, column, value)
        book.close()
        wizard = (
            self.env["base_import.import"]
            .with_user(self.user_manager)
            .with_context(default_outsourcing_state="candidate", default_is_company=True)
            .create(
                {
                    "res_model": "res.partner",
                    "file": output.getvalue(),
                    "file_type": XLSX,
                    "file_name": "firms.xlsx",
                }
            )
        )
        return wizard, lambda: wizard.execute_import(FIELDS, HEADERS, dict(OPTIONS), dryrun=dryrun)

    def _count(self):
        return self.env["res.partner"].search_count([("outsourcing_state", "!=", False)])

    def test_seven_faulty_rows_are_named_and_nothing_is_saved(self):
        rows = self._rows()
        expected = self._spoil(rows)
        before, contacts = self._count(), self.env["res.partner"].search_count([])
        result = self._import(rows)[1]()
        found = {message["rows"]["from"]: message["message"] for message in result["messages"]}
        self.assertEqual(found, expected)
        self.assertEqual(len(result["messages"]), 7)
        self.assertFalse(result["ids"])
        self.env.invalidate_all()
        self.assertEqual((self._count(), self.env["res.partner"].search_count([])), (before, contacts))

    def test_the_corrected_file_is_saved(self):
        before, started = self._count(), time.monotonic()
        result = self._import(self._rows())[1]()
        self.assertEqual((result["messages"], len(result["ids"])), ([], 500))
        self.assertLess(time.monotonic() - started, 60)
        self.assertEqual(self._count(), before + 500)
        firm = self.env["res.partner"].browse(result["ids"][7])
        self.assertEqual((firm.name, firm.outsourcing_state, firm.is_company), ("Firm 7", "candidate", True))
        self.assertEqual(sorted(firm.outsourcing_service_type_ids.mapped("code")), ["cleaning", "elevator"])
        self.assertEqual((firm.child_ids.name, firm.child_ids.is_company), ("Foreman 7", False))
        self.assertEqual(firm.outsourcing_history_ids.decided_by_id, self.user_manager)

    def test_the_template_is_offered_and_its_headers_find_their_fields(self):
        (template,) = self.contractors.get_import_templates()
        path = template["template"].lstrip("/")
        self.assertTrue(file_path(path))
        with file_open(path, "rb") as file:
            content = file.read()
        wizard = self._import([])[0]
        wizard.file = content
        preview = wizard.parse_preview(dict(OPTIONS), count=5)
        self.assertEqual(preview.get("error"), None)
        matched = {preview["headers"][int(index)]: path for index, path in preview["matches"].items()}
        self.assertEqual(matched["统一社会信用代码"], ["vat"])
        self.assertEqual(matched["外包服务类别"], ["outsourcing_service_type_ids"])
        self.assertEqual(matched["联系人姓名"], ["child_ids", "name"])
        plain = self.env["res.partner"].get_import_templates()
        self.assertNotEqual(plain[0]["template"], template["template"])

    def test_a_plain_contact_import_is_left_alone(self):
        result = self.env["res.partner"].load(["name", "vat"], [["Plain", self.existing.vat]])
        self.assertEqual(len(result["ids"] or []), 1, result["messages"])
