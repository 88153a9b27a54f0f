from odoo import api, fields, models

from ...tools import format_money, join_clauses, labelled


class OutsourcingContract(models.Model):
    """What penalties that nobody has decided yet hold back of a payment: their own amount, never the rest.

    What is not in dispute is paid in time (无争议部分先付). What is held back stays open on its payment row
    and comes with a later settlement: with the deduction once it stands, in full once it is dropped.
    """

    _inherit = "outsourcing.contract"

    held_back_note = fields.Text("Held Back", compute="_compute_held_back_note", compute_sudo=True)

    @api.depends("adjustment_ids.state", "adjustment_ids.is_acknowledged", "milestone_ids.amount_to_bill")
    @api.depends_context("lang")
    def _compute_held_back_note(self):
        for contract in self:
            notes = [
                labelled(self.env, row.name, row._get_held_back_note(parts))
                for row, parts in contract._get_held_back().items()
            ]
            contract.held_back_note = "\n".join(notes)

    def _get_held_back(self):
        """Return what undecided penalties hold back of the payment rows that can be settled now.

        :return: dict payment row -> list of (adjustment, amount), in the contract's currency and tax basis
        """
        self.ensure_one()
        pending = self.adjustment_ids.filtered(lambda adjustment: adjustment._is_pending_penalty())
        rows = self.milestone_ids.filtered(lambda row: row._get_amount_to_take() > 0)
        left = {row: row._get_amount_to_take() for row in rows}
        to_come = self._get_amount_to_come() if self.company_id.outsourcing_hold_back == "last" else 0.0
        held = {}
        for adjustment in pending.sorted(lambda a: (a.date, a.id)):
            own, amount = adjustment.milestone_id, adjustment._get_amount_to_hold()
            if own and own not in rows and not own._is_settled_up():
                continue  # its own row is still to come
            covered = min(to_come, amount)
            to_come, amount = to_come - covered, amount - covered
            for row in rows.sorted(lambda row, own=own: row != own):
                part = self.currency_id.round(min(amount, left[row]))
                if part > 0:
                    held.setdefault(row, []).append((adjustment, part))
                    left[row], amount = left[row] - part, amount - part
        return held

    def _get_amount_to_come(self):
        """Return what may still be accepted of the payment rows, from which a penalty can be taken later."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(lambda row: not row.is_prepayment and not row.date_closed)
        return sum(max(row.amount_payable - row.amount_accepted, 0.0) for row in rows)


class OutsourcingContractMilestone(models.Model):
    _inherit = "outsourcing.contract.milestone"

    held_back_note = fields.Text("Held Back", compute="_compute_held_back_note", compute_sudo=True)

    @api.depends(
        "contract_id.adjustment_ids.state", "contract_id.adjustment_ids.is_acknowledged", "amount_to_bill"
    )
    @api.depends_context("lang")
    def _compute_held_back_note(self):
        for contract, rows in self.grouped("contract_id").items():
            held = contract._get_held_back()
            for row in rows:
                row.held_back_note = row._get_held_back_note(held.get(row._origin, ()))

    def _get_amount_to_take(self):
        """Return how much of the row can be settled now, nothing held back. Hook."""
        self.ensure_one()
        return 0.0 if self.is_prepayment else self.amount_to_bill

    def _is_settled_up(self):
        """Return whether nothing of the row waits to be settled, so later matters come elsewhere. Hook."""
        self.ensure_one()
        over = self.date_accepted or self.date_closed or self.currency_id.is_zero(self.amount_payable)
        return not self.amount_to_bill and bool(over)

    def _prepare_held_back(self, parts):
        """Return the keys of a settlement line that ``parts``, as of ``_get_held_back``, make smaller."""
        self.ensure_one()
        if not parts:
            return {}
        amount = sum(part for _adjustment, part in parts)
        return {
            "quantity": self.currency_id.round(self.amount_to_bill - amount),
            "held_back": amount,
            "held_back_note": self._get_held_back_note(parts),
        }

    def _get_held_back_note(self, parts):
        """Return what is held back of the row, and what each part waits for: who decides, by when."""
        sentences = [
            self.env._(
                "%(amount)s held back: %(adjustment)s",
                amount=format_money(self, part),
                adjustment=adjustment._get_pending_sentence(),
            )
            for adjustment, part in parts
        ]
        return join_clauses(self.env, sentences)

    def _get_wholly_held(self):
        """Return a dict: rows of ``self`` that can only be settled later -> what holds back all of them."""
        held, notes = {}, {}
        for contract in self.contract_id:
            held |= contract._get_held_back()
        for row in self:
            parts = held.get(row, ())
            rest = row._get_amount_to_take() - sum(part for _adjustment, part in parts)
            if parts and row.currency_id.compare_amounts(rest, 0.0) <= 0:
                notes[row] = row._get_held_back_note(parts)
        return notes
