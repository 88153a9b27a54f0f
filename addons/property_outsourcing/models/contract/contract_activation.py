from odoo import models
from odoo.fields import Command

from ..workflow.gate import open_gate


class OutsourcingContract(models.Model):
    """What activation creates in Odoo's own documents: the commitment and the work."""

    _inherit = "outsourcing.contract"

    def _activate(self):
        """Create purchase order, project and deliverables of newly approved contracts (in sudo)."""
        for contract in self:  # a contract is activated alone; each gets its own documents
            contract = contract.with_company(contract.company_id)
            order = contract._create_purchase_order()
            project = self.env["project.project"].create(contract._prepare_project_vals())
            contract._gated().write({"purchase_order_id": order.id, "project_id": project.id})
            contract._create_project_milestones()
            contract._create_deliverables()

    def _create_purchase_order(self):
        """Create and confirm the order that commits the contract's amount, a line per payment row."""
        order = open_gate(self.env["purchase.order"]).create(self._prepare_purchase_order_vals())
        order.button_confirm()
        return order.with_env(self.env)

    def _prepare_purchase_order_vals(self):
        """Return the values of the contract's purchase order."""
        self.ensure_one()
        common_vals = self._prepare_common_purchase_line_vals()
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
        return self.env["project.task.type"].union(
            *(self.env.ref(f"property_outsourcing.order_stage_{name}") for name in xmlids)
        )

    def _create_project_milestones(self):
        rows = self.milestone_ids.filtered(lambda row: row.kind in ("milestone", "completion"))
        milestones = self.env["project.milestone"].create(
            [{"name": row.name, "project_id": self.project_id.id, "deadline": row.date_due} for row in rows]
        )
        for row, milestone in zip(rows, milestones, strict=True):
            row._gated().write({"project_milestone_id": milestone.id})
