from odoo import api, fields, models

# the worst of what speaks for and against
SEVERITY = {False: 0, "renew": 1, "improve": 2, "end": 3}
ADVICE = {"priority": "renew", "renew": "renew", "improve": "improve", "end": "end"}
QUARTERS = 4


class OutsourcingContract(models.Model):
    """Whether a contract should be renewed: by the last quarters of its contractor, cards and gold."""

    _inherit = "outsourcing.contract"

    renewal_advice = fields.Selection(
        [("renew", "Renew"), ("improve", "Renew with conditions"), ("end", "Do not renew")],
        "Proposal for the Renewal",
        compute="_compute_renewal_advice",
        compute_sudo=True,
        groups="base.group_user",
    )
    renewal_reasons = fields.Text(
        "Reasons of the Proposal",
        compute="_compute_renewal_advice",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("is_expiring", "contractor_id.outsourcing_evaluation_ids.state")
    @api.depends_context("lang")
    def _compute_renewal_advice(self):
        for contract in self._together():
            found = {"advice": False, "reasons": []}
            if contract.is_expiring and not contract.next_id:
                found = contract._get_renewal_recommendation()
            contract.renewal_advice = found["advice"]
            contract.renewal_reasons = "\n".join(found["reasons"]) or False

    def _get_renewal_recommendation(self):
        found = super()._get_renewal_recommendation()
        # sudo: grades and cards are shown to whoever decides on the contract, nothing else of them
        contract = self.sudo()
        quarters = contract._ask_together("_map_final_quarters").get(contract) or ()
        advices, reasons = [found["advice"]], list(found["reasons"])
        if quarters:
            advices.append(ADVICE[quarters[-1].grade_id.advice])
            reasons += [contract._get_quarter_sentence(quarter) for quarter in quarters]
        firm = contract.contractor_id
        for card in firm._get_outsourcing_cards_in_force(contract.company_id):
            advices.append("end" if card.color == "red" else "improve")
            reasons.append(firm._get_card_sentence(card))
        if award := firm._get_outsourcing_gold_award(contract.company_id):
            reasons.append(self.env._("Gold partner until %s: renewed before others.", award.date_until))
        return {"advice": max(advices, key=SEVERITY.get), "reasons": reasons}

    def _get_quarter_sentence(self, quarter):
        return self.env._(
            "%(quarter)s: grade %(grade)s, %(score)s points, place %(place)s: %(meaning)s",
            quarter=quarter.period_label,
            grade=quarter.grade_id.name,
            score=f"{quarter.score:g}",
            place=quarter.rank_label,
            meaning=quarter.grade_id.meaning,
        )

    def _map_final_quarters(self):
        """Return a dict: contract (in sudo) -> the last graded final evaluations of its firm and service."""
        evaluations = self.env["outsourcing.evaluation"].search(
            [
                ("contractor_id", "in", self.contractor_id.ids),
                ("state", "=", "final"),
                ("is_graded", "=", True),
            ],
            order="date_from",
        )
        evaluations.mapped("rank_label")
        found = evaluations.grouped(lambda e: (e.company_id, e.contractor_id, e.service_type_id))
        return {
            contract: list(
                found.get((contract.company_id, contract.contractor_id, contract.service_type_id), ())
            )[-QUARTERS:]
            for contract in self
        }
