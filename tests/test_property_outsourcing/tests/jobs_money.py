from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .jobs_contracts import ContractJobs


class MoneyJobs(ContractJobs):
    """Retention, statements, applications, tenders and their bonds."""

    @classmethod
    def _make_due_retentions(cls, count):
        contracts = cls._make_contracts(count, "service_type_facade")
        settlements = open_gate(cls.env["outsourcing.settlement"]).create(
            [{"contract_id": contract.id} for contract in contracts]
        )
        lines = open_gate(cls.env["outsourcing.settlement.line"]).create(
            [
                {
                    "settlement_id": settlement.id,
                    "kind": "retention",
                    "name": "Retention",
                    "price_unit": -30.0,
                }
                for settlement in settlements
            ]
        )
        cls.env.flush_all()
        open_gate(lines).write({"amount_withheld": 30.0, "date_due": cls.today + timedelta(days=5)})
        return contracts

    @classmethod
    def _make_silent_statements(cls, count):
        """Return settlements the contractors have not answered within their days; a manager decides."""
        cls.company.outsourcing_statement_silence = "manager"
        settlements = open_gate(cls.env["outsourcing.settlement"]).create(
            [{"contract_id": contract.id} for contract in cls._make_contracts(count)]
        )
        day = fields.Datetime.now() - timedelta(days=40)
        vals = {"state": "submitted", "statement_state": "waiting", "date_submitted": day}
        open_gate(settlements).write(vals)
        return settlements

    @classmethod
    def _make_unanswered_applications(cls, count):
        day = cls.today - timedelta(days=40)
        return open_gate(cls.env["outsourcing.payment.application"]).create(
            [{"contract_id": contract.id, "date": day} for contract in cls._make_contracts(count)]
        )

    @classmethod
    def _make_tenders_to_open(cls, count):
        past = fields.Datetime.now() - timedelta(hours=1)
        tenders = cls.env["outsourcing.tender"].create(
            [
                {
                    "title": f"Tender {n}",
                    "service_type_id": cls.service_elevator.id,
                    "community_ids": [Command.set(cls.community.ids)],
                    "company_id": cls.company.id,
                    "manager_id": cls.user_manager.id,
                    "way_id": cls.env.ref("property_outsourcing_tender.way_quotes").id,
                }
                for n in range(count)
            ]
        )
        open_gate(tenders).write({"state": "published", "date_deadline": past, "date_opening": past})
        return tenders

    @classmethod
    def _make_bonds_to_return(cls, count):
        tenders = cls._make_tenders_to_open(count)
        lots = cls.env["outsourcing.tender.lot"]._gated()
        lots = lots.create([{"tender_id": tender.id, "name": "Lot"} for tender in tenders])
        today = fields.Date.today()
        vals = {"bond_kind": "cash", "bond_amount": 100.0, "date_given": today, "bond_date_received": today}
        vals |= {"contractor_id": cls.contractor.id, "state": "received", "date_return_due": today}
        bonds = open_gate(cls.env["outsourcing.bid.bond"])
        return bonds.create([{**vals, "lot_id": lot.id} for lot in lots])
