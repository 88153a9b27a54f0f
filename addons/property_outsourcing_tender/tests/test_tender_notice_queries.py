import re
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .tender_common import TenderFactory

BASE = "/outsourcing/notices"
MOST = 12  # half of it core asks for any page of a visitor without a login; core's own home page asks for 17


@tagged("post_install", "-at_install")
class TestTenderNoticeQueries(TenderFactory, PortalCommon):
    """A notice that everybody opens at once is read in one go, and stays what the records say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.few, cls.many = cls._announce(1), cls._announce(6)
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["outsourcing.invitation"]), "_get_lang", lambda self: "en_US")
        self._log_in(None)

    @classmethod
    def _announce(cls, count):
        """Return a public tender with ``count`` of everything that a notice shows."""
        tender = cls._create_tender("public", **cls._prepare_parts(count))
        papers = [cls._attach_scan(tender) for _n in range(count)]
        tender.attachment_ids = papers[0].union(*papers)
        now = fields.Datetime.now()
        tender._gated().write({"state": "published", "date_published": now})
        asked = {"tender_id": tender.id, "date": now, "text": "How many?", "state": "answered"}
        for number in range(1, count + 1):
            cls._add_addendum(tender, number)
            answer = {**asked, "number": number, "answer": f"As many as {number}."}
            cls.env["outsourcing.tender.question"]._gated().create(answer)
        return tender

    @classmethod
    def _prepare_parts(cls, count):
        numbers = range(1, count + 1)
        kinds = cls.env["outsourcing.document.type"].search([], limit=count)
        places = cls.env["outsourcing.community"].create(
            [{"name": f"Garden {n}", "company_id": cls.company.id} for n in numbers]
        )
        rule = {"trigger": "manual", "basis": "fixed", "amount": 50.0}
        amounts = {"ceiling": 95000.0, "bid_bond": 10.0}
        standards = [Command.create({"code": f"GB {n}", "name": f"Standard {n}"}) for n in numbers]
        return {
            "factors": [(f"Factor {n}", "technical", 5) for n in numbers] + [("Price", "price", 60)],
            "lot_ids": [cls._prepare_lot(f"Lot {n}", 90000.0, **amounts) for n in numbers],
            "community_ids": [Command.set(places.ids)],
            "required_document_type_ids": [Command.set(kinds.ids)],
            "sla_ids": [Command.create({"priority": "p1", "hours": n}) for n in numbers],
            "rule_ids": [Command.create({"name": f"Clause {n}", **rule}) for n in numbers]
            + [Command.create({"name": "Clause nobody uses", "active": False, **rule})],
            "standard_ids": standards,
        }

    @classmethod
    def _add_addendum(cls, tender, number, text="Thirteen visits"):
        vals = {"tender_id": tender.id, "text": text, "number": number}
        addendum = cls.env["outsourcing.tender.addendum"]._gated().create(vals)
        now = fields.Datetime.now()
        days = {"date_issued": now, "date_deadline": tender.date_deadline + timedelta(days=number)}
        addendum._gated().write({"attachment_ids": [Command.set(cls._attach_scan(addendum).ids)]})
        addendum._gated().write({"state": "issued", **days})
        return addendum

    def _read(self, tender):
        text = self._page(f"{BASE}/{tender.id}").text
        return re.sub(r"csrf_token: \"\w+\"", "", text)

    def test_a_long_notice_costs_what_a_short_one_does(self):
        few, many = (self._count_page_queries(f"{BASE}/{tender.id}") for tender in (self.few, self.many))
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, MOST)

    def test_the_page_is_the_same_as_if_it_were_read_bit_by_bit(self):
        page = self._read(self.many)
        for text in ("Garden 6", "Lot 6", "Factor 6", "Clause 6", "GB 6", "Addendum 6", "As many as 6."):
            self.assertIn(text, page)
        self.assertNotIn("Clause nobody uses", page)
        self.patch(type(self.many), "_fetch_notice", lambda self: self)
        self.assertEqual(self._read(self.many), page)

    def test_every_part_is_read_as_it_is_stored_in_every_language(self):
        tender = self.many.sudo()
        tender.way_id.with_context(lang="zh_CN").name = "公开"
        for lines in (tender.rule_ids, tender.standard_ids):
            lines._gated().with_context(lang="zh_CN").write({"name": "约定"})
        tender.lot_ids._gated().write({"contractor_id": self.contractor.id})
        self.env.flush_all()
        for lang in ("en_US", "zh_CN"):
            for path, names in tender._get_notice_parts().items():
                with self.subTest(lang=lang, path=path):
                    self.env.invalidate_all()
                    stored = tender.with_context(lang=lang).mapped(path).read(names, load=None)
                    self.assertTrue(stored)
                    self.env.invalidate_all()
                    fetched = tender.with_context(lang=lang)._fetch_notice()
                    self.assertEqual(fetched.mapped(path).read(names, load=None), stored)

    def test_what_is_not_written_yet_is_not_read_over(self):
        tender = self.many.sudo()
        tender.lot_ids[0]._gated().name = "Lot A"
        self.assertEqual(tender._fetch_notice().lot_ids[0].name, "Lot A")

    def test_what_changes_is_shown_at_once(self):
        self._read(self.many)
        self._add_addendum(self.many, 7, "Fourteen visits")
        self.many._gated().write({"date_deadline": "2027-03-01 09:00:00", "state": "cancelled"})
        self.many.lot_ids[0]._gated().name = "Lot of the tower"
        self.env.flush_all()
        page = self._read(self.many)
        for text in ("Fourteen visits", "Addendum 7", "2027-03-01", "Cancelled", "Lot of the tower"):
            self.assertIn(text, page)
        self.assertNotIn("Log in and bid", page)
