from odoo import api, models
from odoo.fields import Domain

SETTLEMENT_KINDS = ("milestone", "deduction", "reward")


class OutsourcingContract(models.Model):
    """How what happened under the contract turns into facts, adjustments and payable amounts."""

    _inherit = "outsourcing.contract"

    def _record_fact(self, fact_type, source, **details):
        """Record one fact under the contract; its clauses propose what follows.

        :param str fact_type: one of ``FACT_TYPES``
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
            ``purchase_line_id``, ``adjustment_id``, ``tax_basis``, ``formula`` and ``analytic_distribution``
        """
        self.ensure_one()
        lines = [row._prepare_settlement_line() for row in milestones if row.amount_to_bill]
        adjustments = self._get_adjustments_to_settle(milestones)
        return lines + [adjustment._prepare_settlement_line() for adjustment in adjustments]

    def _get_settlement_blockers(self, milestones):
        """Return the messages that keep payment rows from being settled. Hook: siblings append theirs."""
        self.ensure_one()
        blockers = [row._get_unaccepted_message() for row in milestones if not row.amount_to_bill]
        waiting = self._get_adjustments(milestones).filtered(lambda a: a.state in ("proposed", "appealed"))
        blockers += [self.env._("%s is not decided yet.", adjustment.name) for adjustment in waiting]
        confirmed = self._get_adjustments(milestones).filtered(lambda a: a.state == "confirmed")
        blockers += [
            self.env._(
                "%(name)s can still be appealed until %(date)s.",
                name=adjustment.name,
                date=adjustment.appeal_deadline,
            )
            for adjustment in confirmed
            if not adjustment._is_final()
        ]
        blockers += milestones._get_deliverable_blockers()
        return blockers + self.contractor_id._get_contractor_blockers("pay", self)

    @api.model
    def _get_adjustments_domain(self, milestones):
        return Domain("milestone_id", "in", milestones.ids) | Domain("milestone_id", "=", False)

    def _get_adjustments(self, milestones):
        domain = Domain("contract_id", "=", self.id) & self._get_adjustments_domain(milestones)
        return self.env["outsourcing.adjustment"].search(domain, order="date, id")

    def _get_adjustments_to_settle(self, milestones):
        return self._get_adjustments(milestones).filtered(lambda adjustment: adjustment._is_final())
