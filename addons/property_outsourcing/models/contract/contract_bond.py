from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..workflow.missing_points import MissingPoint
from ..workflow.trade_time import trade_today

ACTIVITY_BOND = "property_outsourcing.activity_type_bond_expiry"
_HANDLING = ("bond_number", "bond_date_received", "bond_date_valid", "bond_date_returned", "bond_file_ids")


class OutsourcingContract(models.Model):
    """The performance bond: agreed, received, watched until it expires, returned."""

    _name = "outsourcing.contract"
    _inherit = ["outsourcing.contract", "outsourcing.bond.mixin"]

    bond_kind = fields.Selection(string="Performance Bond", tracking=True)
    bond_rate = fields.Float("Bond (%)", help="Share of the contract amount; 0 to enter an amount.")
    bond_amount = fields.Monetary(compute="_compute_bond_amount", store=True, readonly=False)
    bond_with_retention = fields.Boolean(
        "Bond and Retention Together",
        tracking=True,
        help="Usually no retention is withheld where a performance bond was given before completion.",
    )
    bond_date_received = fields.Date(tracking=True)
    bond_date_valid = fields.Date(tracking=True)
    bond_date_returned = fields.Date(tracking=True)
    bond_file_ids = fields.Many2many(
        "ir.attachment",
        "outsourcing_contract_bond_file_rel",
        string="File of the Bond",
        copy=False,
        bypass_search_access=True,
    )
    bond_date_noticed = fields.Date("Bond Expiry Announced", readonly=True, copy=False)
    bond_state = fields.Selection(search="_search_bond_state")

    # ---- computes ---------------------------------------------------------------------------------------

    @api.depends("bond_rate", "bond_kind", "amount_total")
    def _compute_bond_amount(self):
        for contract in self:
            amount = contract.bond_amount
            if contract.bond_rate:
                amount = contract.amount_total * contract.bond_rate / 100
            amount = amount if contract.bond_kind else 0.0
            contract.bond_amount = contract.currency_id.round(amount) if contract.currency_id else amount

    def _search_bond_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_bond_domain(state) for state in value)

    @api.model
    def _get_bond_domain(self, state):
        """Return the domain of the contracts whose bond is in ``state``; False: no bond is agreed."""
        if not state:
            return Domain("bond_kind", "=", False)
        agreed = Domain("bond_kind", "!=", False)
        kept = agreed & Domain("bond_date_returned", "=", False)
        received = kept & Domain("bond_date_received", "!=", False)
        today = trade_today(self)
        domains = {
            "returned": agreed & Domain("bond_date_returned", "!=", False),
            "expected": kept & Domain("bond_date_received", "=", False),
            "expired": received & Domain("bond_date_valid", "<", today),
            "expiring": received & Domain("bond_date_valid", ">=", today) & self._get_bond_notice_domain(),
            "held": received & (Domain("bond_date_valid", "=", False) | ~self._get_bond_notice_domain()),
        }
        return domains[state]

    @api.model
    def _get_bond_notice_domain(self):
        companies = self.env["res.company"].sudo().search([])  # days of notice only
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("bond_date_valid", "<=", self._get_bond_notice_limit(company))
            for company in companies
        )

    # ---- constraints ------------------------------------------------------------------------------------

    @api.constrains("bond_kind", "bond_rate", "bond_amount")
    def _check_bond_figures(self):
        for contract in self:
            if contract.bond_amount < 0 or not 0 <= contract.bond_rate <= 100:
                raise ValidationError(
                    self.env._("The performance bond cannot be negative nor exceed 100 percent.")
                )

    @api.constrains("bond_kind", "retention_rate", "bond_with_retention")
    def _check_no_double_security(self):
        for contract in self:
            if contract.bond_kind and contract.retention_rate and not contract.bond_with_retention:
                raise ValidationError(
                    self.env._(
                        "A performance bond and a retention are not held together: drop one of them, "
                        "or allow both on the contract."
                    )
                )

    @api.constrains("bond_kind", "bond_date_received", "bond_date_valid", "bond_date_returned")
    def _check_bond_agreed(self):
        for contract in self:
            dated = contract.bond_date_received or contract.bond_date_valid or contract.bond_date_returned
            if dated and not contract.bond_kind:
                raise ValidationError(self.env._("No performance bond is agreed in this contract."))

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        if target == "to_approve" and self.bond_kind and not self.bond_amount:
            sentence = self.env._("%s: the performance bond has no amount.", self.display_name)
            points.append(MissingPoint(sentence, record=self, page="payment", field="bond_rate"))
        return points

    def _check_bond_received(self):
        """Raise UserError unless the agreed bond is in hand and has not expired."""
        for contract in self:
            if contract.bond_state in ("expected", "expired"):
                raise UserError(
                    self.env._("%s: no valid performance bond has been received.", contract.display_name)
                )

    @api.model
    def _get_kept_files_domains(self):
        over = Domain("bond_date_returned", "!=", False) | Domain("state", "in", ("closed", "terminated"))
        return {**super()._get_kept_files_domains(), "bond_file_ids": over}

    def _get_frozen_fields(self):
        names = super()._get_frozen_fields()
        if self.state == "draft":
            return names
        if self.bond_date_returned:
            return names | set(_HANDLING)
        # what happens to the bond goes on while its terms stand, to its return after the end
        ended = self.state in ("closed", "terminated", "cancelled")
        received = {"bond_number", "bond_date_received"} if ended else set()
        return names - (set(_HANDLING) - received)

    @api.model
    def _get_derived_fields(self):
        return super()._get_derived_fields() | {"bond_date_noticed"}

    def write(self, vals):
        if not self._is_gate_open() and not self.env.su and set(vals) & set(_HANDLING):
            self._check_bond_handling(vals)
        result = super().write(vals)
        if vals.get("bond_date_valid") or vals.get("bond_date_returned"):
            self.sudo().activity_feedback([ACTIVITY_BOND])  # whoever was reminded: it is dealt with
        return result

    def _check_bond_handling(self, vals):
        for contract in self.filtered(lambda contract: contract.state != "draft"):
            if any(contract._is_changed(name, vals[name]) for name in _HANDLING if name in vals):
                self._require_group(
                    "property_outsourcing.group_outsourcing_manager",
                    "property_outsourcing.group_outsourcing_finance",
                )

    # ---- expiry -----------------------------------------------------------------------------------------

    @api.model
    def _cron_announce_expiring_bonds(self):
        """Tell the project managers which guarantees end within the days of notice, once per end date."""
        contracts = self.search(
            Domain("state", "in", ("active", "suspended", "completed"))
            & Domain("bond_state", "in", ("expiring", "expired"))
        )
        due = contracts.filtered(lambda contract: contract.bond_date_noticed != contract.bond_date_valid)
        due._run_in_batches("_process_expiring_bonds")

    def _process_expiring_bonds(self):
        """Tell who looks after the contracts that their bonds end."""
        due = self.filtered(lambda contract: contract.bond_date_noticed != contract.bond_date_valid)
        summary = self.env._("The performance bond ends: renew or return it")
        due._schedule_events(
            ACTIVITY_BOND,
            {contract: {"summary": summary, "date_deadline": contract.bond_date_valid} for contract in due},
        )
        for date, contracts in due.grouped("bond_date_valid").items():
            contracts._gated().write({"bond_date_noticed": date})
