from odoo import models
from odoo.fields import Command

from ..workflow.gate import open_gate


class OutsourcingContract(models.Model):
    """What activation creates in Odoo's own documents: the commitment and the work."""

    _inherit = "outsourcing.contract"

    def _activate(self):
        """Create purchase orders, projects and deliverables of newly approved contracts (in sudo)."""
        for company, contracts in self.grouped("company_id").items():
            contracts = contracts.with_company(company)
            orders = contracts._create_purchase_orders()
            projects = self.env["project.project"].with_company(company)
            projects = projects.create([contract._prepare_project_vals() for contract in contracts])
            for contract, order, project in zip(contracts, orders, projects, strict=True):
                contract._gated().write({"purchase_order_id": order.id, "project_id": project.id})
            contracts._create_project_milestones()
            contracts._create_deliverables()

    def _create_purchase_orders(self):
        """Create and confirm the orders that commit the contracts' amounts, a line per payment row."""
        terms = self._map_common_purchase_line_vals()
        orders = open_gate(self.env["purchase.order"])
        orders = orders.create([contract._prepare_purchase_order_vals(terms[contract]) for contract in self])
        orders.button_confirm()
        return orders.with_env(self.env)

    def _prepare_purchase_order_vals(self, common_vals):
        """Return the values of the contract's purchase order; its lines share ``common_vals``."""
        self.ensure_one()
        # an advance that is recovered is no part of the price: the order commits the work alone
        rows = self.milestone_ids.filtered(lambda row: not row.is_prepayment)
        return {
            "partner_id": self.contractor_id.id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "origin": self.name,
            "partner_ref": self.name,
            "payment_term_id": self.payment_term_id.id
            or self.contractor_id.property_supplier_payment_term_id.id,
            "fiscal_position_id": False,
            "user_id": self.manager_id.id,
            "outsourcing_contract_id": self.id,
            "order_line": [Command.create(row._prepare_purchase_line_vals(common_vals)) for row in rows],
        }

    def _map_common_purchase_line_vals(self):
        """Return a dict: contract -> what its order lines share, looked up once per company and rate."""
        terms = {}
        for contracts in self.grouped(lambda c: (c.company_id, c.tax_rate, c.tax_included)).values():
            terms |= dict.fromkeys(contracts, contracts[0]._prepare_common_purchase_line_vals())
        return terms

    def _prepare_common_purchase_line_vals(self):
        """Return what all order lines of the contract share: looked up once, not for each of 720 rows."""
        self.ensure_one()
        tax = self.company_id._outsourcing_get_purchase_tax(self.tax_rate, self.tax_included)
        return {
            "product_id": self.env.ref("property_outsourcing.product_outsourced_service").id,
            "product_uom_id": self.env.ref("property_outsourcing.uom_amount").id,
            "price_unit": 1.0,
            "tax_ids": [Command.set(tax.ids)],
        }

    def _prepare_project_vals(self):
        """Return the values of the contract's project."""
        self.ensure_one()
        return {
            "name": self.display_name,
            "company_id": self.company_id.id,
            "partner_id": self.contractor_id.id,
            "user_id": self.manager_id.id,
            "privacy_visibility": "followers",
            "allow_milestones": True,
            "allow_task_dependencies": True,
            "date_start": self.date_start,
            "date": self.date_end,
            "account_id": self.community_id.analytic_account_id.id,
            "outsourcing_contract_id": self.id,
            "type_ids": [Command.set(self._get_order_stages().ids)],
        }

    def _get_order_stages(self):
        """Return the work order stages every contract's project starts with."""
        xmlids = ("new", "dispatched", "working", "checking", "done")
        return self.env["project.task.type"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id(
                f"property_outsourcing.order_stage_{name}", raise_if_not_found=True
            )
            for name in xmlids
        )

    def _create_project_milestones(self):
        rows = self.milestone_ids.filtered(lambda row: row.kind in ("milestone", "completion"))
        milestones = self.env["project.milestone"].create(
            [
                {"name": row.name, "project_id": row.contract_id.project_id.id, "deadline": row.date_due}
                for row in rows
            ]
        )
        for row, milestone in zip(rows, milestones, strict=True):
            row._gated().write({"project_milestone_id": milestone.id})
