import re
from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.documents_common import PortalDocumentsCommon
from odoo.addons.property_outsourcing_repairs.tests.repairs_common import RepairsFactory

from .portal_stories import PortalStories

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
    r"/services$|/ratings|/calendar\.ics$|/message/"  # of owners' representatives, files
)
HAN, MEASURE = r"\u3400-\u9fff", "天|条|分|项|次|份|个|台|元"
# what tells a Chinese reader that a foreigner has set the page
BADLY_SET = re.compile(
    rf"[{HAN}] ?\(|\) ?[{HAN}]|\([^()]*[{HAN}][^()]*[)）]"  # brackets
    rf"|[{HAN}][,;:!?](?!//)|[：，；。] +\S|\S +[，；。）]"  # commas and colons
    rf"|\d +(?:{MEASURE})|\d +%|[¥￥] +\d"  # gaps
)
OTHER_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\d年\d+月")
MONEY = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{2}\b")
# a calculation stands below its amount, which names the currency
BESIDE = (
    "self::*[contains(@class, 'oe_currency_value')]"
    " | ancestor::*[contains(@class, 'o_outsourcing_line')]//*[contains(@class, 'oe_currency_value')]"
)
SIGNED_TEXT = re.compile(r"/amendments/\d")  # the words both parties signed name days as no language does
SYMBOL = re.compile(r"[¥￥$€]|[A-Z]{3}")
CORE = ("web", "portal", "http_routing", "mail", "project", "purchase", "account", "auth_signup")


class PortalWords(PortalStories, RepairsFactory, PortalDocumentsCommon):
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
        cls.documents["evaluations"] = cls._evaluate()

    def _fill(self, url, value=None):
        if value is None and url.startswith(("/outsourcing/report/", "/outsourcing/complaint/")):
            url = url.replace("<string:code>", self.code.code)
            url = url.replace("<int:reporter_id>", str(self.reporter.id))
            url = url.replace("<string:token>", self.reporter.token)
        if value is None and "/evaluations/" in url:
            lines = self.documents["evaluations"].line_ids.filtered("sample")
            url = url.replace("<int:line_id>", str(lines[:1].id))
        return super()._fill(url, value)

    def _read(self, page):
        """Return the tree of a page without what nobody reads, None for a file or where nothing is."""
        response = self._page(page)
        if response.status_code == 404:
            self.unread.append(page)
            return None
        if "text/html" not in response.headers["Content-Type"]:
            return None  # a file, or what scripts ask for
        self.assertEqual(response.status_code, 200, page)
        root = html.fromstring(response.text)
        for node in root.xpath("//script | //style | //noscript | //head/meta | //svg"):
            node.drop_tree()
        return root

    def _get_texts(self, page):
        """Return what a page shows or reads out: texts, labels, hints and the words on buttons."""
        root = self._read(page)
        if root is None:
            return set()
        texts = root.xpath("//text()")
        for name in READ_OUT:
            texts += root.xpath(f"//@{name}")
        texts += [node.get("value", "") for node in root.iter("input") if node.get("type") in BUTTONS]
        # an address to copy has no words
        return {" ".join(ADDRESS.sub("", text).split()) for text in texts} - {""}

    def _find_foreign(self, find, read=None):
        """Return a dict: page -> its texts with a word that ``find`` (text -> list of words) objects to.

        :param read: returns the texts of a page, as :meth:`_get_texts` does
        """
        read = read or self._get_texts
        self._log_in(self.portal_contractor)
        self.unread = []  # where the contractor has nothing
        pages = [page for page in self._get_pages() if "/file/" not in page]
        self.assertGreater(len(pages), 25)
        found = {page: sorted(text for text in read(page) if find(text)) for page in pages}
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
class TestPortalFigures(PortalWords):
    """Days are written as the reader's language is set to write them, money with its currency."""

    @classmethod
    def _set_up_users(cls):
        cls.env["res.lang"]._lang_get("en_US").date_format = "%d.%m.%Y"  # nobody writes it by hand
        return super()._set_up_users()

    def _get_figures(self, page):
        """Return the texts of a page that show a day of another format, or money without its currency."""
        root = None if SIGNED_TEXT.search(page) else self._read(page)
        if root is None:
            return set()
        found = set()
        for node in root.xpath("//body//*[not(self::textarea)]/text()"):
            parent = node.getparent() if not node.is_tail else node.getparent().getparent()
            text = " ".join(ADDRESS.sub("", node).split())
            if OTHER_DAY.search(text):
                found.add(text)
            if MONEY.search(text) and not SYMBOL.search(text) and not parent.xpath(BESIDE):
                found.add(text)
        return found

    def test_days_and_money_are_written_one_way(self):
        self._assert_none(self._find_foreign(bool, self._get_figures))


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

    def test_brackets_commas_and_gaps_are_chinese(self):
        def read(page):
            root = self._read(page)
            texts = root.xpath("//body//*[not(self::textarea)]/text()") if root is not None else ()
            return {" ".join(ADDRESS.sub("", text).split()) for text in texts}

        self._assert_none(self._find_foreign(BADLY_SET.search, read))
