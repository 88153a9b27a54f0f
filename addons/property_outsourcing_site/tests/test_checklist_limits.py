from odoo.tests import TransactionCase, tagged

# figures with a dash between them, a second figure in brackets, or words that leave the limit open
UNDECIDED = r"\d\s*%?\s*[–~～]\s*\d|\(\d+ ?h\)|（\d+小时）|often|or the design value|或设计值|typically"


@tagged("post_install", "-at_install")
class TestChecklistLimits(TransactionCase):
    """What an item asks can be answered with pass or fail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.items = cls.env["outsourcing.checklist.item"].search([])
        cls.main = cls.items.filtered(lambda item: item.item_class == "main")

    def test_every_main_item_has_one_judgeable_limit(self):
        self.assertGreater(len(self.main), 80)
        for lang in ("en_US", "zh_CN"):
            for item in self.main.with_context(lang=lang):
                self.assertTrue(item.requirement, item.code)
                if not (item.has_value_min and item.has_value_max):
                    self.assertNotRegex(item.requirement, UNDECIDED, item.code)

    def test_general_items_leave_no_range_either(self):
        for item in self.items - self.main:
            if not (item.has_value_min and item.has_value_max):
                self.assertNotRegex(item.requirement or "", UNDECIDED, item.code)

    def test_what_is_measured_has_a_limit_and_a_unit(self):
        measured = self.items.filtered(lambda item: item.judge == "N")
        self.assertFalse(measured.filtered(lambda item: not (item.has_value_min or item.has_value_max)))
        self.assertFalse(measured.filtered(lambda item: not item.value_uom))

    def test_walls_of_wet_rooms_are_judged_place_by_place(self):
        heights = self.items.filtered(lambda item: item.code.startswith("WETROOM") and item.value_min >= 250)
        self.assertEqual(sorted(heights.mapped("value_min")), [250.0, 1200.0, 2000.0])

    def test_silt_lies_below_the_invert_not_above_it(self):
        sump = self.env.ref("property_outsourcing_site.checklist_item_drain_3")
        self.assertFalse(sump._is_within_limits(30))
        self.assertTrue(sump._is_within_limits(80))
