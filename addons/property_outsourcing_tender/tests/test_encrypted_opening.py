import base64

from cryptography.exceptions import InvalidTag

from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from ..models.seal.envelope import pack, seal, unlock, unseal, unwrap
from .encrypted_common import PRICE, SECRET, EncryptedCommon


@tagged("post_install", "-at_install")
class TestEncryptedOpening(EncryptedCommon):
    """Openers open together and nobody alone; an envelope nobody can read stops no other."""

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
