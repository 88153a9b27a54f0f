import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .evidence_common import make_photo
from .evidence_document_common import TAKEN, EvidenceCommon

FORGED_CONTEXTS = (
    {"_force_unlink": True},
    {"outsourcing_evidence_gate": True},
    {"outsourcing_evidence_gate": "GATE", "_force_unlink": True, "image_no_postprocess": True},
)


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
