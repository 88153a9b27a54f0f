from odoo import models


class IrHttp(models.AbstractModel):
    """Residents are told in one sentence what was wrong, not by a bare page of core."""

    _inherit = "ir.http"

    @classmethod
    def _get_outsourcing_paths(cls):
        return (*super()._get_outsourcing_paths(), "/outsourcing/report/", "/outsourcing/complaint/")
