import csv

from odoo.tests import tagged
from odoo.tools import file_open

from .common import SiteCommon

MODULE = "property_outsourcing_site"
WIDE = str.maketrans("()", "（）")  # the file was typed with narrow brackets
KEYS = ("facade", "roof", "wet_room", "drain", "greening", "cleaning", "security", "fire", "water_tank")


@tagged("post_install", "-at_install")
class TestSiteTranslation(SiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"].search([("name", "=", MODULE)])._update_translations(["zh_CN"])

    def _read_csv(self, name):
        with file_open(f"{MODULE}/tests/data/{name}", "r") as file:
            return list(csv.DictReader(file))

    def _item(self, name):
        return self.env.ref(f"{MODULE}.checklist_item_{name}").with_context(lang="zh_CN")

    def test_elevator_items_read_as_in_the_rule(self):
        rows = self._read_csv("tsg_t5002_annex_a.csv")
        self.assertEqual(len(rows), 76)
        for row in rows:
            item = self._item(row["code"].lower().replace("-", "_"))
            self.assertEqual((item.code, item.cycle, item.judge), (row["code"], row["cycle"], row["judge"]))
            words = row["item_zh"].translate(WIDE), row["req_zh"].translate(WIDE)
            self.assertEqual((item.name, item.requirement), words)

    def test_service_items_read_as_in_the_source(self):
        rows = self._read_csv("checklists.csv")
        categories = list(dict.fromkeys(row["category"] for row in rows))
        for row in rows:
            item = self._item(f"{KEYS[categories.index(row['category'])]}_{row['seq']}")
            self.assertEqual(item.name, row["item_zh"])
            self.assertEqual(item.item_class, "main" if row["class"].startswith("主控") else "general")
            self.assertEqual(item.is_concealed, "隐蔽" in row["class"])
            self.assertNotEqual(item.requirement, item.with_context(lang="en_US").requirement)

    def test_words_of_the_glossary(self):
        labels = {
            "outsourcing.inspection": "检查任务",
            "outsourcing.checklist": "检查表",
            "outsourcing.defect": "整改问题",
            "outsourcing.site.log": "现场日志",
        }
        for model, label in labels.items():
            self.assertEqual(self.env["ir.model"].with_context(lang="zh_CN")._get(model).name, label)
