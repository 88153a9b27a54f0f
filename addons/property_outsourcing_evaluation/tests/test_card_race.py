from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.property_outsourcing.tests.race_common import RaceCommon


@tagged("post_install", "-at_install")
class TestCardRace(RaceCommon):
    """Two real sessions look for failures in the same second: one card comes of it."""

    def _create_documents(self, env):
        contract = self._create_contract(env, "service_type_facade", rule_ids=[Command.clear()])
        common = {"fact_type": "level_failed", "source": contract, "contract": contract}
        facts = env["outsourcing.fact"]._record([{**common, "key": f"race:{n}"} for n in range(2)])
        self.firm_id = contract.contractor_id.id
        self.created.insert(0, facts)

    def _remove_dependents(self, cr):
        cr.execute("DELETE FROM outsourcing_card WHERE contractor_id = %s", [self.firm_id])

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
