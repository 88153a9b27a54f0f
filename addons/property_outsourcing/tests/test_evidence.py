import base64
import hashlib
import io
import os
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from PIL import Image
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.contract_common import ContractFactory

from .evidence_common import make_film, make_heic, make_pdf, make_photo

TAKEN = datetime(2026, 3, 1, 8, 12)
PLACE = (31.2304167, 121.4737)
FORGED_CONTEXTS = (
    {"_force_unlink": True},
    {"outsourcing_evidence_gate": True},
    {"outsourcing_evidence_gate": "GATE", "_force_unlink": True, "image_no_postprocess": True},
)


class EvidenceCommon(OutsourcingCommon, ContractFactory):
    """An active contract of the community; its evidence is that of any document that inherits the mixin."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.community.representative_ids = cls.representative
        cls.Evidence = cls.env["outsourcing.evidence"]

    def _add(self, files=None, user=None, **kwargs):
        files = files or [("site.jpg", make_photo(exif_date=TAKEN, gps=PLACE))]
        return self.contract.with_user(user or self.portal_contractor)._add_evidence(files, **kwargs)

    def _count(self):
        self.env.flush_all()
        return self.Evidence.search_count([])


@tagged("post_install", "-at_install")
class TestEvidenceFiles(EvidenceCommon):
    def test_photo_arrives_whole_with_what_it_says(self):
        photo = make_photo(exif_date=TAKEN, gps=PLACE, size=(2600, 2000))  # Odoo would shrink it
        self.company.partner_id.tz = "Asia/Shanghai"  # wherever the reader is
        with freeze_time("2026-03-01 02:00:00"):
            row = self._add(
                [("site.jpg", photo)], phase="before", performer=self.performer, caption="Tiles"
            ).sudo()
        self.assertEqual(row.attachment_id.raw, photo)
        self.assertRecordValues(
            row,
            [
                {
                    "sha256": hashlib.sha256(photo).hexdigest(),
                    "size": len(photo),
                    "mimetype": "image/jpeg",
                    "exif_date": datetime(2026, 3, 1, 0, 12),
                    "exif_text": "2026:03:01 08:12:00",
                    "date_received": datetime(2026, 3, 1, 2, 0),
                    "author_id": self.portal_contractor.id,
                    "performer_id": self.performer.id,
                    "contract_id": self.contract.id,
                    "community_id": self.community.id,
                    "contractor_id": self.contractor.id,
                    "phase": "before",
                    "caption": "Tiles",
                    "position": "31.230417° N, 121.473700° E",
                    "is_duplicate": False,
                    "lacks_exif": False,
                    "sealed": False,
                }
            ],
        )

    def test_png_is_not_resized_either(self):
        photo = make_photo("plan.png", size=(2400, 2400))
        row = self._add([("plan.png", photo)]).sudo()
        self.assertEqual(row.attachment_id.raw, photo)
        self.assertTrue(row.lacks_exif)

    def test_every_accepted_type_is_taken(self):
        files = {
            "a.jpg": (make_photo(), "image/jpeg"),
            "b.png": (make_photo("b.png", "blue"), "image/png"),
            "c.webp": (make_photo("c.webp", "green"), "image/webp"),
            "d.heic": (make_heic(TAKEN), "image/heic"),
            "e.mp4": (make_film(), "video/mp4"),
            "f.mov": (make_film(b"qt  "), "video/quicktime"),
            "g.pdf": (make_pdf(), "application/pdf"),
        }
        rows = self._add([(name, data) for name, (data, _mimetype) in files.items()])
        self.assertEqual(rows.sudo().mapped("mimetype"), [mimetype for _data, mimetype in files.values()])
        self.assertEqual(rows.mapped("name"), list(files))
        self.assertEqual(rows[3].exif_text, "2026:03:01 08:12:00")

    def test_camera_zone_wins_over_the_users(self):
        photo = make_photo(exif_date=TAKEN, exif_offset="+09:00")
        self.assertEqual(self._add([("x.jpg", photo)]).exif_date, datetime(2026, 2, 28, 23, 12))

    def test_film_tells_its_time(self):
        seconds = int((datetime(2026, 3, 1) - datetime(1904, 1, 1)).total_seconds())
        row = self._add([("x.mp4", make_film(created=seconds))])
        self.assertEqual(row.exif_date, datetime(2026, 3, 1))
        self.assertEqual(row.media_type, "video")

    def test_files_are_found_by_their_kind(self):
        rows = self._add([("x.mp4", make_film()), ("y.jpg", make_photo()), ("z.pdf", make_pdf())]).sudo()
        for kind, row in zip(("video", "photo", "document"), rows, strict=True):
            found = rows.search([("id", "in", rows.ids), ("media_type", "=", kind)])
            self.assertEqual(found, row)

    def test_thumbnail_is_small_and_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # the phone was held upright
        stream = io.BytesIO()
        Image.new("RGB", (2000, 1000), "red").save(stream, "JPEG", exif=exif)
        row = self._add([("x.jpg", stream.getvalue())])
        thumbnail = Image.open(io.BytesIO(row._get_thumbnail()))
        self.assertLessEqual(max(thumbnail.size), 480)
        self.assertGreater(thumbnail.height, thumbnail.width)
        self.assertFalse(self._add([("x.mp4", make_film())])._get_thumbnail())

    def test_name_is_cleaned_and_gets_its_extension(self):
        rows = self._add([("C:\\photos\\..\\x.jpg", make_photo()), ("setup.exe", make_photo(color="blue"))])
        self.assertEqual(rows.mapped("name"), ["x.jpg", "setup.exe.jpg"])

    # ---- refusals ---------------------------------------------------------------------------------------

    def _assert_refused(self, files, *parts, error=UserError, **kwargs):
        count, attachments = self._count(), self.env["ir.attachment"].search_count([])
        with self.assertRaises(error) as caught:  # core's own or ours
            self._add(files, **kwargs)
        for part in parts:
            self.assertIn(part, str(caught.exception))
        self.assertEqual((self._count(), self.env["ir.attachment"].search_count([])), (count, attachments))

    def test_renamed_program_is_refused(self):
        self._assert_refused([("holiday.jpg", b"MZ\x90\x00" + b"\0" * 500)], "holiday.jpg", "neither a photo")

    def test_empty_file_is_refused(self):
        self._assert_refused([("x.jpg", b"")], "x.jpg is empty")

    def test_html_and_svg_are_refused(self):
        self._assert_refused([("x.jpg", b"<html><script>alert(1)</script></html>")], "neither a photo")
        self._assert_refused([("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "neither a photo")

    def test_damaged_files_are_refused(self):
        self._assert_refused([("cut.jpg", make_photo()[:2000])], "cut.jpg", "damaged")
        self._assert_refused([("cut.png", make_photo("x.png")[:-12])], "cut.png", "damaged")
        self._assert_refused([("cut.webp", make_photo("x.webp")[:-12])], "cut.webp", "damaged")
        self._assert_refused([("fake.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 500)], "damaged")
        self._assert_refused([("cut.mp4", make_film()[:-60])], "damaged")
        self._assert_refused([("cut.pdf", make_pdf()[:-8])], "damaged")

    def test_picture_bomb_is_refused(self):
        self._assert_refused([("bomb.png", make_photo("bomb.png", size=(8000, 8000)))], "bomb.png", "pixels")

    def test_one_bad_file_keeps_all_out(self):
        self._assert_refused([("a.jpg", make_photo()), ("b.jpg", b"MZ" * 50)], "b.jpg")

    def test_too_large_says_limit_and_size(self):
        self.company.outsourcing_photo_max_mb = 1
        photo = make_photo() + b"\0" * 1_300_000  # phones do append to their photos
        self._assert_refused([("big.jpg", photo)], "big.jpg", "1.24 Mb", "1 MB")
        self.company.outsourcing_video_max_mb = 2
        self._assert_refused([("big.mp4", make_film(size=3_000_000))], "big.mp4", "2 MB")
        self.assertTrue(self._add([("small.mp4", make_film(size=1_500_000))]))

    def test_limit_is_at_least_one_megabyte(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.company.outsourcing_photo_max_mb = 0
            self.env.flush_all()

    def test_performer_is_one_of_the_firms_people(self):
        stranger = self._create_contact("Stranger", self.competitor)
        self._assert_refused(None, "Stranger", self.contractor.name, performer=stranger)
        self._assert_refused(None, self.contractor.name, performer=self.contractor)
        self.assertEqual(self._add(performer=self.performer).sudo().performer_id, self.performer)

    def test_only_staff_record_from_paper(self):
        self._assert_refused(None, error=AccessError, is_paper=True)
        row = self._add([("sheet.pdf", make_pdf())], user=self.user_supervisor, is_paper=True)
        self.assertTrue(row.is_paper)
        self.assertEqual(row.author_id, self.user_supervisor)

    def test_author_is_a_person(self):
        robot = self.env.ref("base.user_root")
        public = self.env.ref("base.public_user")
        self._assert_refused(None, error=AccessError, user=robot)
        self._assert_refused(None, error=AccessError, user=public)

    def test_author_stays_in_sudo(self):
        row = self.contract.with_user(self.portal_contractor).sudo()._add_evidence([("x.jpg", make_photo())])
        self.assertEqual(row.author_id, self.portal_contractor)

    def test_who_cannot_read_the_document_cannot_add(self):
        self._assert_refused(None, error=AccessError, user=self.portal_competitor)
        self._assert_refused(None, error=AccessError, user=self.user_outsider)

    def test_closed_document_takes_nothing(self):
        self.contract._gated().write({"state": "completed"})
        self._assert_refused(None, self.contract.display_name, user=self.user_supervisor)

    def test_unknown_phase_is_refused(self):
        self._assert_refused(None, "before, during or after", phase="tomorrow")

    def test_bytes_changed_by_the_store_are_noticed(self):
        def _shrink(attachments, values):
            values.update(raw=make_photo(color="blue"), mimetype="image/jpeg")
            return values

        with patch.object(type(self.env["ir.attachment"]), "_check_contents", _shrink):
            self._assert_refused([("x.jpg", make_photo())], "not stored as it was received")

    # ---- duplicates -------------------------------------------------------------------------------------

    def test_photo_used_twice_is_reported_not_refused(self):
        first = self._add().sudo()
        again = self._add([("other name.jpg", make_photo(exif_date=TAKEN, gps=PLACE))]).sudo()
        self.assertEqual(again.duplicate_of_id, first)
        self.assertFalse(first.duplicate_of_id)
        note = self.contract.message_ids[0]
        self.assertIn("other name.jpg", note.body)
        self.assertTrue(note.subtype_id.internal)

    def test_photo_twice_in_one_upload_is_reported(self):
        rows = self._add([("a.jpg", make_photo()), ("b.jpg", make_photo())]).sudo()
        self.assertEqual(rows[1].duplicate_of_id, rows[0])

    def test_photo_of_another_contract_is_reported(self):
        first = self._add().sudo()
        other = self._create_contract(community_id=self.other_community.id)
        photo = make_photo(exif_date=TAKEN, gps=PLACE)
        again = other.with_user(self.user_manager)._add_evidence([("x.jpg", photo)])
        self.assertEqual(again.duplicate_of_id, first)

    def test_parallel_upload_is_noticed_when_sealing(self):
        rows = self._add([("a.jpg", make_photo()), ("b.jpg", make_photo())]).sudo()
        # as if the two had been uploaded in the same moment, each unseen by the other
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE outsourcing_evidence SET duplicate_of_id = NULL WHERE id = %s", rows[1].ids
        )
        rows.invalidate_recordset()
        self.contract._seal_evidence()
        self.assertEqual(rows[1].duplicate_of_id, rows[0])
        self.assertFalse(rows.chain_id._verify())


@tagged("post_install", "-at_install")
class TestEvidenceGuards(EvidenceCommon):
    """Nobody changes or deletes evidence: by form, RPC, import, or with a context a client can send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = (
            cls.contract.with_user(cls.user_supervisor)
            ._add_evidence([("site.jpg", make_photo(exif_date=TAKEN))])
            .with_env(cls.env)
        )
        cls.attachment = cls.row.attachment_id

    def _get_vals(self):
        return {
            "name": "forged.jpg",
            "chain_id": self.row.chain_id.id,
            "res_model": self.row.res_model,
            "res_id": self.row.res_id,
            "company_id": self.company.id,
            "author_id": self.user_manager.id,
            "attachment_id": self.attachment.id,
            "date_received": TAKEN,
            "mimetype": "image/jpeg",
            "size": 1,
            "sha256": "0" * 64,
        }

    def _get_attempts(self, env):
        row, chain, attachment = (
            record.with_env(env) for record in (self.row, self.row.chain_id, self.attachment)
        )
        contract = self.contract.with_env(env)
        domain = [("res_model", "=", row._name), ("res_field", "=", "thumbnail")]
        thumbnails = env["ir.attachment"].sudo().search(domain).with_env(env)
        return {
            "write": lambda: row.write({"caption": "x"}),
            "create": lambda: row.create(self._get_vals()),
            "copy": lambda: row.copy(),
            "load": lambda: row._load_records([{"values": self._get_vals()}]),
            "unlink": lambda: row.unlink(),
            "thumbnail": lambda: row.write({"thumbnail": base64.b64encode(make_photo(color="blue"))}),
            "chain write": lambda: chain.write({"head_seq": 0}),
            "chain create": lambda: chain.create(
                {"name": "x", "res_model": "res.partner", "res_id": 1, "company_id": self.company.id}
            ),
            "chain unlink": lambda: chain.unlink(),
            "file datas": lambda: attachment.write({"datas": base64.b64encode(make_photo(color="blue"))}),
            "file raw": lambda: attachment.write({"raw": b"x"}),
            "file name": lambda: attachment.write({"name": "x.jpg"}),
            "file public": lambda: attachment.write({"public": True}),
            "file moved": lambda: attachment.write({"res_model": "res.partner", "res_id": 1}),
            "file detached": lambda: attachment.write({"res_id": False}),
            "file copy": lambda: attachment.copy(),
            "file unlink": lambda: attachment.unlink(),
            "thumbnail file": lambda: thumbnails.unlink(),
            "file added": lambda: env["ir.attachment"].create(
                {"name": "x", "raw": b"x", "res_model": row._name, "res_id": row.id}
            ),
            "file added by default": lambda: (
                env["ir.attachment"]
                .with_context(default_res_model=row._name, default_res_id=row.id)
                .create({"name": "x", "raw": b"x"})
            ),
            "file pointed at it": lambda: (
                env["ir.attachment"]
                .create({"name": "x", "raw": b"x"})
                .write({"res_model": row._name, "res_id": row.id})
            ),
            "document create line": lambda: contract.write({"evidence_ids": [(0, 0, self._get_vals())]}),
            "document change line": lambda: contract.write({"evidence_ids": [(1, row.id, {"caption": "x"})]}),
            "document delete line": lambda: contract.write({"evidence_ids": [(2, row.id, 0)]}),
            "document clear lines": lambda: contract.write({"evidence_ids": [(5, 0, 0)]}),
        }

    def _assert_all_refused(self, env):
        for name, attempt in self._get_attempts(env).items():
            with (
                self.subTest(name, user=env.user.login, su=env.su),
                self.assertRaises(UserError),  # core's own or ours
            ):
                attempt()
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.row.chain_id._verify())
        self.assertEqual(self.contract.evidence_ids, self.row)

    def test_nobody_changes_evidence(self):
        for user in (self.user_admin, self.user_manager, self.user_supervisor, self.portal_contractor):
            self._assert_all_refused(self.env(user=user))

    def test_superuser_code_does_not_either(self):
        self._assert_all_refused(self.env(user=self.user_manager, su=True))
        self._assert_all_refused(self.env(user=self.env.ref("base.user_root")))

    def test_contexts_a_client_can_send_open_nothing(self):
        for context in FORGED_CONTEXTS:
            self._assert_all_refused(self.env(user=self.user_admin, context=context))
            self._assert_all_refused(self.env(user=self.user_admin, su=True, context=context))

    def test_document_with_evidence_is_not_deleted(self):
        draft = self._create_contract()
        draft.with_user(self.user_supervisor)._add_evidence([("x.jpg", make_photo(color="blue"))])
        for context in ({}, *FORGED_CONTEXTS):
            with self.assertRefused("has evidence and is no longer deleted; cancel it instead."):
                draft.with_context(**context).unlink()

    def test_real_uninstall_may_remove(self):
        self.assertTrue(self.registry.ready)
        with patch.object(self.registry, "ready", False):
            self.row.sudo().with_context(_force_unlink=True).unlink()
        self.assertFalse(self.row.exists())

    def test_copied_document_has_no_evidence(self):
        self.assertFalse(self.contract.copy().evidence_ids)

    def test_moving_the_store_keeps_the_bytes(self):
        photo = make_photo("big.png", color="blue", size=(2500, 2100))
        row = self._add([("big.png", photo)]).sudo()
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        row.attachment_id._migrate()
        self.assertFalse(row.attachment_id.store_fname)
        self.assertEqual(row.attachment_id.raw, photo)
        self.assertFalse(row.chain_id._verify())


@tagged("post_install", "-at_install")
class TestEvidenceAccess(EvidenceCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.contract.with_user(cls.portal_contractor)._add_evidence([("site.jpg", make_photo())])

    def test_who_reads_evidence_and_its_file(self):
        readers = {
            self.portal_contractor: True,
            self.portal_representative: False,  # does not read the contract either
            self.user_supervisor: True,
            self.user_manager: True,
            self.user_finance: True,
            self.portal_competitor: False,
            self.portal_third_party: False,
            self.user_outsider: False,
        }
        for user, allowed in readers.items():
            row = self.row.with_user(user)
            with self.subTest(user.name):
                self.assertEqual(row.has_access("read"), allowed)
                self.assertEqual(bool(self.Evidence.with_user(user).search([("id", "=", row.id)])), allowed)
                # portal users have no rights on attachments at all; their way is the field "original"
                file_allowed = allowed and not user.share
                self.assertEqual(row.sudo().attachment_id.sudo(False).has_access("read"), file_allowed)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(row.has_access(operation))

    def test_portal_reads_as_long_as_it_reads_the_document(self):
        row = self.row.with_user(self.portal_contractor)
        self.contract._gated().write({"state": "to_approve"})
        row.invalidate_recordset()
        self.assertFalse(row.has_access("read"))
        self.assertFalse(row.search([("id", "=", row.id)]))
        with self.assertRaises(AccessError):  # core's own
            row.read(["original", "thumbnail"])

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.user_manager2.write({"company_ids": [(4, company.id)], "company_id": company.id})
        rows = self.Evidence.with_user(self.user_manager2).with_context(allowed_company_ids=company.ids)
        self.assertFalse(rows.search([("id", "=", self.row.id)]))

    def test_portal_does_not_see_where_else_a_photo_was_used(self):
        other = self._create_active_contract(contractor_id=self.competitor.id)
        copy = other.with_user(self.portal_competitor)._add_evidence([("mine.jpg", make_photo())])
        self.assertTrue(copy.is_duplicate)
        with self.assertRaises(AccessError):  # core's own
            copy.read(["duplicate_of_id"])
        self.assertEqual(copy.search([("is_duplicate", "=", True)]), copy)
        self.assertFalse(copy.search([("is_duplicate", "=", False)]))

    def test_chain_is_the_managers(self):
        chain = self.row.sudo().chain_id
        self.assertTrue(chain.with_user(self.user_manager).has_access("read"))
        for user in (self.user_supervisor, self.portal_contractor):
            with self.assertRaises(AccessError):  # core's own
                chain.with_user(user).action_verify()

    def test_views_open_for_a_supervisor(self):
        row = self.row.with_user(self.user_supervisor)
        with Form(row) as form:
            self.assertIn("<img", form.preview)
        views = [(False, "kanban"), (False, "list"), (False, "search")]
        self.assertIn("views", row.get_views(views))
        specification = {"thumbnail": {}, "document_name": {}, "chain_id": {"fields": {"display_name": {}}}}
        self.assertTrue(row.web_search_read([], specification)["records"])
        self.assertEqual(row.action_open_document()["res_id"], self.contract.id)
        action = self.contract.with_user(self.user_supervisor).action_view_evidence()
        self.assertIn(row, row.search(action["domain"]))

    def test_screens_open_in_a_browser(self):
        self._open_screen("outsourcing-evidence", ".o_kanban_record .badge")
        self._open_screen("outsourcing-evidence?view_type=list", ".o_data_row")
        self._open_screen(f"outsourcing-evidence/{self.row.id}", ".o_field_widget[name=preview] img")
        self.row.sudo().chain_id._seal()
        self._open_screen("outsourcing-evidence-chains", ".o_data_row button[name=action_verify]")

    def _open_screen(self, path, selector):
        ready = f"!!document.querySelector('{selector}')"
        self.browser_js(
            f"/odoo/{path}", "console.log('test successful')", ready, login=self.user_manager.login
        )

    def test_file_and_thumbnail_over_http(self):
        photo = make_photo(exif_date=TAKEN + timedelta(days=1))
        row = self._add([("site.jpg", photo)]).sudo()
        urls = (row._get_url(), row._get_url("thumbnail"))
        for user, allowed in (
            (self.portal_contractor, True),
            (self.portal_representative, False),
            (self.user_supervisor, True),
            (self.portal_competitor, False),
            (self.user_outsider, False),
            (None, False),
        ):
            self.authenticate(user and user.login, user and user.login.ljust(8, "x"))
            for url in urls:
                response = self.url_open(url)
                with self.subTest(url, user=user and user.login):
                    self.assertEqual(response.headers.get("Content-Type") == "image/jpeg", allowed)
                    self.assertEqual(response.content == photo, allowed and url.endswith("original"))


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
