from odoo import models
from odoo.tools import date_utils

from odoo.addons.property_outsourcing.tools import SERVED_STATES


class OutsourcingSurveyRound(models.Model):
    """What the households said becomes one fact per contract that served them in the quarter."""

    _inherit = "outsourcing.survey.round"

    def _record_satisfaction(self):
        """Tell the fact of each contract, once; a survey that is not representative tells none."""
        contracts = self._search_serving_contracts()
        self.env["outsourcing.fact"]._record(
            [
                survey._prepare_fact(contract, *told)
                for survey in self.filtered("is_representative")
                for contract in contracts
                if survey._is_served_by(contract) and (told := survey._get_told(contract))
            ]
        )

    def _search_serving_contracts(self):
        """Return the contracts that served the communities of ``self`` at some time; one query for all."""
        domain = [("community_ids", "in", self.community_id.ids), ("state", "in", SERVED_STATES)]
        return self.env["outsourcing.contract"].search(domain, order="id")

    def _is_served_by(self, contract):
        first, last = self.date_quarter, date_utils.end_of(self.date_quarter, "quarter")
        serves = self.community_id in contract.community_ids
        return serves and contract.date_start <= last and contract.date_end >= first

    def _get_told(self, contract):
        """Return (index, valid answers) by which ``contract`` is judged: its questions, else all; or None."""
        results = self.result_ids.filtered("valid_count")
        service = contract.service_type_id
        own = results.filtered(lambda row: service in row.question_id.outsourcing_service_type_ids)
        if not results:
            return None
        score, _rate = results._weigh(own or results)
        return score, max((own or results).mapped("valid_count"))

    def _prepare_fact(self, contract, score, valid):
        return {
            "fact_type": "satisfaction",
            "source": self,
            "contract": contract,
            "community": self.community_id,
            "date": date_utils.end_of(self.date_quarter, "quarter"),
            "value": score,
            "weight": valid,
            "note": self.env._("%(valid)s valid of %(issued)s issued", valid=valid, issued=self.issued_count),
            "key": f"satisfaction:{self.id}:{contract.id}",
        }
