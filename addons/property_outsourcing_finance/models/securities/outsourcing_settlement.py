from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import RUNNING_STATES

from ..settlement.line_kind import LineKind
from .outsourcing_settlement_line import RETURN_KINDS


class OutsourcingSettlement(models.Model):
    """A settlement that gives back what was withheld or deposited: the same people, bill and payment."""

    _inherit = "outsourcing.settlement"

    amount_return = fields.Monetary("Returned Securities", compute="_compute_amounts", store=True)
    early_reason = fields.Text(
        "Reason for an Early Return", copy=False, help="Asked when something is returned before its day."
    )

    @api.model
    def _get_line_kinds(self):
        _ = self.env._
        return super()._get_line_kinds() | {
            "retention_return": LineKind(_("Return of retention"), 10, "amount_return"),
            "bond_return": LineKind(_("Return of the bond"), 20, "amount_return"),
        }

    @api.depends("milestone_ids.kind", "contract_id.kind")
    def _compute_kind(self):
        returns = self.filtered(lambda settlement: settlement.kind == "return")
        super(OutsourcingSettlement, self - returns)._compute_kind()
        returns.kind = "return"

    @api.constrains("kind", "milestone_ids")
    def _check_return_takes_no_work(self):
        for settlement in self:
            if settlement.kind == "return" and settlement.milestone_ids:
                raise ValidationError(
                    self.env._("A return of retention or bond takes no payment rows: settle them apart.")
                )

    @api.model
    def _create_returns(self, amounts, bonds=None, early_reason=False):
        """Create one draft per contract that returns withheld and deposited money, and return them.

        :param dict amounts: settlement line of kind retention -> what of it goes back
        :param dict bonds: contract -> what of its cash bond goes back
        :param early_reason: why something goes back before its day
        """
        by_contract = defaultdict(list)
        for line, amount in amounts.items():
            by_contract[line.contract_id].append((line, amount))
        for contract, amount in (bonds or {}).items():
            by_contract[contract].append((self.env["outsourcing.settlement.line"], amount))
        vals = [
            {"contract_id": contract.id, "kind": "return", "early_reason": early_reason}
            for contract in by_contract
        ]
        settlements = self.create(vals)
        # accounts and order lines lie beyond a supervisor's rights; create has checked who draws up
        lines = [
            line_vals
            for settlement in settlements.sudo()
            for line_vals in settlement._prepare_return_lines_vals(
                by_contract[settlement.contract_id.sudo(False)]
            )
        ]
        # where no work is left that could carry what was confirmed since, it comes with the return
        idle = settlements.sudo().filtered(
            lambda s: not any(s.contract_id.milestone_ids.mapped("amount_to_settle"))
        )
        lines += idle._prepare_source_lines_vals()
        self.env["outsourcing.settlement.line"]._gated().create(lines)
        return settlements

    def _get_deposit_lines(self):
        return super()._get_deposit_lines() | self.line_ids.filtered(lambda line: line.kind == "bond_return")

    def _follows_rows(self):
        return self.kind != "return" and super()._follows_rows()

    def _prepare_return_lines_vals(self, chosen):
        """Return values of the lines for what is ``chosen``, a list of (retention line or none, amount)."""
        self.ensure_one()
        return [
            self._prepare_retention_return_vals(line, amount)
            if line
            else self._prepare_bond_return_vals(amount)
            for line, amount in chosen
        ]

    def _prepare_retention_return_vals(self, line, amount):
        return {
            "settlement_id": self.id,
            "sequence": self._get_line_sequence("retention_return"),
            "kind": "retention_return",
            "name": self.env._("Return of retention: %s", line.milestone_id._get_bill_label()),
            "milestone_id": line.milestone_id.id,
            "community_id": line.community_id.id,
            "returned_line_id": line.id,
            "account_id": line.account_id.id,
            "price_unit": amount,
            "formula": self.env._(
                "withheld %(amount)s by %(settlement)s, still withheld %(rest)s",
                amount=self._format_money(-line.amount_billed),
                settlement=line.settlement_id.name,
                rest=self._format_money(line.amount_withheld),
            ),
            "source_key": self._get_return_key("retention_return", line, line.return_line_ids),
        }

    def _prepare_bond_return_vals(self, amount):
        contract = self.contract_id
        return {
            "settlement_id": self.id,
            "sequence": self._get_line_sequence("bond_return"),
            "kind": "bond_return",
            "name": self.env._("Return of the performance bond: %s", contract.display_name),
            "community_id": self.community_id.id,
            "account_id": self.company_id._outsourcing_ensure_bond_account().id,
            "price_unit": amount,
            "formula": self.env._(
                "deposited %(amount)s on %(date)s",
                amount=self._format_money(contract.bond_amount),
                date=contract.bond_date_received,
            ),
            "source_key": self._get_return_key("bond_return", contract, contract._get_bond_return_lines()),
        }

    def _get_return_key(self, kind, record, lines):
        """Return the key of one return more: of two drawn up at the same moment the second is refused."""
        numbers = [int(key.rsplit(":", 1)[1]) for key in lines.mapped("source_key")]
        return f"{kind}:{record.id}:{max(numbers, default=0) + 1}"

    # ---- workflow ---------------------------------------------------------------------------------------

    def _check_complete(self):
        returns = self.filtered(lambda settlement: settlement.kind == "return")
        super(OutsourcingSettlement, self - returns)._check_complete()
        for settlement in returns:
            if not any(line.kind in RETURN_KINDS for line in settlement.line_ids):
                raise UserError(self.env._("%s: nothing is chosen to be returned.", settlement.display_name))
            if settlement.currency_id.compare_amounts(settlement.amount_payable, 0.0) < 0:
                raise UserError(
                    self.env._("%s: the deductions exceed what is returned.", settlement.display_name)
                )

    def _check_transition(self, target):
        super()._check_transition(target)
        returns = self.filtered(lambda settlement: settlement.kind == "return")
        if returns and target in ("submitted", "billed"):
            messages = [text for settlement in returns for text in settlement._get_return_blockers()]
            if messages:
                raise UserError("\n".join(dict.fromkeys(messages)))

    def _get_return_blockers(self):
        """Return the sentences that keep this settlement (in sudo) from returning what it says."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.kind in RETURN_KINDS)
        contract = self.contract_id
        bonds = lines.filtered(lambda line: line.kind == "bond_return")
        everywhere = contract.community_ids | contract.community_id
        sentences = contract._get_retention_blockers(everywhere if bonds else lines.community_id)
        if bonds and contract.currency_id.compare_amounts(contract.amount_bond_kept, 0.0) < 0:
            sentences.append(self.env._("%s: more would be returned than is still kept.", bonds[0].name))
        for line in lines.returned_line_id:
            if line.currency_id.compare_amounts(line.amount_withheld, 0.0) < 0:
                sentences.append(self.env._("%s: more would be returned than is still withheld.", line.name))
        if not (self.early_reason or "").strip():
            sentences += self._get_early_sentences(lines)
        return sentences

    def _get_early_sentences(self, lines):
        """Return what would go back before its day; a reason on the settlement allows it."""
        today = trade_today(self)
        sentences = []
        for line in lines.returned_line_id:
            if not line.date_due:
                sentences.append(
                    self.env._("%s: its day is not known before the completion is accepted.", line.name)
                )
            elif line.date_due > today:
                sentences.append(
                    self.env._("%(line)s: it is due on %(date)s.", line=line.name, date=line.date_due)
                )
        running = self.contract_id.state in RUNNING_STATES
        if running and any(line.kind == "bond_return" for line in lines):
            sentences.append(self.env._("The bond: the contract is not completed yet."))
        if sentences:
            sentences.append(self.env._("To return it early, write the reason on the settlement."))
        return sentences

    def _after_transition(self, target):
        super()._after_transition(target)
        if target == "submitted":
            self.filtered(lambda s: s.kind == "return").contract_id._close_return_events()
