import json

from odoo.tests import HttpCase, tagged

from .repairs_common import RepairsCommon

READ = """
    const read = document.querySelector(".o_data_row [name=month]").innerText.trim();
    console[read === %s ? "log" : "error"](read === %s ? "test successful" : read);
"""


@tagged("post_install", "-at_install")
class TestRepairsRollupViews(RepairsCommon, HttpCase):
    def test_a_month_is_read_as_a_month(self):
        self._perform(self.framework, {"MB-01": 1}, day=self.MONTH)
        self.framework._create_rollups(self.MONTH)
        month = json.dumps(f"{self.MONTH:%B %Y}")
        ready = "!!document.querySelector('.o_data_row [name=month]')"
        self.browser_js(
            "/odoo/outsourcing-rollups", READ % (month, month), ready, login=self.user_manager.login
        )
