import re

from odoo.tests import HttpCase

from odoo.addons.property_outsourcing.tests.evidence_common import make_photo

from .complaint_common import ComplaintCommon

TIMEOUT = 120  # the first page of a database builds its assets
SUM = re.compile(r"(\d+) \+ (\d+) = \?")
STAMP = re.compile(r'name="stamp" value="([0-9a-f-]+)"')


class PageCommon(ComplaintCommon, HttpCase):
    """Residents with a phone in their hand, and nothing else: no login, no session."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.lang = "en_US"
        cls.classPatch(cls.registry["outsourcing.invitation"], "_get_lang", lambda self: "en_US")
        codes = cls.env["outsourcing.complaint.code"].with_user(cls.user_supervisor)
        cls.code = codes._get_or_create(cls.elevator.with_user(cls.user_supervisor)).with_env(cls.env)
        cls.url = f"/outsourcing/report/{cls.code.code}"

    def _open(self, url=None):
        self.authenticate(None, None)
        return self.url_open(url or self.url, timeout=TIMEOUT)

    def _post(self, url, data=None, files=None):
        """Post as a phone that keeps no cookie: no session and no csrf token."""
        self.authenticate(None, None)
        return self.url_open(url, data=data or {"x": "1"}, files=files, timeout=TIMEOUT, method="POST")

    def _fill_in(self, page=None, **vals):
        """Return what the form of ``page`` sends once it is filled in."""
        page = self._open() if page is None else page  # a refusal is false
        text = page.text
        first, second = SUM.search(text).groups()
        return {
            "stamp": STAMP.findall(text)[-1],
            "answer": str(int(first) + int(second)),
            "kind": "repair",
            "problem_id": str(self.stuck.id),
            "description": "Dark and still",
            **vals,
        }

    def _send(self, files=None, **vals):
        """Fill in the page and send it; return the response, which has followed to the report."""
        return self._post(f"{self.url}/send", self._fill_in(**vals), files)

    def _complaints(self):
        return self.env["outsourcing.complaint"].search([("channel", "=", "page")])

    @classmethod
    def _photo(cls, color="red"):
        return ("files", ("IMG_wang.jpg", make_photo(color=color), "image/jpeg"))

    def _path(self, response):
        return response.url.partition("/outsourcing/")[2]
