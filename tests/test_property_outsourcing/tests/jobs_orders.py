from datetime import timedelta

from odoo import fields

from odoo.addons.property_outsourcing.models.workflow.gate import open_gate

from .jobs_contracts import ContractJobs


class OrderJobs(ContractJobs):
    """Work orders that are late, unanswered, or to be rolled up."""

    @classmethod
    def _make_orders(cls, contracts, **vals):
        return open_gate(cls.env["project.task"]).create(
            [
                {
                    "name": "Door does not close",
                    "outsourcing_contract_id": contract.id,
                    "outsourcing_community_id": contract.community_id.id,
                    "project_id": contract.project_id.id,
                    "user_ids": False,
                    **vals,
                }
                for contract in contracts
            ]
        )

    @classmethod
    def _make_late_orders(cls, count):
        contracts = cls._make_contracts(count)
        open_gate(contracts)._load_presets()
        orders = cls._make_orders(contracts, outsourcing_priority="p1", outsourcing_kind="planned")
        moment = fields.Datetime.now() - timedelta(days=2)
        orders.flush_recordset()
        cls.env.cr.execute(
            "UPDATE project_task SET outsourcing_sla_response_deadline = %s WHERE id IN %s",
            [moment, tuple(orders.ids)],
        )
        orders.invalidate_recordset()
        return orders

    @classmethod
    def _make_planned_orders(cls, count):
        now = fields.Datetime.now()
        orders = cls._make_orders(
            cls._make_contracts(count),
            outsourcing_kind="planned",
            outsourcing_planned_start=now - timedelta(days=3),
            outsourcing_planned_finish=now - timedelta(days=1),
        )
        orders.flush_recordset()
        cls.env.cr.execute(
            "UPDATE project_task SET outsourcing_delay_days = 0 WHERE id IN %s", [tuple(orders.ids)]
        )
        orders.invalidate_recordset()
        return orders

    @classmethod
    def _make_hold_requests(cls, count):
        orders = cls._make_orders(cls._make_contracts(count))
        reason = cls.env.ref("property_outsourcing.hold_reason_owner")
        holds = orders._create_holds(reason, "Nobody opens", "requested")
        orders._apply_holds()
        open_gate(holds).write({"date_from": fields.Datetime.now() - timedelta(days=3)})
        return holds.with_env(cls.env)

    @classmethod
    def _make_unanswered_reports(cls, count):
        orders = cls._make_orders(cls._make_contracts(count, "service_type_repairs", amount_total=10000.0))
        open_gate(orders).write(
            {
                "outsourcing_measure_state": "reported",
                "outsourcing_date_answer_due": cls.today - timedelta(days=1),
            }
        )
        return orders.with_env(cls.env)

    @classmethod
    def _make_unanswered_disputes(cls, count):
        orders = cls._make_orders(cls._make_contracts(count, "service_type_repairs", amount_total=10000.0))
        open_gate(orders).write(
            {
                "outsourcing_measure_state": "accepted",
                "outsourcing_dispute_state": "disputed",
                "outsourcing_dispute_answer_due": cls.today - timedelta(days=1),
            }
        )
        return orders.with_env(cls.env)

    @classmethod
    def _make_frameworks_to_roll_up(cls, count):
        contracts = cls._make_contracts(count, "service_type_repairs", amount_total=10000.0)
        orders = open_gate(cls.env["purchase.order"]).create(
            [{"partner_id": contract.contractor_id.id} for contract in contracts]
        )
        for contract, order in zip(contracts, orders, strict=True):
            open_gate(contract).write({"purchase_order_id": order.id})
        tasks = cls._make_orders(contracts)
        open_gate(tasks).write(
            {
                "outsourcing_measure_state": "accepted",
                "outsourcing_date_accepted": cls.today.replace(day=1) - timedelta(days=3),
            }
        )
        cls.company.outsourcing_rollup_day = 1
        return contracts
