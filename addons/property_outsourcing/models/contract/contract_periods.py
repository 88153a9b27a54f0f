from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tools import join_names

FIRST_SEQUENCE = 10


class OutsourcingContract(models.Model):
    """The payment rows of a service: one per period and community, pro-rated at both ends."""

    _inherit = "outsourcing.contract"

    period_alignment = fields.Selection(
        [("calendar", "Calendar months"), ("contract", "From the first day of the contract")],
        "Periods Follow",
        required=True,
        default="calendar",
        help="Calendar months: a contract that begins or ends within a month has pro-rated first and last "
        "periods. From the first day: a period runs from the 15th to the 14th, for example.",
    )
    fee_ids = fields.One2many(
        "outsourcing.contract.community.fee", "contract_id", "Fees per Community", copy=True
    )
    fee_count = fields.Integer("Number of Fees", compute="_compute_fee_count")

    @api.depends("fee_ids")
    def _compute_fee_count(self):
        for contract in self:
            contract.fee_count = len(contract.fee_ids)

    @api.constrains("period_months")
    def _check_period_months(self):
        for contract in self:
            if contract.period_months < 0:
                raise ValidationError(self.env._("The months per period cannot be negative."))

    # ---- buttons ----------------------------------------------------------------------------------------

    def action_fill_fees(self):
        """Add a fee row for every community that has none yet, at the amount per period."""
        for contract in self:
            contract._check_draft_for_periods()
            missing = contract.community_ids - contract.fee_ids.community_id
            contract.fee_ids = [
                Command.create({"community_id": community.id, "price_unit": contract.period_amount})
                for community in missing
            ]

    def action_generate_periods(self):
        """Write one payment row per period and community; first and last are pro-rated by days."""
        for contract in self:
            contract._check_draft_for_periods()
            if not (contract.period_amount or contract.fee_ids) or contract.period_months < 1:
                raise UserError(self.env._("Enter the amount per period and the months per period first."))
            rows = contract._prepare_period_rows()
            contract.milestone_ids.filtered(lambda row: row.kind == "period").unlink()
            contract.write({"milestone_ids": [Command.create(vals) for vals in rows]})
            priced = contract.milestone_ids.filtered(lambda row: not row.is_prepayment)
            contract.amount_total = contract.currency_id.round(sum(priced.mapped("amount")))

    def _check_draft_for_periods(self):
        self._check_own_communities()
        if self.state != "draft":
            raise UserError(self.env._("Periods are generated in a draft only."))

    # ---- rows -------------------------------------------------------------------------------------------

    def _prepare_period_rows(self):
        """Return the values of all period rows, in the order of time: fees of one community are one row."""
        self.ensure_one()
        rows = {}
        for community, fee, date_from, date_to in self._get_fees():
            for vals in self._prepare_pro_rated_rows(community, fee, date_from, date_to):
                self._merge_period_row(rows, community, vals)
        return sorted(rows.values(), key=lambda vals: vals["sequence"])

    def _get_fees(self):
        """Return a list of (community, fee per period, from, to); ``period_amount`` where none is entered."""
        self.ensure_one()
        communities = (self.community_ids or self.community_id)._origin
        missing = communities - self.fee_ids.community_id
        if self.fee_ids and missing and not self.period_amount:
            names = join_names(self.env, missing.mapped("name"))
            raise UserError(self.env._("Enter the fee of every community first; none yet for: %s.", names))
        fees = [(fee.community_id, fee.amount, fee.date_from, fee.date_to) for fee in self.fee_ids]
        return fees + [(community, self.period_amount, None, None) for community in missing]

    def _prepare_pro_rated_rows(self, community, fee, date_from=None, date_to=None):
        """Return the values of the period rows of ``community`` for a part of the term. Writes nothing.

        A community or elevators that enter or leave within a period pay the share of its days.

        :param community: ``outsourcing.community``
        :param float fee: what a full period costs, in the contract's currency and tax basis
        :param date_from: first day, by default that of the contract
        :param date_to: last day, by default that of the contract
        :return: list of dicts for ``outsourcing.contract.milestone``, in the order of time
        """
        self.ensure_one()
        first = max(self.date_start, date_from or self.date_start)
        last = min(self.date_end, date_to or self.date_end)
        rows = []
        for index, (full_start, full_end) in enumerate(self._get_full_periods()):
            start, end = max(first, full_start), min(last, full_end)
            if start > end:
                continue
            share = ((end - start).days + 1) / ((full_end - full_start).days + 1)
            rows.append(
                {
                    "kind": "period",
                    "sequence": FIRST_SEQUENCE + index,
                    "name": self._get_period_label(community, start, end),
                    "community_id": community.id,
                    "date_start": start,
                    "date_end": end,
                    "date_due": end,
                    "amount": self.currency_id.round(fee * share),
                }
            )
        return rows

    def _get_full_periods(self, months=None):
        """Return the list of (first day, last day) of the full periods that cover the contract's term.

        :param int months: length of a period, by default that of a paid one
        """
        self.ensure_one()
        months = months or max(self.period_months, 1)
        anchor, periods = self._get_period_anchor(months), []
        while not periods or periods[-1][1] < self.date_end:
            start = anchor + relativedelta(months=months * len(periods))
            next_start = anchor + relativedelta(months=months * (len(periods) + 1))
            periods.append((start, next_start - timedelta(days=1)))
        return periods

    def _get_period_anchor(self, months):
        if self.period_alignment == "contract":
            return self.date_start
        anchor = self.date_start.replace(day=1)
        if 12 % months == 0:  # quarters and half-years are those of the calendar
            anchor -= relativedelta(months=(anchor.month - 1) % months)
        return anchor

    def _get_period_label(self, community, start, end, several=None):
        label = f"{start} – {end}"
        if start.day == 1 and (end + timedelta(days=1)).day == 1:
            months = (f"{start:%Y-%m}", f"{end:%Y-%m}")
            label = " – ".join(dict.fromkeys(months))
        several = len(self.community_ids) > 1 if several is None else several
        return f"{community.name} {label}" if several else label

    def _merge_period_row(self, rows, community, vals):
        row = rows.setdefault((vals["sequence"], community.id), vals)
        if row is vals:
            return
        start, end = min(row["date_start"], vals["date_start"]), max(row["date_end"], vals["date_end"])
        row.update(
            name=self._get_period_label(community, start, end),
            date_start=start,
            date_end=end,
            date_due=end,
            amount=self.currency_id.round(row["amount"] + vals["amount"]),
        )
