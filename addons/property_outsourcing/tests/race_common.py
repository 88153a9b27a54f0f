from odoo import SUPERUSER_ID, api, fields
from odoo.tests import TransactionCase
from odoo.tools import SQL

from ..models.workflow.gate import open_gate

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


class RaceCommon(TransactionCase):
    """Real sessions, each on a connection of its own; what they meet is committed, and removed afterwards."""

    def setUp(self):
        super().setUp()
        self.created = []
        with self.registry.cursor() as cr:  # committed: the sessions have to see it
            self._create_documents(api.Environment(cr, SUPERUSER_ID, QUIET))
        self.addCleanup(self._remove)

    def _create_documents(self, env):
        """Create what the sessions meet and note it in ``self.created``, dependent records first. Hook."""

    def _create_contract(self, env, service, **vals):
        """Return a running contract of a firm and a community of its own, noted to be removed."""
        community = env["outsourcing.community"].create({"name": "Two sessions"})
        firm = env["res.partner"].create({"name": "Two sessions"})
        today = fields.Date.today()
        contract = open_gate(env["outsourcing.contract"]).create(
            {
                "title": "Two sessions",
                "service_type_id": env.ref(f"property_outsourcing.{service}").id,
                "contractor_id": firm.id,
                "community_id": community.id,
                "company_id": env.company.id,
                "currency_id": env.company.currency_id.id,
                "date_start": fields.Date.subtract(today, months=1),
                "date_end": fields.Date.add(today, months=1),
                "state": "active",
                **vals,
            }
        )
        self.created += [contract, community, community.analytic_account_id, firm]
        return contract

    def _remove(self):
        with self.registry.cursor() as cr:
            self._remove_dependents(cr)
            for records in self.created:
                table = SQL.identifier(records._table)
                cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))

    def _remove_dependents(self, cr):
        """Remove what the sessions themselves made. Hook."""

    def _open_session(self):
        """Return an environment on a connection of its own whose view of the data begins now."""
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        cr.execute("SELECT 1 FROM res_partner LIMIT 1")
        return api.Environment(cr, SUPERUSER_ID, QUIET)
