from odoo import models
from odoo.fields import Command

from odoo.addons.property_outsourcing.models.contract.contract_open_points import OpenPoint
from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint

from .outsourcing_contract_amendment import OPEN_STATES

UNANSWERED = ("submitted", "checked")
# approved site variations that no amendment in force has made payable
UNPAID = [
    ("state", "in", ("approved", "amended")),
    ("milestone_id", "=", False),
    "|",
    ("amendment_id", "=", False),
    ("amendment_id.date_activated", "=", False),
]


class OutsourcingContract(models.Model):
    """Amendments and site variations when a contract ends: what was built and approved is owed."""

    _inherit = "outsourcing.contract"

    def _get_open_points(self):
        amendments = self.env["outsourcing.contract.amendment"].search(
            [("contract_id", "in", self.ids), ("state", "in", ("draft", *OPEN_STATES))], order="id"
        )
        return (
            super()._get_open_points()
            + [amendment._get_open_point() for amendment in amendments]
            + [variation._get_open_point() for variation in self._search_unpaid_variations()]
        )

    def _search_unpaid_variations(self):
        """Return the approved site variations that no amendment in force has made payable."""
        return self.env["outsourcing.variation"].search(
            [("contract_id", "in", self.ids), *UNPAID], order="id"
        )

    def _get_end_decisions(self):
        return super()._get_end_decisions() | {
            "effect": self.env._("Put into effect before the end"),
            "owe": self.env._("Was performed: is paid"),
            "drop": self.env._("Is not paid"),
        }

    def _settle_open_points(self, decided):
        super()._settle_open_points(decided)
        amendments = "outsourcing.contract.amendment"
        for amendment in decided.get((amendments, "effect"), ()):  # the order of their days decides
            amendment._as_system()._transition_to("active")
        if dropped := decided.get((amendments, "cancel")):
            dropped._as_system()._transition_to("cancelled")  # whoever ends the contract was checked
        variations = self.env["outsourcing.variation"]
        # what an amendment has just taken up is paid by it
        unpaid = self._search_unpaid_variations()
        (decided.get(("outsourcing.variation", "owe"), variations) & unpaid)._owe()
        (decided.get(("outsourcing.variation", "drop"), variations) & unpaid)._drop()

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "terminated":
            points += self._get_waiting_points("outsourcing.variation", [("state", "in", UNANSWERED)])
        elif target == "completed":
            points += self._get_waiting_points("outsourcing.variation", [("state", "in", UNANSWERED)])
            points += self._get_waiting_points("outsourcing.variation", UNPAID)
            still_open = [("state", "in", ("draft", *OPEN_STATES))]
            points += self._get_waiting_points("outsourcing.contract.amendment", still_open)
        return points

    def _get_waiting_points(self, model, domain):
        return [
            MissingPoint(
                self.env._(
                    "%(document)s is %(state)s: finish it or drop it first.",
                    document=record.display_name,
                    state=record._get_state_label(),
                ),
                record=record,
            )
            for record in self._find_standing(model, domain).sorted("id")
        ]

    def _freeze_row_shares(self):
        """Turn the percentages of the payment rows (in sudo) into amounts: they were shares as signed."""
        for row in self.milestone_ids.filtered("percent"):
            row._gated().write({"percent": 0.0, "amount": row.amount})


class OutsourcingContractAmendment(models.Model):
    _inherit = "outsourcing.contract.amendment"

    def _get_open_point(self):
        """Return the amendment as an open point of its contract: signed and due it can still take effect."""
        self.ensure_one()
        signed = self.state == "signed" and self.date_effective <= self.contract_id._get_as_of()
        decisions = ("effect", "cancel") if signed else ("cancel",)
        return OpenPoint(self.contract_id, self, decisions, self.amount_delta, self._get_state_label())


class OutsourcingVariation(models.Model):
    _inherit = "outsourcing.variation"

    def _get_open_point(self):
        """Return the variation as an open point of its contract; omitted work is no debt of ours."""
        self.ensure_one()
        decisions = ("owe", "drop") if self.amount_total > 0 else ("drop",)
        return OpenPoint(self.contract_id, self, decisions, self.amount_total, self._get_state_label())

    def _owe(self):
        """Make what was performed and approved (in sudo) payable: both sides have signed it.

        Each gets an accepted payment row of its own; without an amendment, which the end leaves no time for.
        """
        for contract, variations in self.grouped("contract_id").items():
            contract._freeze_row_shares()
            contract._keep_print()  # the contract as it was signed
            total = contract.currency_id.round(contract.amount_total + sum(variations.mapped("amount_total")))
            contract._gated().write(
                {
                    "amount_total": total,
                    "milestone_ids": [
                        Command.create(variation._prepare_row_vals()) for variation in variations
                    ],
                }
            )
            rows = contract.milestone_ids.sorted("id")[-len(variations) :]
            for row, variation in zip(rows, variations, strict=True):
                variation._gated().write({"milestone_id": row.id})
            rows._follow_order()
            day = contract._get_as_of()
            rows._record_acceptances(
                {row: (row.amount, day, variation) for row, variation in zip(rows, variations, strict=True)}
            )

    def _prepare_row_vals(self):
        """Return the values of the payment row of this variation."""
        self.ensure_one()
        sequence = max(self.contract_id.milestone_ids.mapped("sequence"), default=10)
        return {
            "kind": "milestone",
            "sequence": sequence + 1,
            "name": self.display_name,
            "community_id": self.community_id.id,
            "date_due": self.contract_id._get_as_of(),
            "amount": self.amount_total,
        }

    def _drop(self):
        """Close the variations (in sudo) unpaid, with the reason of the contract's end as the answer."""
        for variation in self:
            answer = "\n".join(filter(None, (variation.answer, variation.contract_id.end_reason)))
            variation._gated().write({"state": "rejected", "answer": answer})
            variation.message_post(body=self.env._("Not paid when the contract ended: %s", answer))
