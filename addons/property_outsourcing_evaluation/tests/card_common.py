from datetime import timedelta

from odoo import fields

from .evaluation_common import EVALUATION, EvaluationCommon


class CardFactory:
    """Failures of acceptance and the cards they come to, for ``OutsourcingCommon``."""

    @classmethod
    def _fail(cls, count=1, contract=None, fact_type="level_failed", days_ago=10, contractor=None):
        """Record ``count`` failures in a row; what is recorded later is the later one.

        :param contractor: the firm of which they are told without a contract
        """
        day = fields.Date.today() - timedelta(days=days_ago)
        contract = contract or cls.contract
        about = {"source": contract, "contract": contract}
        if contractor:
            about = {"source": cls.community, "contractor": contractor}
        cls.failures = getattr(cls, "failures", 0)
        rows = []
        for _number in range(count):
            cls.failures += 1
            key = f"{fact_type}:card:{cls.failures}"
            rows.append({"fact_type": fact_type, "date": day, "key": key, **about})
        return cls.env["outsourcing.fact"]._record(rows)

    @classmethod
    def _propose_cards(cls):
        """Run the schedule; return all cards, the latest first."""
        cls.env["outsourcing.card"].sudo()._cron_propose()
        return cls.env["outsourcing.card"].search([])

    @classmethod
    def _issue(cls, failures=2, user=None):
        """Return a card that was proposed for ``failures`` in a row and issued."""
        cls._fail(failures)
        card = cls._propose_cards()[:1]
        card.with_user(user or cls.user_manager).action_issue()
        return card

    @classmethod
    def _write_card(cls, user=None, **vals):
        """Return a card a manager writes by hand."""
        cards = cls.env["outsourcing.card"].with_user(user or cls.user_manager)
        values = {
            "rule_id": cls.env.ref(f"{EVALUATION}.card_rule_manual").id,
            "contractor_id": cls.contractor.id,
            "contract_id": cls.contract.id,
            "grounds": "Worked without a permit",
        }
        return cards.create({**values, **vals})


class CardCommon(CardFactory, EvaluationCommon):
    """A running contract whose contractor may fail."""
