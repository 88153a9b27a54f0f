from odoo.fields import Command
from odoo.tests import Form

from .contract_year import YEAR_END, YEAR_START, month_end


class ContractFactory:
    """The contracts of the two stories, for ``OutsourcingCommon``."""

    @classmethod
    def _prepare_contract(cls, service_xmlid, **vals):
        service = cls.env.ref(f"property_outsourcing.{service_xmlid}")
        return {
            "title": service.name,
            "service_type_id": service.id,
            "contractor_id": cls.contractor.id,
            "company_id": cls.company.id,
            "currency_id": cls.company.currency_id.id,
            "community_id": cls.community.id,
            "manager_id": cls.user_manager.id,
            "date_start": YEAR_START,
            "date_end": YEAR_END,
            "period_penalty_cap_rate": 0.0,  # a class about this cap sets it
            **vals,
        }

    @classmethod
    def _create_contract(cls, service="service_type_elevator", **vals):
        """Return a draft 12-month service contract of 12,000.00 a month, presets loaded."""
        periods = {"period_amount": 12000.0, "period_months": 1}
        contract = cls.env["outsourcing.contract"].create(
            cls._prepare_contract(service, **{**periods, **vals})
        )
        contract._load_presets()
        if not contract.milestone_ids and contract.kind != "repairs":
            contract.action_generate_periods()
        return contract

    @classmethod
    def _create_works_draft(cls, **vals):
        """Return a draft facade repair of 200,000.00 at 30/40/30 %, retention 3 %."""
        shares = (("Mobilisation and bedding", 30), ("Tiling", 40), ("Completion", 30))
        rows = [
            Command.create(
                {
                    "name": name,
                    "percent": percent,
                    "sequence": index,
                    "kind": "completion" if name == "Completion" else "milestone",
                    "date_due": month_end(3 + index),
                    "requires_third_party": index == 0,
                    "requires_witness": index == 0,
                }
            )
            for index, (name, percent) in enumerate(shares)
        ]
        values = {"amount_total": 200000.0, "milestone_ids": rows, **vals}
        contract = cls.env["outsourcing.contract"].create(
            cls._prepare_contract("service_type_facade", **values)
        )
        contract._load_presets()
        return contract

    @classmethod
    def _activate(cls, contracts, documents=True):
        """Submit as one manager, approve as another; documents are filed first, those of a firm once."""
        firms = cls.env["res.partner"]
        for contract in contracts if documents else ():
            firm = contract.contractor_id
            cls._create_required_documents(contract=contract, firm_s_own=firm not in firms)
            firms |= firm
        contracts.with_user(cls.user_manager).action_submit()
        contracts.with_user(cls.user_manager2).action_approve()
        return contracts

    @classmethod
    def _create_active_contract(cls, **vals):
        """Return an active service contract: 12 monthly periods of 12,000.00."""
        return cls._activate(cls._create_contract(**vals))

    @classmethod
    def _create_active_contracts(cls, count, draft=None):
        """Return active contracts, signed together; ``draft`` draws each up, by default a service."""
        draft = draft or cls._create_contract
        contracts = [draft(title=f"Contract {number}") for number in range(count)]
        return cls._activate(contracts[0].union(*contracts[1:]))

    @classmethod
    def _create_works_contract(cls, **vals):
        """Return an active works contract: 200,000.00 at 30/40/30 %."""
        return cls._activate(cls._create_works_draft(**vals))

    @classmethod
    def _decide_with_reason(cls, record, button, reason):
        """Press ``button`` as the user of ``record`` and write ``reason`` into the dialogue it opens."""
        action = getattr(record, button)()
        wizard = Form(record.env[action["res_model"]].with_context(**action["context"]))
        wizard.reason = reason
        wizard.save().action_confirm()

    @classmethod
    def _accept_row(cls, row, amount, day, source):
        """Accept ``amount`` of one payment row by ``source``, through the door every document uses."""
        row._record_acceptances({row: (amount, day, source)})
