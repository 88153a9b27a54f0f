from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from odoo import models
from odoo.http import Response, request

PATH = "/my/outsourcing/"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        path = request.httprequest.path
        if PATH in path or path.endswith(PATH.rstrip("/")):
            if isinstance(exception, RequestEntityTooLarge):
                return cls._answer_plainly(
                    413, request.env._("The file is too large. Choose a smaller photo or a shorter video.")
                )
            if isinstance(exception, BadRequest) and request.httprequest.method == "POST":
                return cls._answer_plainly(
                    400, request.env._("The page is too old. Go back, load it again and repeat the step.")
                )
        return super()._handle_error(exception)

    @classmethod
    def _answer_plainly(cls, status, message):
        """Answer with one sentence: JSON to our own script, else a page that needs no request body."""
        if request.httprequest.headers.get("X-Requested-With") == "XMLHttpRequest":
            response = request.make_json_response({"error": message}, status=status)
        else:
            lang = request.env["res.users"].sudo().browse(request.session.uid).lang or request.env.lang
            html = (
                request.env["ir.qweb"]
                .with_context(lang=lang)
                ._render("property_outsourcing_portal.plain_message", {"message": message})
            )
            response = Response(html, status=status, content_type="text/html; charset=utf-8")
        # what was not read of a large body cannot be read any more
        response.headers["Connection"] = "close"
        return response
