from odoo import models

from .trade_time import get_zone


class IrActionsReport(models.Model):
    """What the suite prints shows the days and hours of the company, whoever prints it."""

    _inherit = "ir.actions.report"

    def _render_template(self, template, values=None):
        docs = (values or {}).get("docs")
        if docs and template.startswith("property_outsourcing"):
            zone = get_zone(docs)
            values = {**values, "docs": docs.with_context(tz=zone)}
            return super(IrActionsReport, self.with_context(tz=zone))._render_template(template, values)
        return super()._render_template(template, values)
