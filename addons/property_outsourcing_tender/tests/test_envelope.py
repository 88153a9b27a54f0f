from itertools import combinations

from cryptography.exceptions import InvalidTag

from odoo.tests import BaseCase, tagged

from ..models.seal.envelope import STEP, WrongPassphrase, make_keys, seal, unseal, unwrap

PASSPHRASES = {7: "horse battery", 8: "staple correct", 9: "violet window"}


@tagged("post_install", "-at_install")
class TestEnvelope(BaseCase):
    """Enough openers open, fewer do not; a changed blob is noticed, its size tells little."""

    def _pick(self, *openers):
        return {opener: PASSPHRASES[opener] for opener in openers}

    def test_any_two_of_three_open(self):
        keys = make_keys(PASSPHRASES, 2)
        blob = seal(bytes.fromhex(keys["public"]), b"our price")
        for pair in combinations(PASSPHRASES, 2):
            self.assertEqual(unseal(unwrap(keys, self._pick(*pair)), blob), b"our price")

    def test_one_alone_or_a_wrong_passphrase_opens_nothing(self):
        keys = make_keys(PASSPHRASES, 2)
        for typed in (self._pick(7), {7: PASSPHRASES[8], 8: PASSPHRASES[7]}, {7: "guess", 8: "guess"}, {}):
            with self.subTest(typed=typed), self.assertRaises(WrongPassphrase):
                unwrap(keys, typed)

    def test_a_changed_blob_is_noticed(self):
        keys = make_keys(PASSPHRASES, 2)
        private = unwrap(keys, self._pick(7, 8))
        blob = seal(bytes.fromhex(keys["public"]), b"our price")
        for place in (0, 40, len(blob) - 1):
            changed = bytearray(blob)
            changed[place] ^= 1
            with self.assertRaises((InvalidTag, ValueError)):
                unseal(private, bytes(changed))
        with self.assertRaises(InvalidTag):
            unseal(private, b"")

    def test_small_and_smaller_look_the_same(self):
        public = bytes.fromhex(make_keys(PASSPHRASES, 2)["public"])
        self.assertEqual(len(seal(public, b"1")), len(seal(public, b"1" * 60000)))
        self.assertNotEqual(seal(public, b"1"), seal(public, b"1"))
        self.assertGreater(len(seal(public, b"1" * STEP)), len(seal(public, b"1")))

    def test_all_but_one_open_where_all_are_agreed(self):
        keys = make_keys(PASSPHRASES, 3)
        self.assertEqual(len(unwrap(keys, self._pick(7, 9))), 32)
