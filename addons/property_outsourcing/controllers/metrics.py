from odoo.http import Controller, request, route
from odoo.tools import consteq

from ..models.operation.outsourcing_metrics import TOKEN


class OutsourcingMetricsPage(Controller):
    @route(
        "/outsourcing/metrics", type="http", auth="public", methods=["GET"], save_session=False, readonly=True
    )
    def outsourcing_metrics(self, **kwargs):
        """Answer with the figures of operation to whoever brings the token, in Prometheus' text format."""
        # sudo: the token below is the right to see the figures
        token = request.env["ir.config_parameter"].sudo().get_param(TOKEN)
        if not token:
            raise request.not_found()
        sent = request.httprequest.headers.get("Authorization", "").removeprefix("Bearer ")
        if not consteq(sent.encode(), token.encode()):
            return request.make_response("", [("WWW-Authenticate", "Bearer")], status=401)
        # sudo: whoever has the token sees numbers of the whole server
        text = request.env["outsourcing.metrics"].sudo()._render_metrics()
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return request.make_response(text, [("Content-Type", kind), ("Cache-Control", "no-store")])
