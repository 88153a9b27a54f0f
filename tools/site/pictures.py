"""The pictures of the guide, taken of a demonstration that bin/serve built, in both languages.

`PICTURES=/tmp/pictures bin/odoo-python -m pytest tools/site/pictures.py --odoo-database=NAME`:
what is good goes to docs/pictures.
"""

import base64
import io
import os
import time
from pathlib import Path
from unittest.mock import patch

from PIL import Image

from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser

FOLDER = Path(os.environ["PICTURES"])
ACTION = "/odoo/action-property_outsourcing{}"
CONTRACTS = ACTION.format(".outsourcing_contract_action")
SETTLEMENTS = ACTION.format("_finance.outsourcing_settlement_action")
SCREENS = (
    # name, login, address, what stands there when it is ready; a portal user looks at a phone
    ("manager-contracts", "manager", CONTRACTS, ".o_kanban_record"),
    ("manager-contract", "manager", f"{CONTRACTS}/{{contract}}", ".o_form_view .o_list_table"),
    ("supervisor-orders", "supervisor", ACTION.format(".outsourcing_order_action"), ".o_kanban_record"),
    ("finance-settlement", "finance", f"{SETTLEMENTS}/{{settlement}}", ".o_form_view .o_list_table"),
    ("contractor-home", "13800000001", "/my/outsourcing", "main"),
    ("contractor-order", "13800000001", "/my/outsourcing/orders/{order}", "main"),
    ("representative-home", "13800000002", "/my/outsourcing", "main"),
)
OWN = ("outsourcing_contractor_id.child_ids.user_ids.login", "=", "13800000001")
RECORDS = {
    "contract": ("outsourcing.contract", [("state", "=", "active")]),
    "settlement": ("outsourcing.settlement", [("state", "=", "billed")]),
    "order": ("project.task", [OWN, ("is_closed", "=", False)]),
}


@tagged("post_install", "-at_install")
class TestPictures(HttpCase):
    def _take(self, path, login, address, selector):
        def save(browser, _code, _timeout, error_checker=None):
            time.sleep(2)  # transitions come to rest
            shot = browser._websocket_request("Page.captureScreenshot")["data"]
            Image.open(io.BytesIO(base64.b64decode(shot))).save(path, quality=80)

        self.browser_size = "390x780" if login.isdigit() else "1440x900"
        ready = f"document.querySelector('{selector}') !== null"
        with patch.object(ChromeBrowser, "_wait_code_ok", save):
            self.browser_js(address, "", ready, login=login)

    def test_pictures_are_taken(self):
        records = {
            name: self.env[model].search(domain, order="id", limit=1).id
            for name, (model, domain) in RECORDS.items()
        }
        for lang in ("zh_CN", "en_US"):
            folder = FOLDER / lang[:2]
            folder.mkdir(parents=True, exist_ok=True)
            for name, login, address, selector in SCREENS:
                with self.subTest(lang=lang, name=name):
                    self.env["res.users"].search([("login", "=", login)]).lang = lang
                    self._take(folder / f"{name}.webp", login, address.format(**records), selector)
