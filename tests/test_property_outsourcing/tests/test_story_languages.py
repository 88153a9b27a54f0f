import re
from datetime import timedelta

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.documents_common import PortalDocumentsCommon
from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

CHINESE = re.compile(r"[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
ADDRESS = re.compile(r"https?://\S+")
READ_OUT = ("placeholder", "title", "aria-label", "alt", "data-confirm", "data-label")
BUTTONS = {"submit", "button", "reset"}
# names and signs that are written the same in both languages
FILES = "pdf jpg jpeg png webp heic mp4 mov xlsx word excel csv gps exif"
NEUTRAL = {*FILES.split(), "sla", "pin", "odoo", "https", "http", "cny", "usd", "wechat", "sha"}
LANGUAGES = {"简体中文", "english", "chinese", "simplified"}  # a language is offered by its own name
# documents of add-ons of which this test has none
ABSENT = re.compile(
    r"/outsourcing/(bids|tenders?|evaluations|notices|cards|surveys|satisfaction|vote)/|/photo/|"
    r"/services$|/calendar\.ics$|/message/"  # of owners' representatives, files
)
CORE = ("web", "portal", "http_routing", "mail", "project", "purchase", "account", "auth_signup")


class PortalWords(RepairsFactory, PortalDocumentsCommon):
    """What the contractor reads on every page of the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ended = cls.today.replace(day=1) - timedelta(days=1)
        term = {"date_start": ended - timedelta(days=200), "date_end": ended + timedelta(days=200)}
        framework = cls._create_framework(**term)
        cls._perform(framework, {"MB-01": 2}, ended)
        cls.documents["rollups"] = framework._create_rollups(ended.replace(day=1))
        cls._report_what_is_wrong()
        cls.env["outsourcing.firm.person"]._take(cls.documents["people"])._set_pin("2583")
        cls._evaluate()

    @classmethod
    def _evaluate(cls):
        """A quarter of the contractor, in preview, by the scorecard that is shipped."""
        evaluations = cls.env["outsourcing.evaluation"]
        quarter = evaluations._get_last_quarter(cls.company)
        fact = {"fact_type": "order_limited", "source": cls.contract, "contract": cls.contract}
        cls.env["outsourcing.fact"]._record(
            [{**fact, "date": quarter, "key": f"words:{number}"} for number in range(5)]
        )
        evaluation = evaluations._draw_up(cls.company, quarter, cls.contractor)
        judged = evaluation.line_ids.filtered(lambda line: line.method == "judged")
        judged._gated().write({"points": 80.0, "status": "rated", "note": "Dark"})
        evaluation.with_user(cls.user_manager).action_publish()
        cls.documents["evaluations"] = evaluation

    @classmethod
    def _report_what_is_wrong(cls):
        """A code in a building, and what a resident has reported there, done and to be confirmed."""
        place = cls.env["outsourcing.location"].create(
            {"name": "Building 7", "community_id": cls.community.id, "kind": "building"}
        )
        cls.code = cls.env["outsourcing.complaint.code"]._get_or_create(place)
        values = {
            "problem_id": cls.env.ref("property_outsourcing_complaint.problem_power_dark").id,
            "location_id": place.id,
            "description": "Dark",
            "reporter_ids": [Command.create({"channel": "page"})],
        }
        complaint, _known = (
            cls.env["outsourcing.complaint"].with_user(cls.user_supervisor).create([values, values])
        )
        complaint.action_accept()
        complaint._take_reasoned_step("answer", "Dark")
        complaint._take_reasoned_step("done", "Dark")
        cls.reporter = complaint.sudo().reporter_ids
        cls.reporter._keep_for(cls.portal_contractor)

    def _fill(self, url, value=None):
        if value is None and url.startswith(("/outsourcing/report/", "/outsourcing/complaint/")):
            url = url.replace("<string:code>", self.code.code)
            url = url.replace("<int:reporter_id>", str(self.reporter.id))
            url = url.replace("<string:token>", self.reporter.token)
        if value is None and "/evaluations/" in url:
            lines = self.documents["evaluations"].line_ids.filtered("sample")
            url = url.replace("<int:line_id>", str(lines[:1].id))
        return super()._fill(url, value)

    def _get_texts(self, page):
        """Return what a page shows or reads out: texts, labels, hints and the words on buttons."""
        response = self._page(page)
        if response.status_code == 404:
            self.unread.append(page)
            return set()
        if "text/html" not in response.headers["Content-Type"]:
            return set()  # a file, or what scripts ask for
        self.assertEqual(response.status_code, 200, page)
        root = html.fromstring(response.text)
        for node in root.xpath("//script | //style | //noscript | //head/meta | //svg"):
            node.drop_tree()
        texts = root.xpath("//text()")
        for name in READ_OUT:
            texts += root.xpath(f"//@{name}")
        texts += [node.get("value", "") for node in root.iter("input") if node.get("type") in BUTTONS]
        # an address to copy has no words
        return {" ".join(ADDRESS.sub("", text).split()) for text in texts} - {""}

    def _find_foreign(self, find):
        """Return a dict: page -> its texts with a word that ``find`` (text -> list of words) objects to."""
        self._log_in(self.portal_contractor)
        self.unread = []  # where the contractor has nothing
        pages = [page for page in self._get_pages() if "/file/" not in page]
        self.assertGreater(len(pages), 25)
        found = {page: sorted(text for text in self._get_texts(page) if find(text)) for page in pages}
        unread = [page for page in self.unread if not ABSENT.search(page)]
        self.assertLess(len(unread), 6, unread)
        return {page: texts for page, texts in found.items() if texts}

    def _assert_none(self, found):
        self.assertFalse(found, "\n".join(f"{page}: {texts}" for page, texts in found.items()))


@tagged("post_install", "-at_install")
class TestPortalInEnglish(PortalWords):
    """The contractor's portal in English: not a word of Chinese, the data here being English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.portal_contractor.lang = "en_US"

    def test_no_page_shows_chinese(self):
        self._assert_none(self._find_foreign(lambda text: set(CHINESE.findall(text)) - LANGUAGES))


@tagged("post_install", "-at_install")
class TestPortalInChinese(PortalWords):
    """The contractor's portal in Chinese: English is what people or firms wrote, nothing of ours."""

    @classmethod
    def _set_up_users(cls):
        cls.env["res.lang"]._activate_lang("zh_CN")
        modules = cls.env["ir.module.module"]
        suite = modules.search([("name", "=like", "property_outsourcing%"), ("state", "=", "installed")])
        modules._load_module_terms([*CORE, *suite.mapped("name")], ["zh_CN"])
        cls.env = cls.env(context={**cls.env.context, "lang": "zh_CN"})  # the office works in Chinese
        return super()._set_up_users()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_contractor.lang = "zh_CN"
        names = [cls.checklist.name, *cls.checklist.item_ids.mapped("name")]  # of this test
        written = {word.lower() for name in names for word in ENGLISH.findall(name)}
        cls.data = NEUTRAL | LANGUAGES | written | cls._get_words_of_data()

    @classmethod
    def _get_words_of_data(cls):
        """Return the words people wrote: those in fields that are not translated."""
        words = set()
        for name, model in cls.env.registry.items():
            if not name.startswith(("outsourcing.", "res.", "maintenance.equipment", "project.task")):
                continue
            if model._abstract or model._transient or not model._auto:
                continue
            fields = [field.name for field in model._fields.values() if cls._is_typed(field)]
            rows = cls.env[name].sudo().with_context(active_test=False)
            for row in rows.search_read([], fields, limit=500, order="id desc"):
                words |= {word.lower() for key in fields for word in ENGLISH.findall(str(row[key] or ""))}
        return words

    @classmethod
    def _is_typed(cls, field):
        return field.store and field.type in ("char", "text", "html") and not field.translate

    def test_no_page_shows_english(self):
        def find(text):
            return {word.lower() for word in ENGLISH.findall(text)} - self.data

        self._assert_none(self._find_foreign(find))
