from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.property_outsourcing.models.contract.purchase_order_quiet import QUIET, QUIET_KEY
from odoo.addons.property_outsourcing.models.workflow.gate import is_gate_open, is_uninstalling, open_gate
from odoo.addons.property_outsourcing.models.workflow.sequence_numbers import give_numbers
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_day
from odoo.addons.property_outsourcing.tools import format_money


class OutsourcingOrderRollup(models.Model):
    """A month of a framework in one community: the accepted orders that make up one payment row.

    Drawn up and never changed, at most taken back: the bill leads to it, and it leads to orders, quantities
    and photos.
    """

    _name = "outsourcing.order.rollup"
    _description = "Monthly Roll-up of Repair Orders"
    _inherit = [
        "outsourcing.printed.mixin",
        "outsourcing.event.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "month desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char("Number", required=True, readonly=True, default="/", index="trigram")
    contract_id = fields.Many2one(
        "outsourcing.contract", required=True, readonly=True, index=True, ondelete="restrict"
    )
    contractor_id = fields.Many2one(related="contract_id.contractor_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id", store=True)
    community_id = fields.Many2one(
        "outsourcing.community", required=True, readonly=True, index=True, ondelete="restrict"
    )
    month = fields.Date(required=True, readonly=True, index=True, help="First day of the month.")
    date_end = fields.Date("Accepted until", required=True, readonly=True)
    milestone_id = fields.Many2one(
        "outsourcing.contract.milestone",
        "Payment Row",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    order_ids = fields.One2many(
        "project.task",
        "outsourcing_rollup_id",
        "Work Orders",
        readonly=True,
        context={"active_test": False},
    )
    line_ids = fields.One2many("outsourcing.order.line", "rollup_id", "Quantities", readonly=True)
    order_count = fields.Integer(readonly=True)
    amount_total = fields.Monetary("Total", readonly=True)
    amount_billed = fields.Monetary(related="milestone_id.amount_billed", string="Billed")

    _month_uniq = models.Constraint(
        "UNIQUE(contract_id, community_id, month)",
        "The orders of this month have already been rolled up.",
    )
    _milestone_uniq = models.UniqueIndex(
        "(milestone_id) WHERE milestone_id IS NOT NULL", "The payment row already has its roll-up."
    )

    @api.depends("name", "month", "community_id.name")
    def _compute_display_name(self):
        for rollup in self:
            month = rollup.month and fields.Date.to_string(rollup.month)[:7]
            rollup.display_name = " ".join(part for part in (rollup.name, month) if part)

    def _compute_access_url(self):
        super()._compute_access_url()
        for rollup in self:
            rollup.access_url = f"/my/outsourcing/rollups/{rollup.id}"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # what staff says beside a document is for staff; the portal reads its page
        if self.env.user.share:
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        # with a token, even a wrong one, core shows every comment to whoever reads the roll-up
        if self.env.user.share and kwargs.keys() & {"hash", "pid", "token"}:
            return self.browse()
        return super()._get_thread_with_access(thread_id, mode=mode, **kwargs)

    # ---- CRUD gates -------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not is_gate_open(self):
            raise UserError(self.env._("A roll-up is drawn up from the accepted orders of a contract."))
        contracts = self.env["outsourcing.contract"].browse(vals["contract_id"] for vals in vals_list)
        companies = {contract.id: contract.company_id for contract in contracts}
        give_numbers(vals_list, self._name, lambda vals: companies[vals["contract_id"]])
        return super().create(vals_list)

    def write(self, vals):
        own = {
            name
            for name in vals
            if name in self._fields and (self._fields[name]._module or "").startswith("property_outsourcing")
        }
        if own and not is_gate_open(self):
            raise UserError(self.env._("A roll-up is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        if not is_gate_open(self) and not is_uninstalling(self.env):
            raise UserError(self.env._("A roll-up is not deleted; a manager takes it back."))

    def _gated(self):
        """Return ``self`` in sudo with the gate open. For module code only, after the actor was checked."""
        return open_gate(self)

    def _get_responsible_candidates(self):
        users = super()._get_responsible_candidates()
        return users | self.contract_id.manager_id | self.community_id._get_managers()

    # ---- payment row ------------------------------------------------------------------------------------

    def _create_payment_rows(self):
        """Create the payment row, accepted in full, and the order line of each roll-up (in sudo)."""
        rows = open_gate(self.env["outsourcing.contract.milestone"]).create(
            [rollup._prepare_milestone_vals() for rollup in self]
        )
        terms = rows.contract_id._map_common_purchase_line_vals()
        # the roll-up tells the story of the line, no note on the order beside it
        quiet = {QUIET_KEY: QUIET}
        open_gate(self.env["purchase.order.line"]).with_context(**quiet).create(
            [
                {
                    **row._prepare_purchase_line_vals(terms[row.contract_id]),
                    "order_id": row.contract_id.purchase_order_id.id,
                }
                for row in rows
            ]
        )
        rows = rows.with_env(self.env)
        for rollup, row in zip(self, rows, strict=True):
            rollup._gated().milestone_id = row
        rows._record_acceptances(
            {
                row: (rollup.amount_total, rollup.date_end, rollup)
                for rollup, row in zip(self, rows, strict=True)
            }
        )
        self._check_within_ceiling()

    def _prepare_milestone_vals(self):
        """Return the payment row of this roll-up."""
        self.ensure_one()
        contract = self.contract_id
        label = fields.Date.to_string(self.month)[:7]
        if len(contract.community_ids) > 1:
            label = f"{self.community_id.name} {label}"
        return {
            "contract_id": contract.id,
            "kind": "period",
            "sequence": 10 + self.month.year * 12 + self.month.month,
            "name": f"{label} {self.name}",
            "community_id": self.community_id.id,
            "date_start": self.month,
            "date_end": self.date_end,
            "date_due": self.date_end,
            "amount": self.amount_total,
        }

    def _check_within_ceiling(self):
        for contract in self.contract_id:
            total = sum(contract.milestone_ids.mapped("amount"))
            if contract.currency_id.compare_amounts(total, contract.amount_total) > 0:
                raise UserError(
                    self.env._(
                        "%(contract)s: its payment rows would add up to %(total)s, above the not-to-exceed "
                        "amount of %(cap)s.",
                        contract=contract.display_name,
                        total=format_money(contract, total),
                        cap=format_money(contract, contract.amount_total),
                    )
                )

    # ---- views and print --------------------------------------------------------------------------------

    def _get_signed_records(self):
        orders = self.order_ids
        people = (
            orders.outsourcing_reported_by_id
            | orders.outsourcing_checked_by_id
            | orders.outsourcing_approved_by_id
        )
        return [*super()._get_signed_records(), people, orders.outsourcing_location_id]

    def _get_signers(self, order):
        """Return the lines of the signature column of ``order``: (role, name, day)."""
        order = order.sudo()  # whoever reads the roll-up sees who signed for it
        roles = [
            (self.env._("Contractor"), order.outsourcing_reported_by_id, order.outsourcing_date_reported),
            (self.env._("Checked"), order.outsourcing_checked_by_id, order.outsourcing_date_checked),
            (self.env._("Manager"), order.outsourcing_approved_by_id, order.outsourcing_date_accepted),
        ]
        on_paper = self.env._("on paper, recorded by %s")
        signers = []
        for index, (role, user, moment) in enumerate(roles):
            if user:
                name = self._name_of(user)
                name = on_paper % name if not index and not user.share else name
                signers.append((role, name, self._get_day(moment)))
        if order._is_deemed_accepted():
            silence = self.env._("nobody answered in time")
            signers.append((self.env._("Accepted"), silence, order.outsourcing_date_accepted))
        return signers

    def _get_day(self, moment):
        """Return the day of a date or of a UTC time."""
        return trade_day(self, moment)

    def _get_item_totals(self):
        """Return what was performed of each item: list of (item, quantity, amount), in the list's order."""
        self.ensure_one()
        by_item = self.line_ids.filtered("quantity_performed").grouped("item_id")
        return [
            (item, sum(by_item[item].mapped("quantity_performed")), sum(by_item[item].mapped("amount")))
            for item in self.line_ids.item_id.sorted()
            if item in by_item
        ]

    def action_view_orders(self):
        """Open the work orders of the roll-up."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing.outsourcing_order_action"
        )
        domain = [("outsourcing_rollup_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"active_test": False}}

    def action_view_evidence(self):
        """Open the photos of the orders."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "property_outsourcing.outsourcing_evidence_action"
        )
        domain = [("res_model", "=", "project.task"), ("res_id", "in", self.order_ids.ids)]
        return {**action, "domain": domain, "context": {}}

    def action_view_milestone(self):
        """Open the payment row the roll-up stands for."""
        self.ensure_one()
        return self.contract_id._get_contract_action(
            "property_outsourcing.outsourcing_contract_milestone_action"
        ) | {"domain": [("id", "=", self.milestone_id.id)]}
