from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .tender_common import TenderCommon


@tagged("post_install", "-at_install")
class TestBidSeal(TenderCommon):
    """Before the opening nobody inside reads number, names, prices or files, by whatever way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.env.ref("base.user_admin")
        cls.boss.sudo().write(
            {
                "group_ids": [Command.link(cls.env.ref("property_outsourcing.group_outsourcing_admin").id)],
                "company_ids": [Command.link(cls.company.id)],
                "company_id": cls.company.id,
            }
        )
        cls.tender = cls._publish(cls._create_tender())
        cls.bids = cls._submit_bids(cls.tender)
        cls.file = cls.bids[0].sudo().file_ids
        cls.insiders = (cls.user_manager, cls.user_supervisor, cls.user_finance, cls.user_admin, cls.boss)

    def _each_insider(self):
        for user in self.insiders:
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                yield user

    def test_search_count_and_groups_find_nothing(self):
        for user in self._each_insider():
            for model in ("outsourcing.bid", "outsourcing.bid.line", "outsourcing.bid.file"):
                records = self.env[model].with_user(user)
                self.assertEqual(records.search_count([]), 0)
                self.assertFalse(records.search([("contractor_id", "=", self.contractor.id)]))
                self.assertEqual(records._read_group([], [], ["__count"]), [(0,)])
                self.assertFalse(records.search_read([], ["contractor_id"]))
                self.assertFalse(records.name_search(""))

    def test_a_guessed_number_is_refused(self):
        for user in self._each_insider():
            for record in (self.bids[0], self.bids[0].sudo().line_ids, self.file):
                with self.assertRaises(AccessError):  # core's own
                    record.with_user(user).read(["contractor_id"])
                with self.assertRaises(UserError):  # core's own: no access, or no right to export at all
                    record.with_user(user).export_data(["contractor_id"])

    def test_no_file_and_no_row_of_one(self):
        rows = [("res_model", "in", ("outsourcing.bid", "outsourcing.bid.file")), ("res_field", "!=", False)]
        attachment = self.env["ir.attachment"].sudo().search(rows, limit=1)
        self.assertTrue(attachment)
        for user in self._each_insider():
            attachments = self.env["ir.attachment"].with_user(user)
            self.assertEqual(attachments.search_count(rows), 0)
            self.assertFalse(attachments.search([*rows, ("index_content", "!=", False)]))
            with self.assertRaises(AccessError):  # core's own
                attachments.browse(attachment.id).raw  # noqa: B018

    def test_no_counter_of_tender_firm_or_lot_moves(self):
        for user in self._each_insider():
            tender = self.tender.with_user(user)
            self.assertEqual((tender.bid_count, len(tender.bid_ids), len(tender.lot_ids.bid_ids)), (0, 0, 0))
            self.assertEqual(self.contractor.with_user(user).outsourcing_bid_count, 0)
            self.assertFalse(tender.lot_ids.awarded_bid_id)

    def test_no_way_leads_from_other_records_to_a_bid(self):
        leading = []
        for model in self.env.values():
            for field in model._fields.values():
                if (
                    field.comodel_name == "outsourcing.bid"
                    and (field.store or field.search or field.type == "one2many")
                    and model._name not in ("outsourcing.bid", "outsourcing.bid.line", "outsourcing.bid.file")
                ):
                    leading.append(f"{model._name}.{field.name}")
        # all of them are written after the opening
        self.assertEqual(
            sorted(leading),
            [
                "outsourcing.bid.clarification.bid_id",
                "outsourcing.bid.flag.bid_ids",
                "outsourcing.bid.score.bid_id",
                "outsourcing.contract.tender_bid_id",
                "outsourcing.tender.lot.awarded_bid_id",
            ],
        )

    def test_chatter_followers_and_activities_tell_nothing(self):
        partners = self.firms | self.firms.child_ids
        self.assertFalse(self.tender.sudo().message_partner_ids & partners)
        self.assertFalse(self.tender.sudo().message_ids.author_id & partners)
        self.assertFalse(self.tender.sudo().activity_ids)
        self.assertNotIn("message_ids", self.env["outsourcing.bid"]._fields)

    def test_a_competitor_reads_neither_number_nor_name(self):
        self.env.invalidate_all()
        for model in ("outsourcing.bid", "outsourcing.bid.file"):
            records = self.env[model].with_user(self.portal_competitor).search([])
            self.assertEqual(records.contractor_id, self.competitor)
        tender = self.tender.with_user(self.portal_competitor)
        for name in ("invited_ids", "amount_estimate", "panelist_ids", "bid_count"):
            with self.subTest(field=name), self.assertRaises(AccessError):  # core's own
                tender.read([name])
        with self.assertRaises(AccessError):  # core's own
            tender.lot_ids.read(["estimate"])

    def test_nobody_inside_creates_deletes_or_moves_a_bid(self):
        for user in self._each_insider():
            vals = {"tender_id": self.tender.id, "lot_id": self.tender.lot_ids.id}
            with self.assertRaises(AccessError):  # core's own
                self.env["outsourcing.bid"].with_user(user).create(
                    {**vals, "contractor_id": self.contractor.id}
                )
            with self.assertRaises(AccessError):  # core's own
                self.bids[0].with_user(user).unlink()
            with self.assertRaises(UserError):  # core's own or ours, by role
                self.bids[0].with_user(user).action_withdraw()

    def test_prices_stay_closed_until_they_are_opened(self):
        tender = self._open(self.tender)
        self.env.invalidate_all()
        self.assertEqual(tender.bid_count, 3)
        lines = self.env["outsourcing.bid.line"].with_user(self.boss)
        self.assertEqual(lines.search_count([]), 0)
        tender.action_evaluate()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(lines.search_count([]), 3)
