import base64
import os

from cryptography.exceptions import InvalidTag

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf
from odoo.addons.property_outsourcing_portal.tests.common import PortalCommon

from ..models.seal.envelope import pack, seal, unlock, unseal, unwrap
from .tender_common import TenderFactory

SECRET = "Zebra-Quartz-Offer"  # stands in texts, names and contents of files
PRICE = 7123.456789  # as many digits as no moment, duration or amount has by chance
WORDS = {"supervisor": "horse battery", "manager": "staple correct", "third": "violet window"}


@tagged("post_install", "-at_install")
class TestEncryptedTender(TenderFactory, PortalCommon):
    """Not even dump, file store and log know what is offered; openers open together, nobody alone."""

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

    # ---- nothing in clear -------------------------------------------------------------------------------

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

    def test_dump_file_store_and_log_do_not_know_the_offer(self):
        store = self.env["ir.attachment"]._filestore()
        with self.assertLogs("odoo", "DEBUG") as log:
            bid, _salt = self._seal(self.contractor)
            bid.action_submit()
            self.env.flush_all()
        for mark in self._get_marks():
            self.assertFalse([table for table, row in self._dump() if mark in row], mark)
            self.assertFalse([line for line in log.output if mark in line][:1], mark)
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "outsourcing.bid"), ("res_field", "=", "envelope")])
        )
        self.assertTrue(attachments)
        for attachment in attachments:
            self.assertEqual(attachment.mimetype, "application/octet-stream")
            self.assertFalse(attachment.index_content)
            with open(os.path.join(store, attachment.store_fname), "rb") as file:
                self.assertNotIn(SECRET.encode(), file.read())

    def test_a_bid_is_handed_in_by_an_envelope_only(self):
        office = self.portal_contractor
        bid = (
            self.env["outsourcing.bid"].with_user(office)._portal_begin(self.tender.lot_ids.with_user(office))
        )
        with self.assertRefused("The envelope is empty"):
            bid.action_submit()
        with self.assertRefused("Fee of Lot 1: the price is missing.") as caught:
            bid._portal_save({"validity_days": 30}, {}, [])
        self.assertIn("signed letter of tender is missing", str(caught.exception))
        self.assertIn("valid for 90 days", str(caught.exception))

    def test_staff_reads_neither_envelope_nor_wrapped_key(self):
        bids = self._seal_all()
        for user in (self.user_manager, self.user_admin):
            with self.assertRaises(AccessError):  # core's own
                bids[0].with_user(user).read(["envelope"])
            with self.assertRaises(AccessError):  # core's own
                self.tender.with_user(self.user_manager).key_ids.read(["wrapped_key"])
            self.assertFalse(self.env["outsourcing.bid"].with_user(user).search([]))

    # ---- opening ----------------------------------------------------------------------------------------

    def test_two_openers_open_and_the_prices_wait(self):
        bids = self._seal_all()
        self._open_with(self._type(self.user_manager, self.user_supervisor))
        self.assertEqual(set(bids.sudo().mapped("hash_state")), {"same"})
        self.assertEqual(bids[0].sudo().plan, SECRET)
        self.assertEqual(
            (self.tender.opener_id, self.tender.second_opener_id), (self.user_supervisor, self.user_manager)
        )
        self.assertFalse(self.env["outsourcing.bid.line"].with_user(self.user_manager).search([]))
        self.tender.with_user(self.user_manager).action_evaluate()
        self.assertEqual(bids[0].sudo().amount_total, round(PRICE * 12, 2))
        self.assertIn(f"{SECRET}.pdf", bids[0].sudo().file_ids.mapped("name"))

    def test_files_are_read_out_of_the_envelope_by_whom_it_concerns(self):
        bids = self._seal_all()
        self._open_with(self._type(self.user_manager, self.user_supervisor))
        letter = bids[0].sudo().file_ids.filtered(lambda file: file.kind == "letter")
        price = bids[0].sudo().file_ids - letter
        expected = make_pdf() + SECRET.encode()
        self.assertEqual(letter._read_inside(), {letter: expected})
        shown = letter.with_user(self.user_manager)
        self.assertEqual(base64.b64decode(shown.content), expected)
        [listed] = shown.with_context(bin_size=True).read(["content"])
        self.assertEqual(listed["content"], b"%.2f bytes" % len(expected))
        path = "/web/content/outsourcing.bid.file/%s/content"
        self.assertEqual(self._page(path % letter.id, self.user_manager).content, expected)
        self.assertNotEqual(self._page(path % price.id).status_code, 200)
        own = f"/my/outsourcing/bids/{bids[0].id}/files/{letter.id}"
        self.assertEqual(self._page(own, self.portal_contractor).content, expected)
        self.assertEqual(self._page(own, self.portal_competitor).status_code, 404)

    def test_what_was_not_opened_stays_sealed_in_a_dump_made_after_the_opening(self):
        replaced = self._seal(self.contractor, 7300.0)[0]
        replaced.action_submit()
        bids = self._seal_all()
        self._open_with(self._type(self.user_manager, self.user_supervisor))
        self.assertEqual((replaced.sudo().state, replaced.sudo().envelope_key), ("withdrawn", False))
        keys = self.tender.sudo().key_ids.wrapped_key
        private = unwrap(
            keys, {user.id: self.words[user] for user in (self.user_manager, self.user_supervisor)}
        )
        self.assertFalse([table for table, row in self._dump() if private.hex() in row])
        for bid in bids.sudo():
            key, [blob] = bytes.fromhex(bid.envelope_key), bid._map_envelopes().values()
            self.assertEqual(unlock(key, blob.raw), unseal(private, blob.raw))
            with self.assertRaises(InvalidTag):
                unlock(key, replaced.sudo()._map_envelopes()[replaced.sudo()].raw)

    def test_an_update_gives_each_opened_bid_its_key_and_a_lost_envelope_stops_nobody(self):
        bids = self._seal_all().sudo()
        openers = (self.user_manager, self.user_supervisor)
        self._open_with(self._type(*openers))
        lost, *kept = bids
        keys = [bid.envelope_key for bid in kept]
        words = {user.id: self.words[user] for user in openers}
        private = unwrap(self.tender.sudo().key_ids.wrapped_key, words).hex()
        bids._gated().write({"envelope_key": False})
        [envelope] = lost._map_envelopes().values()
        self.env.flush_all()
        self.env.cr.execute("UPDATE ir_attachment SET store_fname = '00/lost' WHERE id = %s", [envelope.id])
        self.env.invalidate_all()
        self.env.cr.execute("ALTER TABLE outsourcing_tender_key ADD COLUMN opened_key varchar")
        self.env.cr.execute("UPDATE outsourcing_tender_key SET opened_key = %s", [private])
        path = file_path("property_outsourcing_tender/migrations/19.0.1.2.0/post-keys.py")
        with self.assertLogs("odoo.upgrade", "WARNING"):
            load_script(path, "odoo.upgrade.keys").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual([bid.envelope_key for bid in kept], keys)
        self.assertFalse(lost.envelope_key)

    def test_one_opener_or_none_opens_nothing(self):
        self._seal_all()
        with self.assertRefused("You and another opener type your passphrases.", AccessError):
            self._open_with(self._type(self.user_manager))
        with self.assertRefused("You and another opener type your passphrases.", AccessError):
            self._open_with(self._type(self.user_supervisor, self.user_admin))
        with self._after_deadline(self.tender):
            self.tender.with_user(self.user_supervisor).action_ready_to_open()
            for context in ({}, {"outsourcing_key_in_hand": True}):
                with self.assertRefused("opened with the passphrases of the openers"):
                    self.tender.with_user(self.user_manager).with_context(**context).action_open()
        self.assertEqual(self.tender.state, "published")

    def test_nobody_opens_early(self):
        self._seal_all()
        with self.assertRefused("The bids are opened on "):
            self.tender.with_user(self.user_manager)._open_with(
                self._type(self.user_manager, self.user_supervisor)
            )

    def test_wrong_tries_are_counted_though_refused(self):
        self._seal_all()
        attempts = self.env["outsourcing.opening.attempt"].sudo()
        before = attempts.search_count([("tender_ref", "=", self.tender.id)])
        sentence = "no refusal"
        try:  # assertRefused would roll back what a connection of its own commits outside of tests
            self._open_with({**self._type(self.user_manager), self.user_supervisor: "a wrong guess"})
        except UserError as error:
            sentence = str(error)
        self.assertIn("A passphrase is wrong, or too few openers typed theirs.", sentence)
        self.env.invalidate_all()
        self.assertEqual(attempts.search_count([("tender_ref", "=", self.tender.id)]), before + 1)
        attempts.create(
            [
                {"tender_ref": self.tender.id, "user_ref": 1, "date": self.tender.date_deadline}
                for _number in range(10)
            ]
        )
        with self.assertRefused("Too many passphrases were wrong."):
            self._open_with(self._type(self.user_manager, self.user_supervisor))

    def test_an_edited_envelope_is_excluded_with_the_reason(self):
        bids = self._seal_all()
        blob = bytearray(base64.b64decode(bids[0].sudo().with_context(bin_size=False).envelope))
        blob[-1] ^= 1
        bids[0].sudo()._gated().envelope = base64.b64encode(bytes(blob))
        self._open_with(self._type(self.user_manager, self.user_supervisor))
        self.assertEqual((bids[0].sudo().state, bids[0].sudo().hash_state), ("disqualified", "changed"))
        self.assertEqual(set((bids - bids[0]).sudo().mapped("state")), {"opened"})

    def test_a_price_that_cannot_be_kept_is_not_sealed(self):
        with self.assertRefused("has more than 6 decimal places"):
            self._seal(self.contractor, 7000.1234567)
        with self.assertRefused("is too large"):
            self._seal(self.contractor, float("nan"))

    def test_one_envelope_nobody_can_read_keeps_no_other_closed(self):
        bids = self._seal_all()
        key = bytes.fromhex(self.tender.sudo().key_ids.public_key)
        for content in (
            b"no json",
            pack({"vals": {}, "prices": {"1": "x"}, "files": [["?"]]}, []),
            pack({"vals": {}, "prices": {}, "files": [["letter", "too long.pdf", 10**9]]}, []),
        ):
            bids[0].sudo()._gated().envelope = base64.b64encode(seal(key, content))
            with self.subTest(content=content), self.env.cr.savepoint() as savepoint:
                self._open_with(self._type(self.user_manager, self.user_supervisor))
                self.assertEqual(bids[0].sudo().state, "disqualified")
                self.assertEqual(set((bids - bids[0]).sudo().mapped("state")), {"opened"})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_only_who_typed_the_right_passphrase_has_opened(self):
        self.tender.sudo().key_ids.need = 3
        self._seal_all()
        words = self._type(self.user_manager, self.user_supervisor, self.user_admin)
        for wrong in ({self.user_admin: "a wrong guess"}, {self.user_finance: "no opener at all"}):
            with self.subTest(wrong=wrong), self.assertRefused("A passphrase is wrong"):
                self._open_with({**words, **wrong})
        self.assertEqual(self.tender.state, "published")

    def test_a_recovery_leaves_a_trace(self):
        self.tender.sudo().key_ids.need = 3
        self._seal_all()
        self._open_with(self._type(self.user_manager, self.user_supervisor))
        self.assertIn("This was a recovery: 3 openers were agreed.", self.tender.sudo().message_ids[0].body)

    # ---- keys -------------------------------------------------------------------------------------------

    def test_without_passphrases_an_encrypted_tender_is_not_published(self):
        tender = self._create_tender(seal_mode="encrypted")
        with self.assertRefused("The openers have to set their passphrases first."):
            tender.action_publish()
        for words, sentence in (
            ({self.user_manager: "long enough one"}, "Two to 7 openers"),
            ({self.user_manager: "short", self.user_supervisor: "long enough"}, "of 10 characters or more"),
            (
                {self.user_manager: "the same word", self.user_supervisor: "the same word"},
                "an own passphrase",
            ),
            (
                {self.user_manager: "long enough one", self.portal_third: "long enough two"},
                "people of the house",
            ),
        ):
            with self.subTest(sentence=sentence), self.assertRefused(sentence):
                tender._make_keys(words, 2)

    def test_keys_are_set_and_used_over_one_request_each(self):
        tender = self._create_tender(seal_mode="encrypted")
        path = f"/outsourcing/tender/{tender.id}/keys"
        form = {"need": "2"}
        for number, (user, text) in enumerate(self.words.items(), start=1):
            form |= {f"opener_{number}": str(user.id), f"passphrase_{number}": text}
        self.assertEqual(self._page(path, self.portal_competitor).status_code, 404)
        self.assertEqual(self._send(path, form, user=self.portal_competitor).status_code, 404)
        self.assertIn("Passphrase", self._page(path, self.user_manager).text)
        self.assertIn("You are not the person", self._send(path, form, user=self.user_supervisor).text)
        self.assertFalse(tender.sudo().key_ids)
        self._send(path, form, user=self.user_manager, allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual(len(tender.sudo().key_ids.opener_ids), 3)
        page = self._send(f"/outsourcing/tender/{self.tender.id}/open", form, user=self.user_manager)
        self.assertIn("The bids are opened on ", page.text)
        self.assertGreater(self.tender.date_deadline, fields.Datetime.now())

    def _post_openers(self, *users, **wrong):
        """Post the page of the opening as the manager; ``wrong`` replaces passphrases of rows."""
        form = {}
        for number, user in enumerate(users, start=1):
            form |= {f"opener_{number}": str(user.id), f"passphrase_{number}": self.words[user]}
        path = f"/outsourcing/tender/{self.tender.id}/open"
        answer = self._send(path, form | wrong, user=self.user_manager, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def _let_the_deadline_pass(self):
        now = fields.Datetime.now()
        self.tender.sudo()._gated().write({"date_deadline": now, "date_opening": now})
        self.env.flush_all()

    def test_the_page_opens_the_bids_by_two_of_three_passphrases(self):
        bids = self._seal_all()
        self._let_the_deadline_pass()
        attempts, counted = self.env["outsourcing.opening.attempt"], []
        # the savepoint of the request would take with it what another connection commits outside of tests
        self.patch(type(attempts), "_record", lambda _self, tender, user: counted.append((tender, user)))
        openers = (self.user_manager, self.user_supervisor)
        answer = self._post_openers(*openers, passphrase_2="a wrong guess")
        self.assertIn("A passphrase is wrong, or too few openers typed theirs.", answer.text)
        self.assertNotIn("a wrong guess", answer.text)
        self.assertEqual(counted, [(self.tender, self.user_manager)])
        self.assertEqual(self.tender.state, "published")
        answer = self._post_openers(*openers)
        self.assertEqual((answer.status_code, self.tender.state), (303, "opened"))
        shown = bids.with_user(self.user_manager)
        self.assertEqual(set(shown.mapped("hash_state")), {"same"})
        self.assertEqual(shown.mapped("plan"), [SECRET] * 3)
        self.assertFalse(self.env["outsourcing.bid.line"].with_user(self.user_manager).search([]))
