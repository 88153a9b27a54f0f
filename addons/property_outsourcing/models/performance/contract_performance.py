from odoo import models


class OutsourcingContract(models.Model):
    """How what happened under the contract turns into facts, adjustments and payable amounts."""

    _inherit = "outsourcing.contract"

    def _record_fact(self, fact_type, source, **details):
        """Record one fact under the contract; its clauses propose what follows.

        :param str fact_type: a code of ``outsourcing.fact._get_fact_types``
        :param source: the record the fact was established in
        :param details: ``value``, ``date``, ``community``, ``milestone``, ``key``, ``note``
        :return: the fact, empty if it was known already
        """
        self.ensure_one()
        return self.env["outsourcing.fact"]._record(
            [{"fact_type": fact_type, "contract": self, "source": source, **details}]
        )

    def _propose_adjustment(self, trigger, source, quantity=1.0, **details):
        """Record the fact ``trigger`` and return the adjustments the contract's clauses propose for it."""
        fact = self._record_fact(trigger, source, value=quantity, **details)
        # sudo: what was proposed just now, whoever established the fact
        return self.env["outsourcing.adjustment"].sudo().search([("fact_ids", "in", fact.ids)])

    def _get_period(self, date, community=None):
        """Return the payment row whose period covers ``date`` (of ``community`` if given), or none."""
        self.ensure_one()
        rows = self.milestone_ids.filtered(
            lambda row: (
                row.date_start
                and row.date_end
                and row.date_start <= date <= row.date_end
                and (not community or row.community_id == community)
            )
        )
        return rows[:1]

    def _prepare_settlement_lines(self, milestones):
        """Return what is payable for the chosen payment rows. Hook: siblings append theirs.

        :return: list of dicts with ``key`` (unique source), ``kind``, ``name``, ``quantity``, ``price_unit``
            (document currency, tax basis of the contract or of the adjustment), ``milestone_id``,
            ``purchase_line_id``, ``adjustment_id``, ``tax_basis``, ``formula`` and ``analytic_distribution``;
            a row of which something is held back has ``held_back`` (amount) and ``held_back_note`` as well.
            A line of a kind an upper add-on declares needs ``key``, ``kind``, ``name`` and ``price_unit``
            (negative where it is taken off) only; it may say its ``source`` (record), ``account_id``,
            ``tax_ids``, ``community_id`` and ``analytic_distribution``, which else follow the work it is
            settled with. What has been settled under the same key is left out
        """
        self.ensure_one()
        held = self._get_held_back()
        rows = milestones.filtered("amount_to_bill")
        lines = [row._prepare_settlement_line() | row._prepare_held_back(held.get(row)) for row in rows]
        adjustments = self._get_adjustments_to_settle(milestones)
        return [line for line in lines if line["quantity"] > 0] + [
            adjustment._prepare_settlement_line() for adjustment in adjustments
        ]

    def _get_settlement_blockers(self, milestones):
        """Return the messages that keep payment rows from being settled. Hook: siblings append theirs.

        Each says what stands in the way, who can end it and by when. Penalties nobody has decided yet are
        none: they hold back their own amount only, see :meth:`_get_held_back`.
        """
        self.ensure_one()
        blockers = [row._get_unaccepted_message() for row in milestones if not row.amount_to_bill]
        blockers += milestones._get_deliverable_blockers()
        return blockers + self.contractor_id._get_contractor_blockers("pay", self)

    def _get_adjustments_to_settle(self, milestones):
        """Return the final penalties and rewards that come with a settlement of ``milestones``.

        One of a row that is still to be settled waits for it; one that was decided after its row was settled,
        or that belongs to none, comes with whatever is settled next.
        """
        self.ensure_one()
        adjustments = self.adjustment_ids
        due = adjustments.filtered(
            lambda a: (
                a._is_final()
                and (a.milestone_id in milestones or not a.milestone_id or a.milestone_id._is_settled_up())
            )
        )
        # read on for all contracts that are settled together
        return due.with_prefetch(adjustments._prefetch_ids).sorted(lambda a: (a.date, a.id))
