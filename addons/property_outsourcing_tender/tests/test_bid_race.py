from functools import partial
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


@tagged("post_install", "-at_install")
class TestBidRace(TransactionCase):
    """Two real sessions in the same second: handing in beside the opening, handing in twice."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_bid(api.Environment(cr, SUPERUSER_ID, QUIET))
        self.addCleanup(self._remove)

    def _create_bid(self, env):
        way = env.ref("property_outsourcing_tender.way_direct")
        service = env["outsourcing.service.type"].create(
            {"name": "Race", "code": "RACE-BID", "kind": "service"}
        )
        firm = env["res.partner"].create({"name": "Race", "is_company": True})
        person = env["res.partner"].create({"name": "Race office", "parent_id": firm.id})
        user = env["res.users"].create(
            {
                "login": "race-bid",
                "name": "Race office",
                "partner_id": person.id,
                "group_ids": [Command.set(env.ref("base.group_portal").ids)],
            }
        )
        community = env["outsourcing.community"].create({"name": "Race"})
        now = fields.Datetime.now()
        tender = open_gate(env["outsourcing.tender"]).create(
            {
                "title": "Race",
                "service_type_id": service.id,
                "community_ids": [Command.set(community.ids)],
                "way_id": way.id,
                "date_deadline": now,
                "date_opening": now,
                "state": "published",
                "opener_id": env.ref("base.user_admin").id,
                "lot_ids": [
                    Command.create({"name": "Lot", "item_ids": [Command.create({"name": "Fee"})]}),
                ],
            }
        )
        tender.invitation_ids.create({"tender_id": tender.id, "contractor_id": firm.id})
        lot = tender.lot_ids
        bid = open_gate(env["outsourcing.bid"]).create(
            {
                "tender_id": tender.id,
                "lot_id": lot.id,
                "contractor_id": firm.id,
                "user_id": user.id,
                "validity_days": 90,
                "line_ids": [Command.create({"item_id": lot.item_ids.id, "price_unit": 7.0})],
                "file_ids": [Command.create({"kind": "letter", "name": "a.pdf", "content": b"JVBERi0="})],
            }
        )
        self.moment = now
        self.tender_id, self.bid_id, self.user_id = tender.id, bid.id, user.id
        self.lot_id, self.firm_id = lot.id, firm.id
        self.created = [bid.file_ids, bid.line_ids, bid, lot.item_ids, lot, tender.invitation_ids, tender]
        account = community.analytic_account_id
        self.created += [community, account, user, person, firm, service]

    def _remove(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM ir_attachment WHERE res_model = 'outsourcing.bid.file'")
            cr.execute("DELETE FROM mail_activity WHERE res_model = 'outsourcing.tender'")
            cr.execute("DELETE FROM outsourcing_bid WHERE is_paper AND lot_id = %s", (self.lot_id,))
            for records in self.created:
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _open_session(self, user_id=SUPERUSER_ID):
        """Return an environment on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1 FROM outsourcing_bid LIMIT 1")
        return api.Environment(cr, user_id, QUIET)

    def _submit(self, env):
        partner = self.registry["res.partner"]
        with (
            patch.object(partner, "_get_tender_blockers", lambda self, tender: []),
            patch.object(fields.Datetime, "now", lambda: self.moment),
        ):
            env["outsourcing.bid"].browse(self.bid_id).action_submit()
            env.flush_all()

    def _open(self, env):
        with patch.object(fields.Datetime, "now", lambda: self.moment):
            tender = env["outsourcing.tender"].browse(self.tender_id)
            tender._as_system()._transition_to("opened")
            env.flush_all()

    def _run_again(self, action, env):
        with patch("odoo.service.model.random.uniform", return_value=0.0):
            retrying(partial(action, env), env)
        env.cr.commit()

    def _get_states(self):
        env = self._open_session()
        return env["outsourcing.bid"].browse(self.bid_id).state, env["outsourcing.tender"].browse(
            self.tender_id
        ).state

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_who_hands_in_beside_the_opening_and_comes_second_is_refused(self):
        bidder, opener = self._open_session(self.user_id), self._open_session()
        self._open(opener)
        opener.cr.commit()
        with self.assertRaisesRegex(UserError, "Bids are no longer taken for this tender."):
            self._run_again(self._submit, bidder)
        self.assertEqual(self._get_states()[0], "draft")

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_who_hands_in_first_is_opened(self):
        bidder, opener = self._open_session(self.user_id), self._open_session()
        self._submit(bidder)
        bidder.cr.commit()
        self._run_again(self._open, opener)
        self.assertEqual(self._get_states(), ("opened", "opened"))

    def _seat_two(self, state):
        """Let two members with no interest sit on the panel of the tender, which is now in ``state``."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, QUIET)
            group = env.ref("property_outsourcing.group_outsourcing_user")
            vals = [
                {"login": f"race-{name}", "name": name, "group_ids": [Command.link(group.id)]}
                for name in "ab"
            ]
            users = env["res.users"].create(vals)
            tender = open_gate(env["outsourcing.tender"].browse(self.tender_id))
            seats = [{"user_id": user.id, "declaration": "none"} for user in users]
            tender.write(
                {
                    "panelist_ids": [Command.create(seat) for seat in seats],
                    "state": state,
                    "paper_count": 1,
                }
            )
            self.created = [tender.panelist_ids, *self.created, users, users.partner_id]
        return [self._open_session(user.id) for user in users]

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_last_two_members_who_hand_in_at_once_finish_the_scores(self):
        first, second = self._seat_two("evaluating")

        def hand_in(env):
            env["outsourcing.tender"].browse(self.tender_id).action_hand_in()
            env.flush_all()

        hand_in(first)
        first.cr.commit()
        self._run_again(hand_in, second)
        self.assertTrue(self._open_session()["outsourcing.tender"].browse(self.tender_id).scores_are_in)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_who_record_one_envelope_record_it_once(self):
        first, second = self._seat_two("opened")

        def record(env):
            lot = env["outsourcing.tender.lot"].browse(self.lot_id)
            firm = env["res.partner"].browse(self.firm_id)
            with patch.object(self.registry["res.partner"], "_get_tender_blockers", lambda self, tender: []):
                env["outsourcing.bid"]._record_paper(lot, firm, {}, ("a.pdf", b"JVBERi0="))
            env.flush_all()

        record(first)
        first.cr.commit()
        with self.assertRaisesRegex(UserError, "Race has bid for this lot already."):
            self._run_again(record, second)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_taps_at_once_hand_in_once(self):
        first, second = self._open_session(self.user_id), self._open_session(self.user_id)
        self._submit(first)
        first.cr.commit()
        receipt = self._open_session()["outsourcing.bid"].browse(self.bid_id).receipt
        with self.assertRaisesRegex(UserError, "is Submitted and cannot become Submitted"):
            self._run_again(self._submit, second)
        self.assertEqual(self._open_session()["outsourcing.bid"].browse(self.bid_id).receipt, receipt)
