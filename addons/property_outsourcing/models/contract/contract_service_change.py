from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..workflow.gate import open_gate
from ..workflow.trade_time import trade_today


class OutsourcingContractScope(models.Model):
    _inherit = "outsourcing.contract.scope"

    date_end = fields.Date(
        "Covered until",
        readonly=True,
        copy=False,
        help="Last day for a community that an amendment removed. Empty: to the end of the contract.",
    )

    @api.model
    def _get_stamped_fields(self):
        return super()._get_stamped_fields() | {"date_end"}

    @api.model
    def _get_in_force_domain(self):
        ended = Domain("date_end", "!=", False) & Domain("date_end", "<", trade_today(self))
        return super()._get_in_force_domain() & ~ended


class OutsourcingContract(models.Model):
    """Communities join or leave a running contract, its term grows or shrinks: what is served follows."""

    _inherit = "outsourcing.contract"

    def _start_service(self, communities, first):
        """Serve ``communities`` from ``first`` to the end of the term. Hook: call super.

        Called (in sudo) when communities join, and with the day after the former end when the term grows.
        """
        self.ensure_one()
        covered = self.scope_ids.filtered(lambda line: not line.date_end or line.date_end >= first)
        missing = communities - covered.community_id if self.scope_ids else communities.browse()
        rows = [self._prepare_scope_vals(community) for community in missing]
        self._gated().write({"scope_ids": [Command.create(vals) for vals in rows]})

    def _end_service(self, communities, last):
        """Serve ``communities`` no longer than ``last``. Hook: call super.

        Called (in sudo) when communities leave, and for all of them when the term shrinks.
        """
        self.ensure_one()
        if last < self.date_end:
            lines = self.scope_ids.filtered(lambda line: line.community_id in communities)
            open_gate(lines).write({"date_end": last})
