from odoo import api, fields, models
from odoo.exceptions import UserError


class OutsourcingContract(models.Model):
    """The cap on all penalties of a contract, whatever clauses they rest on.

    Confirming writes this row, so two clauses confirmed in the same second conflict: the later one is run
    again and sees the former.
    """

    _inherit = "outsourcing.contract"

    penalty_confirmed = fields.Monetary("Penalties confirmed so far", readonly=True, copy=False)

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"penalty_confirmed"}

    def _consume_penalty_cap(self, adjustments):
        """Count adjustments that are confirmed in one step against the cap of this contract.

        :param adjustments: all of this contract that are confirmed together; rewards do not count
        :raise UserError: the cap would be exceeded
        """
        self.ensure_one()
        penalties = adjustments.filtered(lambda adjustment: adjustment.direction == "penalty")
        if not penalties:
            return
        total = self.currency_id.round(self.penalty_confirmed + sum(penalties.mapped("amount")))
        if self.penalty_cap and self.currency_id.compare_amounts(total, self.penalty_cap) > 0:
            raise UserError(
                self.env._(
                    "%(contract)s: the cap of %(cap)s on all penalties would be exceeded.",
                    contract=self.display_name,
                    cap=self.penalty_cap,
                )
            )
        self._gated().write({"penalty_confirmed": total})

    def _release_penalty_cap(self, adjustments):
        """Give back what confirmed penalties of this contract, now waived, have used of its cap."""
        self.ensure_one()
        penalties = adjustments.filtered(lambda adjustment: adjustment.direction == "penalty")
        rest = self.currency_id.round(self.penalty_confirmed - sum(penalties.mapped("amount")))
        self._gated().write({"penalty_confirmed": max(rest, 0.0)})
