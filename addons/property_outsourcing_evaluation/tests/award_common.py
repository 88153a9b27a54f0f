from odoo import fields

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .card_common import CardFactory
from .evaluation_common import EvaluationCommon


class AwardFactory(CardFactory):
    """Final quarters of the last year, for ``OutsourcingCommon``."""

    @classmethod
    def _set_up_year(cls):
        cls.year = fields.Date.today().year - 1

    @classmethod
    def _grade(cls, scores, contract=None):
        """Return the final evaluations of the first quarters of the year, one for each of ``scores``."""
        contract = contract or cls.contract
        evaluations = open_gate(cls.env["outsourcing.evaluation"]).create(
            [
                {
                    "company_id": cls.company.id,
                    "contractor_id": contract.contractor_id.id,
                    "service_type_id": contract.service_type_id.id,
                    "scorecard_id": cls.scorecard.id,
                    "min_rated_weight": 50,
                    "date_from": f"{cls.year}-{1 + 3 * number:02}-01",
                    "date_to": fields.Date.to_date(f"{cls.year}-{1 + 3 * number:02}-28"),
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "All",
                                "weight": 100,
                                "method": "judged",
                                "status": "rated",
                                "points": score,
                            },
                        )
                    ],
                    "state": "final",
                }
                for number, score in enumerate(scores)
            ]
        )
        return evaluations.with_env(cls.env)

    @classmethod
    def _propose_gold(cls, year=None):
        """Propose through the dialogue; return the awards of the year, the best first."""
        wizard = cls.env["outsourcing.award.run"].with_user(cls.user_manager)
        wizard = wizard.create({"year": year or str(cls.year), "company_id": cls.company.id})
        return cls.env["outsourcing.award"].search(wizard.action_run()["domain"])

    @classmethod
    def _award(cls):
        """Return an award of the contractor that is valid from today on."""
        cls._grade([95, 97])
        award = cls._propose_gold()
        award.with_user(cls.user_manager).action_award()
        return award

    @classmethod
    def _issue_card(cls):
        card = cls._write_card()
        card.action_issue()
        return card.with_env(cls.env)


class AwardCommon(AwardFactory, EvaluationCommon):
    """Two contractors of one service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_year()
        cls.rival = cls._activate(cls._create_contract(contractor_id=cls.competitor.id))
