from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.property_outsourcing.tools import format_money
from odoo.addons.property_outsourcing_finance.models.settlement.line_kind import LineKind

FEE = "property_outsourcing_evaluation.activity_type_evaluation_fee"


class OutsourcingContract(models.Model):
    """The grade of a quarter changes what was accepted in it, where the contract says so."""

    _inherit = "outsourcing.contract"

    evaluation_pays = fields.Boolean(
        "Grade Changes the Fee",
        help="What is accepted in a quarter is paid at the share its final grade is worth. Not together with "
        "a monthly score that changes the fee.",
    )

    def _has_score_factor(self):
        """Return whether monthly scores change the fee of the contract ``self`` (in sudo) already."""
        self.ensure_one()
        if not self._get_printed_score_sheet():
            return False
        return any(factor < 100 for _from, _below, factor in self._get_print_bands())

    @api.constrains("evaluation_pays", "service_type_id", "milestone_ids")
    def _check_evaluation_pays(self):
        for contract in self.filtered("evaluation_pays").sudo():  # its own terms
            if contract._has_score_factor():
                raise ValidationError(
                    self.env._(
                        "%s: the monthly score changes the fee already; the grade of the quarter does not "
                        "change it once more.",
                        contract.display_name,
                    )
                )

    def _prepare_settlement_lines(self, milestones):
        lines = super()._prepare_settlement_lines(milestones)
        if not self.evaluation_pays or self._has_score_factor():
            return lines
        # a field, so that the contracts that are settled together are read together
        reduced = self.evaluation_ids.filtered(lambda e: e.state == "final" and e.pay_factor < 100)
        return lines + [line for quarter in reduced if (line := self._prepare_grade_line(quarter))]

    def _prepare_grade_line(self, quarter):
        """Return the line that takes off what the ``quarter`` costs; None where nothing was accepted."""
        rows = self.milestone_ids.filtered(
            lambda row: row.date_accepted and quarter.date_from <= row.date_accepted <= quarter.date_to
        )
        accepted = sum(rows.mapped("amount_accepted"))
        amount = self.currency_id.round(accepted * (100 - quarter.pay_factor) / 100)
        if not amount:
            return None
        return {
            "key": f"evaluation:{quarter.id}:{self.id}",
            "kind": "evaluation",
            "name": self.env._(
                "Grade %(grade)s in %(quarter)s", grade=quarter.grade_id.name, quarter=quarter.period_label
            ),
            "price_unit": -amount,
            "source": quarter,
            "formula": self.env._(
                "Accepted in the quarter %(amount)s, paid at %(factor)s%%",
                amount=format_money(self, accepted),
                factor=f"{quarter.pay_factor:g}",
            ),
        }

    def _ask_about_fee(self, quarter):
        """Ask the managers of ``self`` about what ``quarter`` takes off where no settlement follows."""
        asked = {}
        for contract in self.filtered("evaluation_pays"):
            line = not contract._has_score_factor() and contract._prepare_grade_line(quarter)
            if line and contract._is_all_work_settled():
                summary = self.env._(
                    "%(name)s: %(amount)s are not taken off",
                    name=line["name"],
                    amount=format_money(contract, -line["price_unit"]),
                )
                note = self.env._(
                    "All work is settled: no settlement follows that could take it off. Claim it from the "
                    "contractor or waive it, and write down which."
                )
                asked[contract] = {"summary": summary, "note": note}
        self._schedule_events(FEE, asked)


class OutsourcingEvaluation(models.Model):
    _inherit = "outsourcing.evaluation"

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "final":
            for quarter in self.filtered(lambda quarter: quarter.pay_factor < 100):
                quarter.contract_ids._ask_about_fee(quarter)


class OutsourcingSettlement(models.Model):
    _inherit = "outsourcing.settlement"

    @api.model
    def _get_line_kinds(self):
        return super()._get_line_kinds() | {
            "evaluation": LineKind(self.env._("Grade of the quarter"), sequence=36)
        }
