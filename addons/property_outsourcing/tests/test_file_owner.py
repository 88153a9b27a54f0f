from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import OutsourcingCommon

PDF = b"%PDF-1.4 report"
KEPT = "belongs to .* and can no longer be changed"


class FileOwnerCommon(OutsourcingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_active_contract()
        cls.deliverable = cls.contract.deliverable_ids.sorted("date_due")[0]
        cls.file = cls._upload(cls.user_supervisor, cls.deliverable)
        cls.deliverable.with_user(cls.user_supervisor).attachment_ids = [Command.link(cls.file.id)]
        cls.deliverable.with_user(cls.user_supervisor).action_submit()

    @classmethod
    def _upload(cls, user, record=None, **vals):
        place = {"res_model": record._name, "res_id": record.id} if record else {}
        files = cls.env["ir.attachment"].with_user(user)
        return files.create({"name": "report.pdf", "raw": PDF, **place, **vals}).with_env(cls.env)

    def _accept(self):
        self.deliverable.with_user(self.user_manager).action_accept()

    def _get_attacks(self, file):
        """Return every way to change ``file`` by a write of its own."""
        other = self.env["ir.attachment"].create({"name": "other.pdf", "raw": b"%PDF-1.4 other"})
        vals_list = [
            {"datas": other.datas}, {"raw": b"%PDF-1.4 forged"}, {"db_datas": b"x"}, {"name": "forged.pdf"},
            {"store_fname": other.store_fname}, {"checksum": "0"}, {"file_size": 1}, {"res_id": 0},
            {"res_model": False}, {"res_model": "res.partner", "res_id": self.contractor.id},
            {"public": True},
            {"type": "url", "url": "https://example.com"}, {"mimetype": "text/html"}, {"res_field": "note"},
            {"company_id": False}, {"original_id": other.id}, {"description": "not what was handed in"},
        ]  # fmt: skip
        return [lambda file, vals=vals: file.write(vals) for vals in vals_list] + [
            lambda file: file.unlink(),
            lambda file: file.with_context(_force_unlink=True).unlink(),
            lambda file: file.with_context(outsourcing_workflow_gate=True).unlink(),
        ]

    def _assert_kept(self, file, sentence=KEPT):
        root = self.env.ref("base.user_root")
        for user in (self.user_supervisor, self.user_manager, root):
            for number, attack in enumerate(self._get_attacks(file)):
                with self.subTest(user=user.name, attack=number):
                    with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
                        attack(file.with_user(user))
                    with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
                        attack(file.with_user(user).sudo())
        self.assertEqual(file.exists().raw, PDF)


@tagged("post_install", "-at_install")
class TestFileOwner(FileOwnerCommon):
    """What is handed in, verified or agreed stays as it is, whoever writes and whichever way."""

    # ---- kept -------------------------------------------------------------------------------------------

    def test_files_of_an_accepted_deliverable_are_neither_replaced_nor_deleted(self):
        self._accept()
        self._assert_kept(self.file)

    def test_the_list_of_files_of_an_accepted_deliverable_stays(self):
        self._accept()
        other = self._upload(self.user_manager)
        for command in (
            Command.unlink(self.file.id),
            Command.delete(self.file.id),
            Command.clear(),
            Command.set(other.ids),
            Command.link(other.id),
            Command.update(self.file.id, {"raw": b"forged"}),
            Command.create({"name": "x.pdf", "raw": b"x"}),
        ):
            for user in (self.user_supervisor, self.user_manager, self.user_admin):
                with self.assertRaisesRegex(UserError, "can no longer be changed"):
                    self.deliverable.with_user(user).write({"attachment_ids": [command]})
            with self.assertRaisesRegex(UserError, "can no longer be changed"):
                self.deliverable.sudo().write({"attachment_ids": [command]})
        self.assertEqual(self.deliverable.attachment_ids, self.file)

    def test_a_returned_deliverable_takes_another_file(self):
        supervisor = self.deliverable.with_user(self.user_manager)
        supervisor.review_note = "The stamp is missing"
        supervisor.action_return()
        self.file.with_user(self.user_supervisor).unlink()
        self.assertFalse(self.deliverable.attachment_ids)

    def test_files_of_verified_documents_agreed_drawings_and_fund_steps_are_kept(self):
        document = self._create_document("business_license", verified=False)
        draft = self._create_works_draft()
        owners = (document, draft)
        files = [self._upload(self.user_supervisor, owner) for owner in owners]
        document.with_user(self.user_supervisor).attachment_ids = [Command.link(files[0].id)]
        draft.with_user(self.user_manager).scope_attachment_ids = [Command.link(files[1].id)]
        files[0].with_user(self.user_supervisor).name = "licence.pdf"
        document.with_user(self.user_manager).action_verify()
        self._activate(draft)
        for file in files:
            self._assert_kept(file)

    def test_file_of_a_returned_bond_is_kept(self):
        contract = self._create_works_draft(
            bond_kind="guarantee", bond_rate=10.0, retention_rate=0.0, retention_months=0
        )
        self._activate(contract)
        manager = contract.with_user(self.user_manager)
        file = self._upload(self.user_manager, contract)
        vals = {"bond_date_received": "2026-01-05", "bond_date_valid": "2027-01-05"}
        manager.write({**vals, "bond_file_ids": [Command.link(file.id)]})
        manager.bond_date_returned = "2026-12-01"
        self._assert_kept(file)
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            manager.bond_file_ids = [Command.clear()]

    def test_every_field_of_files_has_an_owner(self):
        """A field with files that nobody declares is neither adopted nor kept."""
        for model in self.env.values():
            if model._abstract or model._transient or not model._name.startswith("outsourcing."):
                continue
            for name, field in model._fields.items():
                if field.type == "many2many" and field.store and field.comodel_name == "ir.attachment":
                    self.assertIn(name, model._get_kept_files_domains(), model._name)
                    self.assertTrue(field.bypass_search_access, f"{model._name}.{name}")

    # ---- read -------------------------------------------------------------------------------------------

    def test_a_file_of_somebody_else_is_not_drawn_into_a_record(self):
        draft = self._create_contract().with_user(self.user_manager)
        secret = self._upload(self.user_finance, name="salaries.pdf")
        with self.assertRaisesRegex(AccessError, "not allowed to access this document"):
            draft.scope_attachment_ids = [Command.link(secret.id)]
        readable = self._upload(self.user_supervisor, self._create_works_draft())
        with self.assertRaisesRegex(UserError, "belongs to another record; upload it here"):
            draft.scope_attachment_ids = [Command.link(readable.id)]
        vals = self._prepare_contract("service_type_elevator", scope_attachment_ids=readable.ids)
        with self.assertRaisesRegex(UserError, "belongs to another record; upload it here"):
            draft.create(vals)

    def test_a_stranger_to_the_record_reads_no_file_through_the_field(self):
        for user in (self.user_outsider, self.portal_competitor, self.portal_representative):
            record = self.deliverable.with_user(user)
            for read in (
                lambda record: record.attachment_ids.mapped("name"),
                lambda record: record.read(["attachment_ids"]),
                lambda record: record.web_read({"attachment_ids": {"fields": {"datas": {}}}}),
            ):
                with self.subTest(user=user.name), self.assertRaises(AccessError):  # core's own
                    self.env.invalidate_all()
                    read(record)
            if self.env["outsourcing.contract.deliverable"].with_user(user).has_access("read"):
                found = record.search([("attachment_ids.name", "=like", "report%")])
                self.assertNotIn(self.deliverable, found.sudo())
            with self.assertRaises(AccessError):  # core's own
                self.file.with_user(user).read(["datas"])

    def test_a_dialogue_takes_no_file_of_somebody_else(self):
        secret = self._upload(self.user_finance, name="salaries.pdf")
        wizard = self.env["outsourcing.contract.paper"].with_user(self.user_manager)
        vals = {"contract_id": self.contract.id, "attachment_ids": [Command.link(secret.id)]}
        with self.assertRaisesRegex(AccessError, "not allowed to access this document"):
            wizard.create(vals)
        planted = wizard.sudo().create(vals).with_env(wizard.env)
        self.env.invalidate_all()
        self.assertFalse(planted.attachment_ids)

    def test_whoever_reads_the_record_reads_its_files(self):
        fresh = self._upload(self.user_supervisor)
        other = self.contract.deliverable_ids.sorted("date_due")[1]
        other.with_user(self.user_supervisor).attachment_ids = [Command.link(fresh.id)]
        self.env.invalidate_all()
        self.assertEqual(other.with_user(self.user_manager).attachment_ids.raw, PDF)


@tagged("post_install", "-at_install")
class TestFileOwnerRoutes(FileOwnerCommon, HttpCase):
    def test_core_routes_do_not_delete_an_accepted_file(self):
        self._accept()
        self.deliverable.message_post(body="Report", attachment_ids=self.file.ids)
        self.authenticate(self.user_manager.login, self.user_manager.login)
        answer = self.make_jsonrpc_request_raw("/mail/attachment/delete", {"attachment_id": self.file.id})
        self.assertRegex(answer["error"]["data"]["message"], KEPT)
        self.assertEqual(self.file.exists().raw, PDF)

    def make_jsonrpc_request_raw(self, url, params):
        """Return the whole answer, an error included."""
        payload = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return self.url_open(url, json=payload).json()
