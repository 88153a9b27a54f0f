import json
import re
from collections import Counter
from importlib.resources import files
from urllib.parse import urlsplit

from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.phone_browser import PhoneCase
from odoo.addons.property_outsourcing_tender.tests.tender_common import TenderFactory

from .portal_stories import PortalStories

LINKS = "return [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))"
NO_PAGE = re.compile(r"/messages/\d|/(file|thumb|pdf|xlsx|download|print)\b|/\d+/files/|\.(pdf|xlsx|ics)$")
CHECK = """
    document.querySelectorAll("details").forEach((details) => (details.open = true));
    const found = (await axe.run(document, { resultTypes: ["violations"] })).violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
    const seen = (el) => el.getBoundingClientRect().width && getComputedStyle(el).visibility !== "hidden";
    const page = document.querySelectorAll(".o_outsourcing, .o_outsourcing_nav");
    for (const root of page) {
        const touched = "button, select, summary, label.btn, a.btn, .page-link, textarea";
        for (const el of root.querySelectorAll(touched)) {
            const box = el.getBoundingClientRect();
            if (seen(el) && (box.height < 43.5 || box.width < 43.5)) {
                found.push(`a thumb needs 44 px: ${el.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`);
            }
        }
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const el = walker.currentNode.parentElement;
            const least = el.closest(".badge, .o_outsourcing_nav") ? 13 : 14;
            const size = parseFloat(getComputedStyle(el).fontSize);
            if (walker.currentNode.textContent.trim() && seen(el) && size < least) {
                found.push(`too small, ${size} px: ${el.outerHTML.slice(0, 120)}`);
            }
        }
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) {
        found.push("wider than the phone");
    }
    return found;
"""


@tagged("post_install", "-at_install")
class TestPortalEase(TenderFactory, PortalStories, PhoneCase):
    """Every page of the portal is read by eyes of 55, touched by a thumb and told by a screen reader."""

    def _create_documents(self):
        self._create_inspection()
        self._start_inspection()
        self._create_defect()
        self._create_adjustment()
        self._create_score()
        self._create_acceptance()
        self._create_concealed()
        self._create_deliverable()
        self._create_order()
        logs = self.env["outsourcing.site.log"].with_user(self.portal_contractor)
        log = logs._portal_create(self.contract.with_user(self.portal_contractor), {"headcount": 2})
        log._portal_add_evidence([self._photo()], "before")

    def _find_problems(self, phone, path):
        phone.browser.navigate_to(f"{self.base_url()}{path}")
        phone.wait(f"location.pathname === {json.dumps(path)} && document.readyState === 'complete'")
        phone.run(f"{(files('axe_core_python') / 'axe.min.js').read_text()}; window.axe = axe;")
        return phone.run(CHECK)

    def _walk(self, user):
        """Return what is wrong on each page that ``user`` reaches from the first one, two of a kind."""
        problems, paths, seen, kinds = {}, ["/my/outsourcing"], set(), Counter()
        with self._open_phone("/my/outsourcing", user) as phone:
            while paths:
                path = paths.pop(0)
                kind = re.sub(r"\d+", "N", path)
                if path in seen or kinds[kind] > 1 or NO_PAGE.search(path):
                    continue
                seen.add(path)
                kinds[kind] += 1
                if found := self._find_problems(phone, path):
                    problems[path] = found
                paths += [
                    urlsplit(link).path for link in phone.run(LINKS) if link.startswith("/my/outsourcing")
                ]
        self.assertGreater(len(kinds), 3)
        return problems, kinds

    def test_every_page_of_a_contractor(self):
        self._create_documents()
        problems, kinds = self._walk(self.portal_contractor)
        self.assertFalse(problems, json.dumps(problems, indent=1, ensure_ascii=False))
        for section in ("inspections", "logs", "orders", "acceptances", "scores", "contracts"):
            self.assertIn(f"/my/outsourcing/{section}/N", kinds)

    def test_every_page_of_who_looks_after_the_people(self):
        people = self.env["outsourcing.firm.person"]
        people._take(self.portal_contractor.partner_id).is_admin = True
        people._take(self._create_contact("Helper", self.contractor))._set_pin("2583")
        self._create_order()
        problems, kinds = self._walk(self.portal_contractor)
        self.assertFalse(problems, json.dumps(problems, indent=1, ensure_ascii=False))
        for page in ("people", "people/N", "performer", "orders/N"):
            self.assertIn(f"/my/outsourcing/{page}", kinds)

    def test_every_page_of_an_owners_representative(self):
        self._create_documents()
        self._create_order().with_user(self.user_supervisor)._close_orders("Seen on site")
        self._report_what_is_wrong()
        problems, kinds = self._walk(self.portal_representative)
        self.assertFalse(problems, json.dumps(problems, indent=1, ensure_ascii=False))
        for page in ("ratings", "ratings/orders/N", "reports", "services", "defects/new"):
            self.assertIn(f"/my/outsourcing/{page}", kinds)

    def test_every_page_of_tenders_evaluations_and_reports(self):
        self._set_up_bidders()
        tender = self._publish(self._create_tender())
        self._draft_bid(tender, self.contractor)
        self._evaluate()
        problems, kinds = self._walk(self.portal_contractor)
        self.assertFalse(problems, json.dumps(problems, indent=1, ensure_ascii=False))
        for page in ("tenders/N", "bids/N", "evaluations/N", "messages"):
            self.assertIn(f"/my/outsourcing/{page}", kinds)

    def test_the_pages_of_residents_without_a_login(self):
        self._report_what_is_wrong()
        paths = [f"/outsourcing/report/{self.code.code}", self.reporter._get_path(self.reporter.token)]
        with self._open_phone(paths[0], None) as phone:
            problems = {path: found for path in paths if (found := self._find_problems(phone, path))}
        self.assertFalse(problems, json.dumps(problems, indent=1, ensure_ascii=False))
