from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate
from odoo.addons.property_outsourcing.models.workflow.missing_points import MissingPoint
from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today
from odoo.addons.property_outsourcing.tools import join_names

PERFORMED_STATES = ("active", "suspended", "completed", "terminated")


class OutsourcingContract(models.Model):
    """The month of a framework: accepted orders become one payment row per community."""

    _inherit = "outsourcing.contract"

    rollup_ids = fields.One2many("outsourcing.order.rollup", "contract_id", "Roll-ups")
    rollup_count = fields.Integer(compute="_compute_counters")

    @api.model
    def _get_counters(self):
        rollups = ("outsourcing.order.rollup", "contract_id", [])
        return {**super()._get_counters(), "rollup_count": rollups}

    def action_view_rollups(self):
        """Open the monthly roll-ups of the contract."""
        return self._get_contract_action("property_outsourcing_repairs.outsourcing_order_rollup_action")

    # ---- rolling up -------------------------------------------------------------------------------------

    def action_roll_up(self):
        """Roll up the accepted orders of the month that has ended; of an ended framework everything."""
        self._require_group("property_outsourcing.group_outsourcing_manager")
        self.check_access("write")
        rollups = self.env["outsourcing.order.rollup"]
        by_month = self.sudo().grouped(lambda contract: contract._get_month_to_roll_up())  # actor checked
        for month, contracts in by_month.items():
            rollups |= contracts._create_rollups(month)
        if not rollups:
            raise UserError(self.env._("No accepted work order waits for a roll-up of this month."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_repairs.outsourcing_order_rollup_action"
        )
        return {**action, "domain": [("id", "in", rollups.ids)], "context": {}}

    def _get_month_to_roll_up(self):
        """Return the first day of the month a roll-up drawn up today is for."""
        self.ensure_one()
        month = trade_today(self).replace(day=1)
        ended = self.state in ("completed", "terminated")
        return month if ended else month - relativedelta(months=1)

    def _create_rollups(self, month):
        """Draw up the roll-ups of ``month`` with everything accepted until its end (in sudo).

        :param month: first day of the month
        :return: the new ``outsourcing.order.rollup``, one per contract and community; none twice
        """
        date_end = month + relativedelta(months=1, days=-1)
        groups = self._get_orders_to_roll_up(month, date_end)
        for orders in groups.values():
            orders._check_not_rolled_up_by_signer()
        rollups = open_gate(self.env["outsourcing.order.rollup"]).create(
            [
                {
                    "contract_id": contract.id,
                    "community_id": community.id,
                    "month": month,
                    "date_end": date_end,
                    "order_count": len(orders),
                    "amount_total": contract.currency_id.round(
                        sum(orders.mapped("outsourcing_order_amount"))
                    ),
                }
                for (contract, community), orders in groups.items()
            ]
        )
        rollups = rollups.with_env(self.env)
        for rollup, orders in zip(rollups, groups.values(), strict=True):
            open_gate(orders).write(
                {"outsourcing_rollup_id": rollup.id, "outsourcing_measure_state": "rolled_up"}
            )
        rollups._create_payment_rows()
        rollups._keep_signed()
        return rollups

    def _get_orders_to_roll_up(self, month, date_end):
        """Return a dict (contract, community) -> accepted orders, without months rolled up already."""
        domain = [
            ("outsourcing_contract_id", "in", self.ids),
            ("outsourcing_measure_state", "=", "accepted"),
            ("outsourcing_date_accepted", "<=", date_end),
        ]
        orders = self.env["project.task"].with_context(active_test=False).search(domain, order="id")
        orders = orders.filtered(lambda order: order._is_cut_settled())  # what is in dispute waits
        done = self.env["outsourcing.order.rollup"].search(
            [("contract_id", "in", self.ids), ("month", "=", month)]
        )
        done = {(rollup.contract_id, rollup.community_id) for rollup in done}
        groups = orders.grouped(lambda order: (order.outsourcing_contract_id, order.outsourcing_community_id))
        return {key: group for key, group in groups.items() if key not in done}

    @api.model
    def _cron_roll_up(self):
        """Roll up the month that has ended, from the day each company has set."""
        today = trade_today(self)
        month = today.replace(day=1) - relativedelta(months=1)
        companies = self.env["res.company"].search([("outsourcing_rollup_day", "<=", today.day)])
        contracts = self._get_contracts_to_roll_up(month, companies)
        contracts._run_in_batches("_create_rollups", month, size=20)

    @api.model
    def _get_contracts_to_roll_up(self, month, companies):
        date_end = month + relativedelta(months=1, days=-1)
        rows = (
            self.env["project.task"]
            .with_context(active_test=False)
            ._read_group(
                [
                    ("outsourcing_measure_state", "=", "accepted"),
                    ("outsourcing_date_accepted", "<=", date_end),
                    ("outsourcing_contract_id.company_id", "in", companies.ids),
                    ("outsourcing_contract_id.state", "in", PERFORMED_STATES),
                ],
                ["outsourcing_contract_id"],
            )
        )
        return self.browse([contract.id for (contract,) in rows])

    # ---- closing ----------------------------------------------------------------------------------------

    def _get_missing_points(self, target):
        points = super()._get_missing_points(target)
        orders = target == "closed" and self._ask_together("_map_orders_not_rolled_up").get(self._origin)
        if orders:
            sentence = self.env._(
                "These work orders are not rolled up for payment yet: %s.",
                join_names(self.env, orders[:5].mapped("name")),
            )
            points.append(MissingPoint(sentence, action=self._get_shown_action(orders)))
        return points

    def _map_orders_not_rolled_up(self):
        """Return a dict: framework -> its work orders that are reported or accepted, but not rolled up."""
        open_reports = Domain("outsourcing_measure_state", "in", ("reported", "checked"))
        open_reports &= Domain("state", "!=", "1_canceled")
        domain = Domain("outsourcing_contract_id", "in", self.ids) & (
            open_reports | Domain("outsourcing_measure_state", "=", "accepted")
        )
        orders = self.env["project.task"].with_context(active_test=False).search(domain)
        return orders.grouped("outsourcing_contract_id")
