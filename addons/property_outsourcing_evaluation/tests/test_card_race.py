from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


@tagged("post_install", "-at_install")
class TestCardRace(TransactionCase):
    """Two real sessions look for failures in the same second: one card comes of it."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_failures(api.Environment(cr, SUPERUSER_ID, QUIET))
        self.addCleanup(self._remove)

    def _create_failures(self, env):
        community = env["outsourcing.community"].create({"name": "Two sessions"})
        firm = env["res.partner"].create({"name": "Two sessions"})
        today = fields.Date.today()
        contract = open_gate(env["outsourcing.contract"]).create(
            {
                "title": "Two sessions",
                "service_type_id": env.ref("property_outsourcing.service_type_facade").id,
                "contractor_id": firm.id,
                "community_id": community.id,
                "company_id": env.company.id,
                "currency_id": env.company.currency_id.id,
                "date_start": fields.Date.subtract(today, months=1),
                "date_end": fields.Date.add(today, months=1),
                "rule_ids": [Command.clear()],
                "state": "active",
            }
        )
        common = {"fact_type": "level_failed", "source": contract, "contract": contract}
        facts = env["outsourcing.fact"]._record([{**common, "key": f"race:{n}"} for n in range(2)])
        self.firm_id = firm.id
        self.created = [facts, contract, community, community.analytic_account_id, firm]

    def _remove(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM outsourcing_card WHERE contractor_id = %s", [self.firm_id])
            for records in self.created:
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _open_session(self):
        """Return an environment on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1")
        return api.Environment(cr, SUPERUSER_ID, QUIET)

    @mute_logger("odoo.sql_db")
    def test_two_runs_at_once_propose_one_card(self):
        first, second = self._open_session(), self._open_session()
        early = first["outsourcing.card"]._propose(first["res.partner"].browse(self.firm_id))
        first.cr.commit()
        late = second["outsourcing.card"]._propose(second["res.partner"].browse(self.firm_id))
        second.cr.commit()
        self.assertEqual((len(early), len(late)), (1, 0))
        cards = self._open_session()["outsourcing.card"].search([("contractor_id", "=", self.firm_id)])
        self.assertEqual(len(cards), 1)
