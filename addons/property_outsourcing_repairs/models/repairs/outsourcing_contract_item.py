from odoo import fields, models


class OutsourcingContractItem(models.Model):
    _inherit = "outsourcing.contract.item"

    order_line_ids = fields.One2many("outsourcing.order.line", "item_id", "Order Lines")

    def _add_measured(self, quantities):
        """Add accepted quantities to what is measured so far. For module code, after the acceptance.

        Two acceptances of the same item at once conflict on its row; the second is run again.

        :param dict quantities: item -> quantity in the item's unit
        """
        digits = self._fields["quantity_measured"].get_digits(self.env)[1]
        for item, quantity in quantities.items():
            item._gated().quantity_measured = round(item.quantity_measured + quantity, digits)

    def action_view_order_lines(self):
        """Open the order lines that make up the measured quantity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "property_outsourcing_repairs.outsourcing_order_line_action"
        )
        return {**action, "domain": [("item_id", "=", self.id)], "context": {}}
