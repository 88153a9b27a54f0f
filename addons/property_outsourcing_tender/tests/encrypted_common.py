import base64

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf
from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from .tender_common import TenderFactory

SECRET = "Zebra-Quartz-Offer"  # stands in texts, names and contents of files
PRICE = 7123.456789  # as many digits as no moment, duration or amount has by chance
WORDS = {"supervisor": "horse battery", "manager": "staple correct", "third": "violet window"}


class EncryptedCommon(TenderFactory, PortalCommon):
    """A published tender whose bids three passphrases seal, two of which open them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_bidders()
        cls.tender = cls._create_tender(seal_mode="encrypted")
        cls.words = {
            cls.user_supervisor: WORDS["supervisor"],
            cls.user_manager: WORDS["manager"],
            cls.user_admin: WORDS["third"],
        }
        cls.tender.with_user(cls.user_manager)._make_keys(cls.words, 2)
        cls._publish(cls.tender)

    def _seal(self, firm, price=PRICE):
        office = self.offices[firm]
        lot = self.tender.lot_ids.with_user(office)
        bid = self.env["outsourcing.bid"].with_user(office)._portal_begin(lot)
        prices = dict.fromkeys(lot.sudo().item_ids.ids, price)
        pdf = make_pdf() + SECRET.encode()
        files = [("letter", f"{SECRET}.pdf", pdf), ("price", "p.pdf", pdf)]
        vals = {"plan": SECRET, "validity_days": 90, "tax_rate": 6.0}
        salt = bid._portal_save(vals, prices, files)
        self.env.flush_all()
        self.env.invalidate_all()
        return bid, salt

    def _seal_all(self):
        prices = (PRICE, 7200.0, 7500.0)
        bids = [self._seal(firm, price)[0] for firm, price in zip(self.firms, prices, strict=True)]
        for bid in bids:
            bid.action_submit()
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["outsourcing.bid"].union(*bids)

    def _type(self, *users):
        return {user: self.words[user] for user in users}

    def _open_with(self, words, user=None):
        with self._after_deadline(self.tender):
            self.tender.with_user(user or self.user_manager)._open_with(words)
        self.env.flush_all()
        self.env.invalidate_all()

    def _dump(self):
        """Return all rows of all tables as text, as a dump of the database has them."""
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(f'SELECT t::text FROM "{table}" t')  # pylint: disable=sql-injection
            for (row,) in self.env.cr.fetchall():
                yield table, row

    def _get_marks(self):
        encoded = base64.b64encode(SECRET.encode()).decode()[:20]
        return (SECRET, str(PRICE), SECRET.encode().hex(), encoded)
