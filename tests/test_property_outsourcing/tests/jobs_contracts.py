from datetime import timedelta

from odoo.fields import Command

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.evidence_common import make_photo


class ContractJobs(OutsourcingCommon):
    """Contracts and firms, and what they owe by a day."""

    @classmethod
    def _make_contracts(cls, count, service="service_type_elevator", **vals):
        """Return running contracts without rows; each has a firm and a community of its own."""
        firms = cls.env["res.partner"].create(
            [
                {"name": f"Firm {n}", "is_company": True, "outsourcing_state": "candidate"}
                for n in range(count)
            ]
        )
        open_gate(firms).write({"outsourcing_state": "qualified"})
        communities = cls.env["outsourcing.community"].create(
            [
                {
                    "name": f"Community {n}",
                    "area_id": cls.area.id,
                    "manager_id": cls.user_manager.id,
                    "supervisor_ids": [Command.set(cls.user_supervisor.ids)],
                }
                for n in range(count)
            ]
        )
        values = {
            "date_start": cls.today - timedelta(days=200),
            "date_end": cls.today + timedelta(days=200),
            **vals,
        }
        contracts = cls.env["outsourcing.contract"].create(
            [
                {
                    **cls._prepare_contract(service, **values),
                    "contractor_id": firm.id,
                    "community_id": community.id,
                }
                for firm, community in zip(firms, communities, strict=True)
            ]
        )
        project = cls.env["project.project"].create({"name": "Jobs", "company_id": cls.company.id})
        open_gate(contracts).write({"state": "active", "project_id": project.id})
        return contracts

    @classmethod
    def _make_rows(cls, contracts, **vals):
        return open_gate(cls.env["outsourcing.contract.milestone"]).create(
            [
                {"contract_id": contract.id, "name": "Row", "kind": "milestone", "amount": 1000.0, **vals}
                for contract in contracts
            ]
        )

    @classmethod
    def _make_expiring_contracts(cls, count):
        contracts = cls._make_contracts(count)
        open_gate(contracts).write({"date_end": cls.today + timedelta(days=20)})
        return contracts

    @classmethod
    def _make_expiring_bonds(cls, count):
        contracts = cls._make_contracts(count, bond_kind="guarantee", bond_amount=100.0)
        open_gate(contracts).write(
            {
                "bond_date_received": cls.today - timedelta(days=100),
                "bond_date_valid": cls.today + timedelta(days=5),
            }
        )
        return contracts

    @classmethod
    def _make_deliverables(cls, count, due):
        items = open_gate(cls.env["outsourcing.contract.deliverable"]).create(
            [
                {"contract_id": contract.id, "name": "Test report", "date_due": due}
                for contract in cls._make_contracts(count)
            ]
        )
        cls._age(items)
        return items

    @classmethod
    def _make_waiting_notices(cls, count):
        return open_gate(cls.env["outsourcing.notice"]).create(
            [
                {
                    "company_id": contract.company_id.id,
                    "partner_id": contract.contractor_id.id,
                    "section": "contracts",
                    "res_model": contract._name,
                    "res_id": contract.id,
                    "sentence": "Please call",
                    "channel": "sms",
                    "once_key": f"waiting:{contract.id}",
                }
                for contract in cls._make_contracts(count)
            ]
        )

    @classmethod
    def _make_due_deliverables(cls, count):
        return cls._make_deliverables(count, cls.today + timedelta(days=1))

    @classmethod
    def _make_late_deliverables(cls, count):
        return cls._make_deliverables(count, cls.today - timedelta(days=3))

    @classmethod
    def _make_suspended_firms(cls, count):
        firms = cls._make_contracts(count).contractor_id
        open_gate(firms).write(
            {
                "outsourcing_state": "suspended",
                "outsourcing_state_until": cls.today - timedelta(days=1),
            }
        )
        return firms

    @classmethod
    def _make_expiring_documents(cls, count):
        kind = cls.env.ref("property_outsourcing.document_type_business_license")
        documents = cls.env["outsourcing.document"]
        for contract in cls._make_contracts(count):
            documents |= cls._create_document(
                kind, contract.contractor_id, verified=False, date_end=cls.today + timedelta(days=5)
            )
        open_gate(documents).write({"verified_by_id": cls.user_manager.id, "date_verified": cls.today})
        return documents

    @classmethod
    def _make_expired_documents(cls, count):
        documents = cls._make_expiring_documents(count)
        day = cls.today - timedelta(days=2)
        open_gate(documents).write({"date_end": day, "date_verified": day - timedelta(days=30)})
        return documents

    @classmethod
    def _make_undecided_proposals(cls, count):
        proposals = cls._make_appeals(count)
        open_gate(proposals).write({"state": "proposed"})
        cls.company.outsourcing_proposal_days = 7
        proposals.flush_recordset()
        cls.env.cr.execute(
            "UPDATE outsourcing_adjustment SET create_date = %s WHERE id IN %s",
            [cls.today - timedelta(days=365), tuple(proposals.ids)],
        )
        proposals.invalidate_recordset()
        return proposals

    @classmethod
    def _make_appeals(cls, count):
        contracts = cls._make_contracts(count)
        rules = open_gate(cls.env["outsourcing.contract.rule"]).create(
            [
                {
                    "contract_id": contract.id,
                    "name": "Clause",
                    "trigger": "manual",
                    "basis": "fixed",
                    "amount": 100.0,
                }
                for contract in contracts
            ]
        )
        appeals = open_gate(cls.env["outsourcing.adjustment"]).create(
            [
                {
                    "contract_id": rule.contract_id.id,
                    "rule_id": rule.id,
                    "basis": "fixed",
                    "fixed_amount": 100.0,
                    "amount": 100.0,
                    "uncapped_amount": 100.0,
                }
                for rule in rules
            ]
        )
        open_gate(appeals).write({"state": "appealed", "answer_deadline": cls.today - timedelta(days=1)})
        return appeals

    @classmethod
    def _make_unsigned_amendments(cls, count):
        amendments = cls.env["outsourcing.contract.amendment"].create(
            [
                {
                    "title": "Change",
                    "contract_id": contract.id,
                    "reason": "Agreed",
                    "date_effective": cls.today,
                }
                for contract in cls._make_contracts(count)
            ]
        )
        open_gate(amendments).write({"state": "to_sign", "date_sign_due": cls.today - timedelta(days=1)})
        return amendments

    @classmethod
    def _make_unanswered_variations(cls, count):
        variations = cls.env["outsourcing.variation"].create(
            [
                {"title": "Hollow tiles", "reason": "Found", "contract_id": contract.id}
                for contract in cls._make_contracts(count, "service_type_facade")
            ]
        )
        open_gate(variations).write({"state": "submitted", "date_answer_due": cls.today - timedelta(days=1)})
        return variations

    @classmethod
    def _photo(cls, seed):
        return make_photo(color=(seed * 37 % 256, seed * 91 % 256, seed * 53 % 256))

    @classmethod
    def _age(cls, records):
        """Let the records have been there for a year."""
        open_gate(records).write({"date_born": cls.today - timedelta(days=365)})
