"""The pictures of the guide, taken of a demonstration that bin/serve built, in both languages.

`PICTURES=/tmp/pictures bin/odoo-python -m pytest tools/site/pictures.py --odoo-database=NAME`: the
folder is one that Odoo's user may write to; what is good goes to docs/pictures.
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
DESKTOP, PHONE = "1440x900", "390x780"
ACTION = "/odoo/action-property_outsourcing{}"
CONTRACTS = ACTION.format(".outsourcing_contract_action")
SETTLEMENTS = ACTION.format("_finance.outsourcing_settlement_action")
SCREENS = (
    # name, login, size, address, what stands there when it is ready
    ("manager-contracts", "manager", DESKTOP, CONTRACTS, ".o_kanban_record"),
    ("manager-contract", "manager", DESKTOP, f"{CONTRACTS}/{{contract}}", ".o_form_view .o_list_table"),
    (
        "supervisor-orders",
        "supervisor",
        DESKTOP,
        ACTION.format(".outsourcing_order_action"),
        ".o_kanban_record",
    ),
    ("finance-settlement", "finance", DESKTOP, f"{SETTLEMENTS}/{{settlement}}", ".o_form_view .o_list_table"),
    ("contractor-home", "13800000001", PHONE, "/my/outsourcing", "main"),
    ("contractor-order", "13800000001", PHONE, "/my/outsourcing/orders/{order}", "main"),
    ("representative-home", "13800000002", PHONE, "/my/outsourcing", "main"),
)


@tagged("post_install", "-at_install")
class TestPictures(HttpCase):
    def _find(self):
        """Return the records that addresses name."""
        contract = self.env["outsourcing.contract"].search([("state", "=", "active")], order="id", limit=1)
        settlement = self.env["outsourcing.settlement"].search(
            [("state", "=", "billed")], order="id", limit=1
        )
        order = self.env["project.task"].search(
            [
                ("outsourcing_contractor_id.child_ids.user_ids.login", "=", "13800000001"),
                ("is_closed", "=", False),
            ],
            limit=1,
        )
        return {"contract": contract.id, "settlement": settlement.id, "order": order.id}

    def _take(self, lang, name, login, size, address, selector):
        self.env["res.users"].search([("login", "=", login)]).lang = lang
        folder = FOLDER / lang[:2]
        folder.mkdir(parents=True, exist_ok=True)

        def save(browser, _code, _timeout, error_checker=None):
            time.sleep(2)  # transitions come to rest
            shot = browser._websocket_request("Page.captureScreenshot")["data"]
            Image.open(io.BytesIO(base64.b64decode(shot))).save(folder / f"{name}.webp", quality=80)

        self.browser_size = size
        ready = f"document.querySelector('{selector}') !== null"
        with patch.object(ChromeBrowser, "_wait_code_ok", save):
            self.browser_js(address, "", ready, login=login)

    def test_pictures_are_taken(self):
        found = self._find()
        for lang in ("zh_CN", "en_US"):
            for name, login, size, address, selector in SCREENS:
                with self.subTest(lang=lang, name=name):
                    self._take(lang, name, login, size, address.format(**found), selector)
