from odoo import models

from odoo.addons.property_outsourcing.models.contractor.res_partner_status import STATE_TRANSITIONS
from odoo.addons.property_outsourcing.tools import RUNNING_STATES

from .outsourcing_card import IN_FORCE


class OutsourcingCard(models.Model):
    """Red: the end of running contracts is proposed and the firm suspended; lifted, it is as before."""

    _inherit = "outsourcing.card"

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "issued":
            new = self.filtered(lambda card: not card.date_appealed)  # else an appeal was turned down
            new._tell_facts()
            for card in new.filtered(lambda card: card.color == "red"):
                card._sanction()
                card._propose_terminations()
        elif target == "lifted":
            for card in self.filtered("is_sanction"):
                card._end_sanction()

    def _tell_facts(self):
        self.env["outsourcing.fact"]._record(
            [
                {
                    "fact_type": f"card_{card.color}",
                    "source": card,
                    "contract": card.contract_id,
                    "contractor": card.contractor_id,
                    "note": card.rule_id.name,
                }
                for card in self
            ]
        )

    def _sanction(self):
        """Suspend or blacklist the firm of the red card ``self`` until the card ends, as its rule says."""
        firm, target = self.contractor_id.with_company(self.company_id), self.rule_id.red_state
        if target == "none" or firm.outsourcing_state not in STATE_TRANSITIONS[target]:
            return  # it is barred already; the card bars it as long as it stands
        # sudo: the manager who issues the card was checked, and is on record as who decided
        firm._apply_outsourcing_state(target, self._get_sanction_reason(), self.date_until)
        self._gated().write({"is_sanction": True})

    def _get_sanction_reason(self):
        return self.env._("Red card %(card)s: %(rule)s", card=self.name, rule=self.rule_id.name)

    def _end_sanction(self):
        """Give back the status the lifted card took, unless another card or decision stands in the way."""
        firm = self.contractor_id.with_company(self.company_id)
        others = self.search_count(
            [
                ("id", "!=", self.id),
                ("contractor_id", "=", firm.id),
                ("color", "=", "red"),
                ("state", "in", IN_FORCE),
            ],
            limit=1,
        )
        # by its number: the rule may have another name since, and whoever lifts may read another language
        ours = self.name in (firm.outsourcing_state_reason or "")
        if others or not ours or firm.outsourcing_state != self.rule_id.red_state:
            return
        target = "qualified" if firm.outsourcing_state == "suspended" else "candidate"
        reason = self.env._("Red card %s was lifted.", self.name)
        firm._apply_outsourcing_state(target, reason, scheduled=self._is_system_actor())

    def _propose_terminations(self):
        """Ask the managers of the firm's running contracts whether these end."""
        contracts = self.env["outsourcing.contract"].search(
            [
                ("contractor_id", "=", self.contractor_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", RUNNING_STATES),
            ]
        )
        reason = self.env._(
            "%(contractor)s has got a red card: %(rule)s.",
            contractor=self.contractor_id.name,
            rule=self.rule_id.name,
        )
        for contract in contracts:  # few contracts of one firm
            contract._propose_termination(reason, self)
