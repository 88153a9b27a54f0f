import base64
from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo


def draw_signature(*points):
    """Return what a finger drew on the field of 640 x 240, in base64; by default a line within it."""
    picture = Image.new("RGB", (640, 240), "white")
    ImageDraw.Draw(picture).line(points or ((100, 60), (300, 180), (500, 60)), fill="black", width=4)
    file = BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


SIGNATURE = draw_signature()
TIMEOUT = 120  # the first page of a database builds its assets


class PortalCommon(OutsourcingCommon, HttpCase):
    """Real requests as the people of the portal. Nobody of them has an e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.contract = cls._create_active_contract(
            date_start=date(cls.today.year - 1, 1, 1), date_end=date(cls.today.year + 1, 12, 31)
        )
        cls.checklist = cls.env["outsourcing.checklist"].create(
            {
                "name": "Short round",
                "code": "SHORT",
                "item_ids": [
                    fields.Command.create({"code": "1", "name": "Doors close"}),
                    fields.Command.create(
                        {
                            "code": "2",
                            "name": "Overlap of the lock hook",
                            "requires_value": True,
                            "has_value_min": True,
                            "value_min": 7,
                            "value_uom": "mm",
                        }
                    ),
                ],
            }
        )
        cls.colleague = cls._create_portal_user("13800000011", "Colleague", cls.contractor)
        cls.photo_count = 0

    # ---- people -----------------------------------------------------------------------------------------

    def _log_in(self, user):
        """Log in as ``user``, or out with None."""
        self.authenticate(user and user.login, user and user.login)

    def _page(self, path, user=None):
        """Return the response of a page; ``user`` None keeps whoever is logged in."""
        if user:
            self._log_in(user)
        return self.url_open(path, timeout=TIMEOUT)

    def _count_page_queries(self, path):
        """Return how many queries the page takes once the caches of the server are filled."""
        self.env.flush_all()
        self._page(path)
        counts = []
        for _n in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self._page(path).status_code, 200)
            counts.append(self.env.cr.sql_log_count - before)
        return min(counts)

    def _send(self, path, data=None, user=None, files=None, csrf=True, **kwargs):
        """Post a form as a phone would."""
        if user:
            self._log_in(user)
        data = dict(data or {})
        if csrf:
            data["csrf_token"] = Request.csrf_token(self)
        return self.url_open(path, data=data, files=files, timeout=TIMEOUT, method="POST", **kwargs)

    def _send_json(self, path, params):
        """Post ``params`` as scripts do; return (result, sentence of the refusal)."""
        payload = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self.url_open(path, json=payload, timeout=TIMEOUT).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("message", "")

    def _upload(self, path, files, user=None, phase="during", **data):
        """Send photos as the script of the page does; return the response."""
        return self._send(
            path,
            {"phase": phase, **data},
            user=user,
            files=[("files", file) for file in files],
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    # ---- documents --------------------------------------------------------------------------------------

    @classmethod
    def _photo(cls, name="photo.jpg"):
        """Return another photo as (name, bytes)."""
        cls.photo_count += 1
        colour = (cls.photo_count * 37 % 256, cls.photo_count * 91 % 256, cls.photo_count * 53 % 256)
        return (name, make_photo(color=colour))

    @classmethod
    def _create_inspection(cls, **vals):
        return cls.env["outsourcing.inspection"].create(
            {
                "contract_id": cls.contract.id,
                "kind": "maintenance",
                "checklist_id": cls.checklist.id,
                "equipment_id": cls.elevator.id,
                **vals,
            }
        )

    @classmethod
    def _start_inspection(cls, user=None, **vals):
        inspection = cls._create_inspection(**vals)
        inspection.with_user(user or cls.portal_contractor)._portal_start()
        return inspection

    @classmethod
    def _create_defect(cls, **vals):
        """Return a defect the contractor has to rectify."""
        defect = (
            cls.env["outsourcing.defect"]
            .with_user(cls.user_supervisor)
            .create(
                {
                    "contract_id": cls.contract.id,
                    "equipment_id": cls.elevator.id,
                    "description": "Light of the car is off",
                    **vals,
                }
            )
        )
        defect.action_assign()
        return defect.with_env(cls.env)

    @classmethod
    def _create_adjustment(cls):
        """Return a deduction of 600.00, confirmed a moment ago."""
        rule = cls.contract.rule_ids.filtered(lambda rule: rule.trigger == "inspection_missed")[:1]
        source = cls._create_inspection(date_planned=cls.today - timedelta(days=1))
        cls.contract._record_fact("inspection_missed", source, date=cls.today)
        adjustment = cls.env["outsourcing.adjustment"].search([("rule_id", "=", rule.id)], limit=1)
        adjustment.with_user(cls.user_manager).action_confirm()
        return adjustment

    @classmethod
    def _create_score(cls, month=0):
        """Return a month's score that waits for the contractor."""
        row = cls.contract.milestone_ids.sorted("date_start")[month]
        sheet = (
            cls.env["outsourcing.acceptance"].with_user(cls.user_supervisor).create({"milestone_id": row.id})
        )
        sheet.action_score()
        return sheet.with_env(cls.env)

    @classmethod
    def _create_acceptance(cls):
        """Return an acceptance of works at the contractor's self-check, with witness and third party."""
        cls.works = cls._create_works_contract()
        row = cls.works.milestone_ids.sorted("sequence")[0]
        acceptance = cls.env["outsourcing.acceptance"].with_user(cls.portal_contractor)
        acceptance = acceptance._portal_request(row.with_user(cls.portal_contractor)).with_env(cls.env)
        acceptance.with_user(cls.user_manager).third_party_id = cls.third_party
        acceptance.line_ids._gated().write({"self_result": "pass", "result": "pass"})
        return acceptance

    @classmethod
    def _create_concealed(cls):
        works = getattr(cls, "works", cls.contract.browse()).exists()  # gone with the test that made it
        row = (works or cls._create_works_contract()).milestone_ids.sorted("sequence")[0]
        works = cls.env["outsourcing.concealed.work"].with_user(cls.portal_contractor)
        vals = {"title": "Tile bedding", "location": "Building 3"}
        return works._portal_create(row.with_user(cls.portal_contractor), vals).with_env(cls.env)

    @classmethod
    def _create_deliverable(cls):
        return cls.env["outsourcing.contract.deliverable"].create(
            {"contract_id": cls.contract.id, "name": "Test report", "date_due": cls.today}
        )

    @classmethod
    def _create_order(cls):
        return (
            cls.contract.with_user(cls.user_supervisor)._dispatch_order({"name": "Noise"}).with_env(cls.env)
        )
