from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.tests.evidence_common import make_pdf

from .sealed_common import BID, BOND, FILE, QUERIES, REFUSED, SEALED, SealedCommon, count_in
from .tender_common import TENDER


@tagged("post_install", "-at_install")
class TestSealedWays(SealedCommon):
    """Each way a bid could be read before the opening, by each who would: nothing, not even how many."""

    def _each(self, models=SEALED):
        for name, user in self._get_lookers().items():
            for model in models:
                with self.subTest(who=name, model=model):
                    yield user, model

    def test_no_query_finds_or_counts_a_bid(self):
        for user, model in self._each():
            for way, (method, args, kwargs) in QUERIES.items():
                with self.subTest(way=way):
                    answer = self._call(user, model, method, *args, **kwargs)
                    self.assertEqual(0 if answer == REFUSED else count_in(answer), 0, answer)

    def test_a_guessed_number_is_refused_and_does_not_tell_whether_it_exists(self):
        ways = {
            "read": ([["display_name"]], {}),
            "web_read": ([{"display_name": {}, "contractor_id": {"fields": {"display_name": {}}}}], {}),
            "export_data": ([["contractor_id"]], {}),
            "get_metadata": ([], {}),
            "copy": ([], {}),
            "copy_data": ([], {}),
            "write": ([{"create_uid": 1}], {}),
            "unlink": ([], {}),
            "onchange": ([{}, [], {"display_name": {}, "contractor_id": {}}], {}),
            "web_save": ([{}], {"specification": {"display_name": {}, "contractor_id": {}}}),
        }
        for user, model in self._each():
            record = self.records[model][:1]
            unknown = record.id + 1_000_000
            for method, (args, kwargs) in ways.items():
                with self.subTest(way=method):
                    told = [self._tell(user, model, method, [number], *args, **kwargs)
                            for number in (record.id, unknown)]  # fmt: skip
                    self.assertEqual(told[0], told[1])
                    self.assertEqual(told[0][0], REFUSED)

    def _tell(self, user, model, method, ids, *args, **kwargs):
        """Return (answer, sentence) with the number taken out."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                answer = call_kw(self.env[model].with_user(user), method, [ids, *args], kwargs)
        except (UserError, ValueError, AttributeError) as error:
            self._assert_nothing_told(str(error))
            return REFUSED, str(error).replace(str(ids[0]), "N")
        return repr(answer).replace(str(ids[0]), "N"), ""

    def test_no_step_of_a_bid_tells_whether_it_exists(self):
        for user, model in self._each((BID, BOND)):
            number = self.records[model].id
            names = [name for name in dir(self.env.registry[model]) if name.startswith("action_")]
            steps = sorted({*names} - {"action_archive", "action_unarchive"})  # they have no such field
            self.assertGreater(len(steps), 3)
            for step in steps:
                with self.subTest(step=step):
                    told = [self._tell(user, model, step, [found]) for found in (number, number + 1_000_000)]
                    self.assertEqual(told[0], told[1])

    def test_private_methods_do_not_answer(self):
        ways = {
            BID: (
                "_get_sealed_content",
                "_portal_save",
                "_get_score_rows",
                "_unseal",
                "exists",
                "sudo",
                "mapped",
            ),
            "outsourcing.tender": ("_get_all_bids", "_open_bids", "_prepare_comparison", "_open_prices"),
        }
        for user, model in self._each(ways):
            record = self.records.get(model, self.tender)
            for method in ways[model]:
                with self.subTest(way=method):
                    self.assertEqual(self._call(user, model, method, record.ids), REFUSED)

    def test_attachments_are_neither_found_nor_sent(self):
        self.assertGreaterEqual(len(self.attachments), 3)
        for user, model in self._each(("ir.attachment",)):
            for domain in (
                [("res_model", "in", SEALED), ("res_field", "!=", False)],
                [("id", "in", self.attachments.ids)],
                [
                    ("id", "in", self.attachments.ids),
                    ("res_field", "!=", False),
                    ("index_content", "!=", False),
                ],
            ):
                self.assertIn(self._call(user, model, "search_count", domain), (REFUSED, 0))
            for method, args in {
                "read": [["name", "datas"]],
                "copy": [],
                "generate_access_token": [],
                "export_data": [["name"]],
            }.items():
                with self.subTest(way=method):
                    self.assertEqual(self._call(user, model, method, self.attachments.ids, *args), REFUSED)

    def test_no_address_sends_a_bid_or_its_papers(self):
        bid, file = self.records[BID], self.records[FILE]
        attachment = self.attachments[:1]
        paths = (
            f"/web/content/{attachment.id}",
            f"/web/image/{attachment.id}",
            f"/web/content/{FILE}/{file.id}/content",
            f"/web/content?model={FILE}&id={file.id}&field=content",
            f"/web/content/{BOND}/{self.records[BOND].id}/proof",
            f"/my/outsourcing/bids/{bid.id}",
            f"/my/outsourcing/bids/{bid.id}/files/{file.id}",
            f"/report/html/{TENDER}.report_bid_notice/{bid.id}",
            f"/report/html/{TENDER}.report_tender_minutes/{self.tender.id}",
            f"/report/html/{TENDER}.report_tender_comparison/{self.tender.id}",
            f"/outsourcing/tender/{self.tender.id}/xlsx",
        )
        for name, user in self._get_lookers().items():
            self._log_in(None if name == "visitor" else user)
            for path in paths:
                with self.subTest(who=name, path=path), mute_logger("odoo.http"):
                    page = self._page(path)
                    self._assert_nothing_told(page.text)
                    self.assertNotIn(make_pdf(), page.content)

    def test_pages_of_the_portal_show_no_bid_and_no_counter(self):
        pages = (
            "/my/outsourcing",
            "/my/outsourcing/bids",
            "/my/outsourcing/bids?tab=all",
            "/my/outsourcing/tenders",
            f"/my/outsourcing/tenders/{self.tender.id}",
            "/outsourcing/notices",
            f"/outsourcing/notices/{self.tender.id}",
        )
        for path in pages:
            for user in (self.portal_competitor, None):
                self._log_in(user)
                with self.subTest(path=path, user=user and user.name):
                    self._assert_nothing_told(self._page(path).text)
        cards = self.portal_competitor._get_outsourcing_cards({"bidder"})
        self.assertEqual({card.get("count", 0) for card in cards if "bids" in str(card.get("url"))}, {0})

    def test_developer_mode_names_no_bidder_in_a_refusal(self):
        for user in (self.user_supervisor, self.user_manager, self.boss):
            self._log_in(user)
            self._page("/odoo?debug=1")
            for model in SEALED:
                params = {
                    "model": model,
                    "method": "read",
                    "args": [self.records[model].ids, ["display_name"]],
                }
                with self.subTest(user=user.name, model=model), mute_logger("odoo.http"):
                    result, sentence = self._send_json("/web/dataset/call_kw", {**params, "kwargs": {}})
                    self.assertIsNone(result)
                    self.assertIn("This is sealed, it is not yours, or there is no such record.", sentence)

    def test_tender_lot_firm_and_community_lead_to_no_bid(self):
        domains = {
            "outsourcing.tender": ("bid_ids", "lot_ids.bid_ids", "bond_ids", "lot_ids.awarded_bid_id"),
            "outsourcing.tender.lot": ("bid_ids", "awarded_bid_id"),
            "res.partner": ("outsourcing_bid_count",),
        }
        for user, model in self._each(domains):
            for name in domains[model]:
                with self.subTest(way=name), mute_logger("odoo.domains"):
                    found = self._call(user, model, "search_count", [(name, "!=", False)])
                    self.assertIn(found, (REFUSED, 0))
                with self.subTest(order=name):
                    orders = [
                        self._call(user, model, "search", [], order=f"{name} {way}, id")
                        for way in ("asc", "desc")
                    ]
                    self.assertEqual(orders[0], orders[1])
        tender = self.tender.with_user(self.user_manager)
        self.assertEqual((tender.bid_count, len(tender.bond_ids)), (0, 0))

    def test_the_seal_is_not_switched_off_by_an_administrator(self):
        rules = self.env["ir.rule"].sudo().search([("name", "like", "sealed until")])
        self.assertEqual(len(rules), 4)
        group = self.env.ref("base.group_portal")
        for rule in rules.with_user(self.boss):
            for vals in (
                {"active": False},
                {"domain_force": "[(1, '=', 1)]"},
                {"groups": [Command.link(group.id)]},
                {"perm_read": False},
                {"model_id": self.env["ir.model"]._get_id("res.country")},
            ):
                with self.subTest(rule=rule.name, vals=vals), self.assertRefused("whose work relies on it"):
                    rule.write(vals)
            for context in ({}, {"_force_unlink": True}):
                with self.assertRefused("whose work relies on it"):
                    rule.with_context(**context).unlink()

    def test_an_encrypted_or_paper_door_opens_nothing_early(self):
        for user in (self.user_supervisor, self.user_manager, self.boss):
            tender = self.tender.with_user(user)
            for method in ("action_ready_to_open", "action_open", "action_open_prices", "action_evaluate",
                           "action_award", "action_view_bids"):  # fmt: skip
                with self.subTest(user=user.name, way=method):
                    answer = self._call(user, "outsourcing.tender", method, tender.ids)
                    if method != "action_view_bids":
                        self.assertEqual(answer, REFUSED)
        self.assertEqual(self.tender.state, "published")
        with self.assertRaises(AccessError):  # core's own
            self.bid.with_user(self.user_manager).check_access("read")
