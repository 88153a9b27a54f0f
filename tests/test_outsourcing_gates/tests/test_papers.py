import re
from ast import literal_eval

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .common import suite_modules

HAN = r"\u4e00-\u9fff"
FAULTS = {
    "gap after a full-width sign": re.compile(r"[：，。；、（]\s"),
    "gap before a full-width sign": re.compile(r"\s[：，。；、）]"),
    "gap in an amount": re.compile(r"[¥￥]\s"),
    "gap before %": re.compile(r"\d\s+%"),
    "half-width sign after Chinese": re.compile(rf"[{HAN}）][,:](?:\s|$)"),
    "half-width brackets round Chinese": re.compile(rf"\([^()]*[{HAN}][^()]*\)"),
    "gap between figure and measure": re.compile(r"\d\s(?:年|个|天|日|小时|分钟|元)"),
    "date of another form": re.compile(r"\b\d{4}/\d{2}/\d{2}\b|\b\d{1,2}/\d{1,2}/\d{4}\b"),
}
BLOCKS = "td|th|p|div|li|h1|h2|h3|h4"
MOST = 5  # documents of a kind: enough to meet each of its states


@tagged("post_install", "-at_install")
class TestPapersInChinese(TransactionCase):
    """Every paper of the demonstration is set as Chinese is; what keeps it from being printed is its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = cls.env["res.users"].search([("login", "=", "manager")])
        cls.reports = cls.env(user=manager, context={"lang": "zh_CN"})["ir.actions.report"]

    def _get_findings(self, page):
        """Return what a strict editor would send back of the HTML ``page``: list of texts."""
        root, found = html.fromstring(page), []
        for node in root.xpath("//style | //script"):
            node.drop_tree()
        inner = " | ".join(f".//{name}" for name in BLOCKS.split("|"))
        for node in root.iter(*BLOCKS.split("|")):
            if node.xpath(inner):
                continue
            text = " ".join(node.text_content().split())
            found += [f"{fault}: {text[:80]}" for fault, pattern in FAULTS.items() if pattern.search(text)]
        return found + [f"running number called {head}" for head in self._get_wrong_heads(root)]

    def _get_wrong_heads(self, root):
        for table in root.iter("table"):
            rows = [[cell.text_content().strip() for cell in row] for row in table.iter("tr")]
            firsts = [row[0] for row in rows if row]
            if firsts and firsts[0] in ("编号", "#") and firsts[1:3] == ["1", "2"]:
                yield firsts[0]

    def _print(self, report, record):
        try:
            with self.env.cr.savepoint():
                return self.reports._render_qweb_html(report.report_name, record.ids)[0]
        except UserError:
            return None  # something is missing on it, and it says so

    def test_every_paper_is_set_as_chinese_is(self):
        names = [f"{module}.%" for module in suite_modules(self.env)]
        found, printed = set(), 0
        for report in self.reports.sudo().search([]):
            if not any(report.report_name.startswith(name[:-1]) for name in names):
                continue
            domain = literal_eval(report.domain or "[]")
            for record in self.reports.env[report.model].search(domain, limit=MOST):
                page = self._print(report, record)
                printed += bool(page)
                found |= {f"{report.report_name}: {text}" for text in self._get_findings(page or "<p/>")}
        self.assertGreater(printed, 25, "this is a test of the demonstration")
        self.assertFalse(found, "\n" + "\n".join(sorted(found)))

    def test_seeded_faults_are_found(self):
        faults = (
            "编号： JC-1|合计 ，大写|¥ 12.00|比例 3 %|王建国, 2026|和悦公司:|表(甲方)|共 92 天|2026/11/27"
        )
        for fault in faults.split("|"):
            self.assertTrue(self._get_findings(f"<table><tr><td>{fault}</td></tr></table>"), fault)
        rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in ("编号", "1", "2"))
        self.assertEqual(self._get_findings(f"<table>{rows}</table>"), ["running number called 编号"])
        self.assertFalse(self._get_findings("<p>编号：JC-1，¥12.00，3%，共92天</p>"))
