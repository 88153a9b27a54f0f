from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.tools import format_money, in_brackets, join_names

ENDED = ("terminated", "completed", "closed")


class OutsourcingContract(models.Model):
    """The last account after the end: what is owed either way, settled, billed or called from the bond."""

    _inherit = "outsourcing.contract"

    claim_ids = fields.One2many("outsourcing.claim", "contract_id", "Claims")
    claim_count = fields.Integer(compute="_compute_counters")
    amount_claimable = fields.Monetary(
        "Owed by the Contractor",
        compute="_compute_amount_claimable",
        compute_sudo=True,
        help="Penalties less rewards that no settlement or claim has taken, and advances not recovered.",
    )
    bond_amount_rest = fields.Monetary(
        "Bond not Called",
        compute="_compute_bond_amount_rest",
        compute_sudo=True,
        help="Less what was called.",
    )

    @api.model
    def _get_counters(self):
        return {**super()._get_counters(), "claim_count": ("outsourcing.claim", "contract_id", [])}

    def _compute_amount_claimable(self):
        for contract in self:
            contract.amount_claimable = contract._get_claimable()

    def _compute_bond_amount_rest(self):
        for contract in self:
            contract.bond_amount_rest = contract._get_bond_rest()

    def _get_claimable(self):
        """Return what the contractor owes (in sudo) when all is settled; negative where we owe it."""
        self.ensure_one()
        return sum(line["amount"] for line in self._prepare_claim_lines()) if self.state in ENDED else 0.0

    def _get_bond_rest(self):
        """Return what of the performance bond (in sudo) is in hand and not called yet."""
        self.ensure_one()
        if self.bond_kind == "cash":
            return self.amount_bond_kept
        return self.bond_amount - self._get_called() if self.bond_state in ("held", "expiring") else 0.0

    def _get_called(self):
        claims = self.claim_ids.filtered(lambda claim: claim.way == "bond" and claim.state == "claimed")
        return sum(claims.mapped("amount_total"))

    def _get_gone_of_bonds(self):
        gone = super()._get_gone_of_bonds()
        return {contract: amount + contract._get_called() for contract, amount in gone.items()}

    def action_view_claims(self):
        """Open the claims under the contract."""
        return self._get_contract_action("property_outsourcing_finance.outsourcing_claim_action")

    def action_settle(self):
        """Draw up the last settlement also where an ended contract owes rewards alone."""
        self.ensure_one()
        rest = self.milestone_ids.filtered(lambda row: row.amount_to_settle > 0)
        waiting = self.settlement_ids.filtered(lambda s: s.state not in ("billed", "cancelled"))
        # sudo: whether something is owed; creating checks access
        if self.state in ENDED and not rest and not waiting and self.sudo()._get_claimable() < 0:
            settlement = self.env["outsourcing.settlement"].create({"contract_id": self.id})
            return settlement._get_open_action()
        return super().action_settle()

    def action_claim(self):
        """Draw up the claim of all the contractor owes, or open the one that is being drawn up."""
        self.ensure_one()
        self._require_group(
            "property_outsourcing.group_outsourcing_manager", "property_outsourcing.group_outsourcing_finance"
        )
        self.check_access("read")
        claim = self.claim_ids.filtered(lambda claim: claim.state in ("draft", "approved"))[:1]
        if not claim:
            self._check_may_claim()
            lines = (
                self.sudo()._prepare_claim_lines()
            )  # penalties and advances of the contract; checked above
            vals = {"contract_id": self.id, "user_id": self.env.uid}
            vals["line_ids"] = [Command.create(line) for line in lines]
            claim = open_gate(self.env["outsourcing.claim"]).create(vals)
        return {
            "type": "ir.actions.act_window",
            "res_model": "outsourcing.claim",
            "res_id": claim.id,
            "views": [(False, "form")],
        }

    def _check_may_claim(self):
        """Raise UserError while the contract runs, or work is still to be settled that could carry it."""
        if self.state not in ENDED:
            raise UserError(
                self.env._(
                    "%s has not ended: what the contractor owes is taken off its next settlement.",
                    self.display_name,
                )
            )
        if any(self.milestone_ids.mapped("amount_to_settle")):
            raise UserError(
                self.env._(
                    "%s: settle what is accepted first; only what it does not cover is claimed.",
                    self.display_name,
                )
            )
        # sudo: penalties and advances of a contract the acting person may read
        if self.currency_id.compare_amounts(self.sudo()._get_claimable(), 0.0) <= 0:
            raise UserError(self.env._("%s: the contractor owes nothing.", self.display_name))

    def _prepare_claim_lines(self):
        """Return the values of the claim lines of everything final that nothing has taken yet (in sudo)."""
        self.ensure_one()
        adjustments = self._get_adjustments_to_settle(self.milestone_ids.browse())
        taken = self.env["outsourcing.settlement"]._get_settled_adjustment_ids(adjustments.ids)
        lines = [
            {
                "kind": "deduction" if adjustment.direction == "penalty" else "reward",
                "name": " ".join(filter(None, (adjustment.name, adjustment.rule_id.display_name))),
                "adjustment_id": adjustment.id,
                "amount": adjustment.amount * (1 if adjustment.direction == "penalty" else -1),
            }
            for adjustment in adjustments
            if adjustment.id not in taken
        ]
        advance = self._get_open_advances()[self]
        if not self.currency_id.is_zero(advance):
            lines.append({"kind": "advance", "name": self.env._("Advance not recovered"), "amount": advance})
        return lines

    # ---- closing the file -------------------------------------------------------------------------------

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "closed":
            points += self._get_untaken_points() + self._get_claim_points()
        return points

    def _get_untaken_points(self):
        """Return what is final and nobody has taken to a bill: each by name, and which button takes it."""
        final = self.adjustment_ids.filtered(lambda adjustment: adjustment._is_final())
        taken = self._ask_together("_get_taken_adjustment_ids") if final else ()
        untaken = final.filtered(lambda adjustment: adjustment.id not in taken).sorted(
            lambda a: (a.date, a.id)
        )
        if not untaken:
            return []
        amounts = {a: format_money(a, a.signed_amount) for a in untaken}
        names = join_names(
            self.env,
            [adjustment.name + in_brackets(self.env, amount) for adjustment, amount in amounts.items()],
        )
        if sum(untaken.mapped("signed_amount")) > 0:
            way = self.env._("Press Settle Rewards.")
        else:
            way = self.env._("Press Claim from the Contractor.")
        sentence = self.env._(
            "No settlement or claim has taken these penalties and rewards yet: %(names)s. %(way)s",
            names=names,
            way=way,
        )
        return [MissingPoint(sentence, action=self._get_shown_action(untaken))]

    def _get_taken_adjustment_ids(self):
        """Return the ids of the adjustments of ``self`` that a settlement or claim has taken."""
        return self.env["outsourcing.settlement"]._get_settled_adjustment_ids(self.adjustment_ids.ids)

    def _get_claim_points(self):
        waiting = Domain("state", "in", ("draft", "approved")) | Domain("invoice_id.state", "=", "draft")
        # sudo: which claims there are; who may close the file may see them
        claims = self.sudo()._find_standing("outsourcing.claim", waiting)
        if not claims:
            return []
        names = join_names(self.env, claims.mapped("display_name"))
        sentence = self.env._("Claims are still on their way: %s. Bill them or cancel them.", names)
        return [MissingPoint(sentence, action=self._get_shown_action(claims.sudo(False)))]

    def _get_open_advances(self):
        open_advances = super()._get_open_advances()
        groups = self.env["outsourcing.claim.line"]._read_group(
            [("contract_id", "in", self.ids), ("kind", "=", "advance"), ("is_active", "=", True)],
            ["contract_id"],
            ["amount:sum"],
        )
        for contract, amount in groups:
            open_advances[contract] -= amount
        return open_advances
