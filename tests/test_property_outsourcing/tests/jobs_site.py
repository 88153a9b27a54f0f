from datetime import datetime, time, timedelta

from odoo.addons.property_outsourcing.models.evidence.gate import open_evidence
from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .jobs_contracts import ContractJobs


class SiteJobs(ContractJobs):
    """Photos, rounds, logs, defects and acceptances that wait for their day."""

    @classmethod
    def _make_unsealed_chains(cls, count):
        chains = cls.env["outsourcing.evidence.chain"]
        for contract in cls._make_contracts(count):
            contract._add_evidence([(f"{contract.id}.jpg", cls._photo(contract.id))])
            chains |= chains._get_or_create(contract, cls.company)
        open_evidence(chains.evidence_ids).write({"sealed": False})
        return chains.sudo(False)

    @classmethod
    def _make_unverified_chains(cls, count):
        chains = cls._make_unsealed_chains(count)
        chains._seal()
        return chains

    @classmethod
    def _make_plans(cls, count):
        checklist = cls.env.ref("property_outsourcing_site.checklist_elevator_daily")
        plans = cls.env["outsourcing.inspection.plan"].create(
            [
                {
                    "contract_id": contract.id,
                    "kind": "patrol",
                    "party": "contractor",
                    "checklist_id": checklist.id,
                    "frequency": "month",
                }
                for contract in cls._make_contracts(count)
            ]
        )
        return plans

    @classmethod
    def _make_missed_inspections(cls, count):
        checklist = cls.env.ref("property_outsourcing_site.checklist_elevator_daily")
        inspections = cls.env["outsourcing.inspection"].create(
            [
                {
                    "contract_id": contract.id,
                    "kind": "patrol",
                    "checklist_id": checklist.id,
                    "date_planned": cls.today - timedelta(days=3),
                }
                for contract in cls._make_contracts(count)
            ]
        )
        cls._age(inspections)
        return inspections

    @classmethod
    def _make_unreviewed_logs(cls, count):
        logs = cls.env["outsourcing.site.log"].create(
            [
                {"contract_id": contract.id, "content": "Greased the guide rails"}
                for contract in cls._make_contracts(count)
            ]
        )
        open_gate(logs).write({"state": "submitted", "date_review_due": cls.today - timedelta(days=1)})
        return logs

    @classmethod
    def _make_contracts_with_logs(cls, count):
        contracts = cls._make_contracts(count)
        contracts._gated().write(
            {"log_frequency": "daily", "date_logs_judged": cls.today - timedelta(days=10)}
        )
        return contracts

    @classmethod
    def _make_overdue_defects(cls, count):
        defects = cls.env["outsourcing.defect"].create(
            [
                {
                    "contract_id": contract.id,
                    "description": "Car light broken",
                    "date_found": cls.today - timedelta(days=5),
                }
                for contract in cls._make_contracts(count)
            ]
        )
        open_gate(defects).write({"state": "assigned", "date_deadline": cls.today - timedelta(days=1)})
        return defects

    @classmethod
    def _make_ended_periods(cls, count):
        return cls._make_rows(
            cls._make_contracts(count),
            kind="period",
            date_start=cls.today - timedelta(days=40),
            date_end=cls.today - timedelta(days=10),
        ).with_env(cls.env)

    @classmethod
    def _make_late_acceptances(cls, count):
        rows = cls._make_rows(cls._make_contracts(count, "service_type_facade"))
        acceptances = cls.env["outsourcing.acceptance"].create([{"milestone_id": row.id} for row in rows])
        open_gate(acceptances).write(
            {"state": "property_check", "date_deadline": cls.today - timedelta(days=1)}
        )
        return acceptances

    @classmethod
    def _make_no_shows(cls, count):
        rows = cls._make_rows(cls._make_contracts(count, "service_type_facade"))
        planned = datetime.combine(cls.today - timedelta(days=9), time(3))
        works = cls.env["outsourcing.concealed.work"].create(
            [{"title": "Bedding", "milestone_id": row.id, "planned_date": planned} for row in rows]
        )
        open_gate(works).write({"state": "notified"})
        return works
