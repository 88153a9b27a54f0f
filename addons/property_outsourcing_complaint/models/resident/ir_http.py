from odoo import models
from odoo.http import request

PATHS = ("/outsourcing/report/", "/outsourcing/complaint/")


class IrHttp(models.AbstractModel):
    """Residents are told in one sentence what was wrong, not by a bare page of core."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        if path.startswith(PATHS) and "website" not in request.env.registry:
            # the page speaks one language: what core looks up to find one in the address is of no use, and
            # costs as much as the page itself when fifty people open it at once
            request.is_frontend = request.is_frontend_multilang = False
        return super()._match(path)

    @classmethod
    def _get_outsourcing_paths(cls):
        return (*super()._get_outsourcing_paths(), *PATHS)
