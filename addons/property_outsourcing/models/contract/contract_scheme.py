from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..catalogue.outsourcing_payment_scheme import MILESTONES, PERIODS


class OutsourcingContract(models.Model):
    """Payment rows in one click: the usual scheme of the service type, or another one."""

    _inherit = "outsourcing.contract"

    payment_scheme_id = fields.Many2one(
        "outsourcing.payment.scheme",
        ondelete="set null",
        index="btree_not_null",
        domain="[('kind', '=', 'milestones' if kind == 'works' else 'periods'),"
        " '|', ('service_type_ids', '=', False), ('service_type_ids', 'in', service_type_id)]",
        help="Choosing a scheme replaces the payment rows of the draft.",
    )

    @api.onchange("service_type_id")
    def _onchange_default_payment_scheme(self):
        if self.service_type_id and not self.milestone_ids and not self.period_amount:
            self.payment_scheme_id = self._get_default_payment_scheme()  # its own onchange fills the rows

    @api.onchange("payment_scheme_id")
    def _onchange_payment_scheme_id(self):
        self._fill_from_payment_scheme()

    def action_apply_payment_scheme(self):
        """Write the payment rows of the chosen scheme, else of the usual one of the service type."""
        for contract in self:
            if contract.state != "draft":
                raise UserError(self.env._("Payment rows are filled in a draft only."))
            if contract.kind == "works" and contract.milestone_ids:
                name = contract.display_name
                raise UserError(
                    self.env._("%s has payment rows: delete them before you fill in others.", name)
                )
            contract.payment_scheme_id = contract.payment_scheme_id or contract._get_default_payment_scheme()
            if not contract.payment_scheme_id:
                raise UserError(
                    self.env._("No payment scheme is set up for %s.", contract.service_type_id.name)
                )
            contract._fill_from_payment_scheme()

    def _get_default_payment_scheme(self):
        """Return the first scheme that fits the contract: of its service type, else a general one."""
        kind = {"works": MILESTONES, "service": PERIODS}.get(self.kind)
        schemes = self.env["outsourcing.payment.scheme"].search([("kind", "=", kind)])
        service = self.service_type_id._origin
        own = schemes.filtered(lambda scheme: service in scheme.service_type_ids)
        return (own or schemes.filtered(lambda scheme: not scheme.service_type_ids))[:1]

    def _fill_from_payment_scheme(self):
        """Replace the payment rows of a draft by those of its scheme; periods are generated from the fee."""
        scheme = self.payment_scheme_id
        if scheme.kind == MILESTONES and self.kind == "works":
            rows = [Command.create(line._prepare_row_vals()) for line in scheme.line_ids]
            self.milestone_ids = [Command.clear(), *rows]
        elif scheme.kind == PERIODS:
            self.period_months = scheme.period_months
