import os
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .evidence_common import make_photo
from .evidence_document_common import TAKEN, EvidenceCommon


@tagged("post_install", "-at_install")
class TestEvidenceChain(EvidenceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        colors = ("red", "green", "blue")
        files = [(f"{color}.jpg", make_photo(color=color, exif_date=TAKEN)) for color in colors]
        cls.rows = cls.contract.with_user(cls.portal_contractor)._add_evidence(files).with_env(cls.env)
        cls.chain = cls.rows.chain_id
        cls.contract._seal_evidence()

    def _tamper(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()
        return self.chain._verify()

    def test_contract_owns_one_chain(self):
        self.assertEqual(len(self.chain), 1)
        self.assertEqual((self.chain.res_model, self.chain.res_id), (self.contract._name, self.contract.id))

    def test_sealing_links_in_order_of_arrival(self):
        self.assertEqual(self.rows.mapped("seq"), [1, 2, 3])
        self.assertEqual(self.rows[1].prev_hash, self.rows[0].hash)
        self.assertEqual((self.chain.head_seq, self.chain.head_hash), (3, self.rows[2].hash))
        self.assertFalse(self.chain._verify())

    def test_sealing_again_adds_only_what_is_new(self):
        head = self.chain.head_hash
        self.assertEqual(self.chain._seal(), 0)
        row = self._add([("new.jpg", make_photo(color="white"))]).sudo()
        self.assertEqual(self.chain._seal(), 1)
        self.assertEqual((row.seq, row.prev_hash), (4, head))
        self.assertFalse(self.chain._verify())

    def test_every_covered_field_is_checked(self):
        changes = {
            "caption": "later",
            "phase": "after",
            "name": "other.jpg",
            "exif_text": "2020:01:01 00:00:00",
            "latitude": 1.5,
            "author_id": self.user_manager.id,
            "date_received": "2020-01-01 00:00:00",
            "is_paper": True,
            "performer_id": self.performer.id,
            "sha256": "0" * 64,
            "contract_id": None,
        }
        for name, value in changes.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                query = f"UPDATE outsourcing_evidence SET {name} = %s WHERE id = %s"  # noqa: S608
                problems = self._tamper(query, value, self.rows[1].id)
                self.assertTrue(problems)
                self.assertIn("link 2", problems[0])
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertFalse(self.chain._verify())

    def test_changed_bytes_are_seen(self):
        path = self.env["ir.attachment"]._full_path(self.rows[0].attachment_id.store_fname)
        with open(path, "rb") as file:
            original = file.read()
        try:
            with open(path, "r+b") as file:
                file.seek(200)
                file.write(b"\x00\x01\x02")
            problems = self.chain._verify()
            os.rename(path, f"{path}.away")
            missing = self.chain._verify()
        finally:
            with open(path, "wb") as file:
                file.write(original)
            os.remove(f"{path}.away")
        self.assertEqual(len(problems), 1)
        self.assertIn("its file was changed", problems[0])
        self.assertIn("its file is gone", missing[0])
        self.assertFalse(self.chain._verify())

    def test_swapped_file_is_seen(self):
        problems = self._tamper(
            "UPDATE ir_attachment a SET store_fname = b.store_fname FROM ir_attachment b"
            " WHERE a.id = %s AND b.id = %s",
            self.rows[0].attachment_id.id,
            self.rows[1].attachment_id.id,
        )
        self.assertIn("its file was changed", problems[0])

    def test_moved_file_is_seen(self):
        query = "UPDATE ir_attachment SET res_model = 'res.partner' WHERE id = %s"
        self.assertIn("moved", self._tamper(query, self.rows[0].attachment_id.id)[0])

    def test_removed_link_is_seen(self):
        problems = self._tamper("DELETE FROM outsourcing_evidence WHERE id = %s", self.rows[1].id)
        self.assertIn("link 2 is missing", problems[0])

    def test_removed_end_is_seen(self):
        problems = self._tamper("DELETE FROM outsourcing_evidence WHERE id = %s", self.rows[2].id)
        self.assertIn("its head says link 3", problems[0])

    def test_changed_head_is_seen(self):
        query = "UPDATE outsourcing_evidence_chain SET head_hash = %s WHERE id = %s"
        self.assertTrue(self._tamper(query, "0" * 64, self.chain.id))

    def test_link_recomputed_by_a_forger_breaks_the_next(self):
        self.env.cr.execute("UPDATE outsourcing_evidence SET caption = 'x' WHERE id = %s", [self.rows[0].id])
        self.env.invalidate_all()
        forged = self.rows[0]._compute_link_hash(self.rows[0].prev_hash, 1)
        query = "UPDATE outsourcing_evidence SET hash = %s WHERE id = %s"
        problems = self._tamper(query, forged, self.rows[0].id)
        self.assertIn("link 2", problems[0])
        self.assertIn("broken", problems[0])

    def test_one_link_exists_once(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._tamper("UPDATE outsourcing_evidence SET seq = 2 WHERE id = %s", self.rows[2].id)

    def test_verify_button_tells_the_manager(self):
        chain = self.chain.with_user(self.user_manager)
        self.assertEqual(chain.action_verify()["params"]["type"], "success")
        self._tamper("UPDATE outsourcing_evidence SET caption = 'x' WHERE id = %s", self.rows[0].id)
        params = chain.action_verify()["params"]
        self.assertEqual(params["type"], "danger")
        self.assertIn("its record was changed", params["message"])

    def test_chain_survives_what_it_mentions_being_renamed(self):
        self.contractor.name = "Renamed"
        self.contract._gated().write({"title": "Renamed"})
        self.portal_contractor.name = "Renamed"
        self.assertFalse(self.chain._verify())

    def test_the_first_use_of_a_photo_is_told_by_the_day_of_the_company(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        photo = make_photo(color="white")
        first = self._add([("first.jpg", photo)]).sudo()
        first.flush_recordset()
        self.env.cr.execute(
            "UPDATE outsourcing_evidence SET date_received = '2026-12-31 18:00:00' WHERE id = %s", [first.id]
        )
        first.invalidate_recordset()
        self._add([("again.jpg", photo)])
        bodies = " ".join(self.contract.sudo().message_ids.mapped("body"))
        self.assertIn("again.jpg: first used on 2027-01-01", bodies)

    def test_cron_seals_what_is_left(self):
        row = self._add([("new.jpg", make_photo(color="white"))]).sudo()
        self.assertEqual(self.chain.unsealed_count, 1)
        self.assertEqual(self.chain._seal(), 1)
        self.assertTrue(row.sealed)

    def test_cron_record_runs(self):
        row = self._add([("new.jpg", make_photo(color="white"))]).sudo()
        with self.enter_registry_test_mode():
            self.env.ref("property_outsourcing.ir_cron_outsourcing_evidence_seal").method_direct_trigger()
        self.assertTrue(row.sealed)

    # ---- number of queries ------------------------------------------------------------------------------

    def _count_queries(self, number, offset):
        dates = [TAKEN + timedelta(days=offset, minutes=index) for index in range(number)]
        files = [(f"{index}.jpg", make_photo(exif_date=date)) for index, date in enumerate(dates)]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._add(files, performer=self.performer)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_ten_photos_cost_as_many_queries_as_one(self):
        self._count_queries(1, 1)  # warm up
        self.assertEqual(self._count_queries(1, 2), self._count_queries(10, 3))

    def test_sealing_ten_costs_as_many_queries_as_one(self):
        def _count(number, offset):
            self._count_queries(number, offset)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.contract._seal_evidence()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        _count(1, 1)
        self.assertEqual(_count(1, 2), _count(10, 3))
