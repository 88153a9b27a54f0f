from odoo import fields, models

from ..workflow.res_company import MANAGER
from ..workflow.trade_time import trade_today


class ResCompany(models.Model):
    """The company's own rules for approving, signing and ending contracts."""

    _inherit = "res.company"

    outsourcing_second_approval_amount = fields.Monetary(
        string="Second approval above",
        currency_field="currency_id",
        help="Contracts and amendments above this amount need a second approver. 0: never.",
    )
    outsourcing_sign_before_activation = fields.Boolean(
        string="Contractor signs before activation",
        help="An approved contract becomes active only after the contractor has signed it.",
    )
    outsourcing_sign_days = fields.Integer(
        string="Days to sign",
        default=7,
        help="Days after the approval by which the contractor is to have signed. 0: no reminder.",
    )
    outsourcing_expiry_days = fields.Integer(
        string="Announce the end of a contract (days)",
        default=60,
        help="A running contract counts as expiring this many days before its last day.",
    )
    outsourcing_lapse_action = fields.Selection(
        [("flag", "Mark it as lapsed, a person decides"), ("complete", "Complete it by itself")],
        string="When the last day has passed",
        default="flag",
        required=True,
    )

    _outsourcing_approval_figures_positive = models.Constraint(
        "CHECK (outsourcing_second_approval_amount >= 0 AND outsourcing_sign_days >= 0"
        " AND outsourcing_expiry_days >= 0)",
        "Limits and days of the approval of contracts cannot be negative.",
    )

    def _outsourcing_needs_second_approval(self, amount, currency, date=None):
        """Return whether a commitment of ``amount`` needs a second approver in this company.

        :param float amount: what is committed, in ``currency``
        :param currency: record of ``res.currency``
        :param date: day of the exchange rate, today by default
        """
        limit = self._get_outsourcing_setting("outsourcing_second_approval_amount")
        return self._outsourcing_is_above(limit, abs(amount), currency, date)

    def _outsourcing_is_above(self, limit, amount, currency, date=None):
        """Return whether ``amount`` in ``currency`` is above a limit of this company; a limit of 0 is none.

        A document still being written may have no company yet, and then no limit.

        :param float limit: in the currency of the company
        :param date: day of the exchange rate, today by default
        """
        if not self or not limit:
            return False
        date = date or trade_today(self)
        own = currency._convert(amount, self.currency_id, self, date)
        return self.currency_id.compare_amounts(own, limit) > 0

    def _outsourcing_get_approvers(self, area, excluded):
        """Return who may approve, nearest first: managers up the tree of ``area``, then those of the company.

        :param area: ``outsourcing.area`` of the document, may be empty
        :param excluded: users who have acted already
        """
        self.ensure_one()
        near = self._filter_outsourcing_staff(area._get_managers(), MANAGER)
        return (near | self._get_outsourcing_deputies(MANAGER)) - excluded
