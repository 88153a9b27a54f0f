import os

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .encrypted_common import SECRET, EncryptedCommon


@tagged("post_install", "-at_install")
class TestEncryptedTender(EncryptedCommon):
    """Not even dump, file store and log know what is offered; keys come of passphrases alone."""

    # ---- nothing in clear -------------------------------------------------------------------------------

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
