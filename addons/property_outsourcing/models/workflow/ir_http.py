import werkzeug.exceptions

from odoo import models
from odoo.http import Response, request

OWN = "odoo.addons.property_outsourcing"


class IrHttp(models.AbstractModel):
    """What no page of the suite can be meant by is answered with a sentence before it reaches one."""

    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        # no address holds a NUL, and the database refuses to search for one
        return None if "\x00" in request.httprequest.path else super()._serve_fallback()

    @classmethod
    def _pre_dispatch(cls, rule, args):
        super()._pre_dispatch(rule, args)
        endpoint = rule.endpoint
        is_own = endpoint.original_endpoint.__module__.startswith(OWN)
        if is_own and endpoint.routing["type"] == "jsonrpc":
            cls._check_json_readable()

    @classmethod
    def _check_json_readable(cls):
        """Answer 400 unless the body is an object whose ``params`` are one."""
        try:
            body = request.get_json_data()
        except (ValueError, RecursionError):  # also a thousand brackets
            body = None
        if not isinstance(body, dict) or not isinstance(body.get("params", {}), dict):
            message = request.env._("What was sent cannot be read. Load the page again and repeat the step.")
            werkzeug.exceptions.abort(Response(message, status=400, content_type="text/plain; charset=utf-8"))
