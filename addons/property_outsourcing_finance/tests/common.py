from odoo.addons.property_outsourcing.tests.common import OutsourcingCommon
from odoo.addons.property_outsourcing.tests.contract_year import month_end


class SettlementCommon(OutsourcingCommon):
    """Contracts accepted so far, and the way of a settlement through three people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for contractor in (cls.contractor, cls.competitor):
            cls._create_required_documents(contractor)
        # an accountant is no member of the outsourcing groups
        cls.user_manager3 = cls._create_internal_user("he_manager", "He Manager", "manager")

    @classmethod
    def _accept(cls, milestone, amount=None, day=None):
        """Record what the acceptance add-on would: so much of the row is accepted."""
        milestone.deliverable_ids._gated().write({"state": "accepted"})
        cls._accept_row(
            milestone,
            milestone.amount if amount is None else amount,
            day or month_end(1),
            milestone.contract_id,
        )
        return milestone

    @classmethod
    def _create_service(cls, months=1, **vals):
        """Return an active 12-month service contract of 12,000.00 a month, the first ``months`` accepted."""
        contract = cls._create_active_contract(**vals)
        for milestone in contract.milestone_ids[:months]:
            cls._accept(milestone, day=milestone.date_end)
        return contract

    @classmethod
    def _create_works(cls, **vals):
        """Return the active works contract of 200,000.00 with its first 30 % accepted when due."""
        contract = cls._create_works_contract(**vals)
        cls._accept(contract.milestone_ids[0], day=month_end(3))
        return contract

    @classmethod
    def _deduct(cls, contract, milestone=None, amount=None, rate=5.0, **vals):
        """Confirm a deduction of ``rate`` percent of the period, acknowledged by the contractor."""
        milestone = milestone or contract.milestone_ids[0]
        rule = contract._gated().rule_ids.create(
            {
                "contract_id": contract.id,
                "name": "Concealment or poor upkeep",
                "clause": "7.2",
                "trigger": "inspection_missed",
                "basis": "fixed" if amount else "percent_period",
                "rate": rate,
                "amount": amount or 0.0,
                "per": "period",
                **vals,
            }
        )
        fact = contract._record_fact(
            "inspection_missed", milestone, date=milestone.date_end or milestone.date_due, milestone=milestone
        )
        adjustment = cls.env["outsourcing.adjustment"].search(
            [("rule_id", "=", rule.id), ("fact_ids", "in", fact.ids)]
        )
        # presets of the service type may react to the same fact: this test is about one clause
        (
            cls.env["outsourcing.adjustment"].search([("fact_ids", "in", fact.ids)]) - adjustment
        )._gated().write({"state": "waived"})
        adjustment.with_user(cls.user_manager).action_confirm()
        adjustment.with_user(cls.portal_contractor)._portal_acknowledge()
        return adjustment

    @classmethod
    def _settle(cls, milestones, user=None):
        """Draw up the settlements of accepted ``milestones``."""
        settlements = cls.env["outsourcing.settlement"].with_user(user or cls.user_supervisor)
        settlements = settlements._create_for_milestones(milestones.with_user(user or cls.user_supervisor))
        return settlements.with_env(cls.env)

    @classmethod
    def _approve(cls, settlement):
        """Take a draft through supervisor, manager and finance."""
        settlement.with_user(cls.user_supervisor).action_submit()
        settlement.with_user(cls.user_manager).action_check()
        settlement.with_user(cls.user_finance).action_approve()
        return settlement

    @classmethod
    def _bill(cls, settlement):
        """Take a draft to its vendor bill, as finance."""
        cls._approve(settlement)
        settlement.with_user(cls.user_finance2).action_create_bill()
        return settlement.with_user(cls.user_finance2).bill_id

    @classmethod
    def _pay(cls, bill, amount=None):
        wizard = cls.env["account.payment.register"].with_user(cls.user_finance2)
        wizard = wizard.with_context(active_model="account.move", active_ids=bill.ids)
        return wizard.create({"amount": amount} if amount else {})._create_payments()
