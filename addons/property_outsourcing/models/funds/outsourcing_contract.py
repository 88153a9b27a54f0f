from odoo import api, fields, models

from ...tools import join_names
from ..workflow.gate import open_gate
from ..workflow.missing_points import MissingPoint


class OutsourcingContract(models.Model):
    """The money behind the contract: no activation, no payment before the fund's steps are done."""

    _inherit = "outsourcing.contract"

    fund_source_id = fields.Many2one(
        "outsourcing.fund.source",
        "Source of Funds",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    fund_gate_ids = fields.One2many(
        "outsourcing.contract.fund.gate", "contract_id", "Steps of the Fund", readonly=True
    )
    fund_gate_open_count = fields.Integer("Open Fund Steps", compute="_compute_counters")

    @api.model
    def _get_counters(self):
        waiting = [("is_required", "=", True), ("is_done", "=", False)]
        gates = ("outsourcing.contract.fund.gate", "contract_id", waiting)
        return {**super()._get_counters(), "fund_gate_open_count": gates}

    @api.model_create_multi
    def create(self, vals_list):
        contracts = super().create(vals_list)
        contracts.filtered("fund_source_id")._copy_fund_gates()
        return contracts

    def write(self, vals):
        changed = self.browse()
        if "fund_source_id" in vals:
            changed = self.filtered(lambda c: c.fund_source_id.id != (vals["fund_source_id"] or False))
        result = super().write(vals)
        changed._copy_fund_gates()
        return result

    def _copy_fund_gates(self):
        """Replace the steps of ``self`` by those of its fund: the system writes them, none is left out."""
        gates = open_gate(self.env["outsourcing.contract.fund.gate"])  # write on the contract was checked
        open_gate(self.fund_gate_ids).unlink()
        gates.create(
            [
                {"contract_id": contract.id, **template._prepare_gate_vals()}
                for contract in self
                for template in contract.fund_source_id.gate_ids
            ]
        )

    def _get_open_fund_gates(self, *stages):
        self.ensure_one()
        return self.fund_gate_ids.filtered(
            lambda gate: gate.stage in stages and gate.is_required and not gate.is_done
        )

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        starting = target == "active" and self.state in ("draft", "to_approve")
        gates = self._get_open_fund_gates("activation") if starting else None
        if gates:
            sentence = self.env._(
                "%(contract)s is paid from %(fund)s and cannot become active before: %(gates)s.",
                contract=self.display_name,
                fund=self.fund_source_id.name,
                gates=join_names(self.env, gates.mapped("name")),
            )
            points.append(MissingPoint(sentence, record=self, page="funds"))
        return points

    def _get_settlement_blockers(self, milestones):
        stages = ["payment", "completion"] if self._is_final_payment(milestones) else ["payment"]
        return super()._get_settlement_blockers(milestones) + [
            self.env._(
                "%(gate)s is not done yet; %(fund)s pays only afterwards.",
                gate=gate.name,
                fund=self.fund_source_id.name,
            )
            for gate in self._get_open_fund_gates(*stages)
        ]

    def _is_final_payment(self, milestones):
        """Return whether the chosen rows end the contract: its completion, or else its last row."""
        rows = self.milestone_ids
        final = rows.filtered(lambda row: row.kind == "completion") or rows[-1:]
        return bool(milestones & final)
