from urllib.parse import urlencode

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from odoo import models
from odoo.http import Response, SessionExpiredException, request

from odoo.addons.property_outsourcing.models.workflow.trade_time import get_zone

PATH = "/my/outsourcing/"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # scripts of the portal and of every add-on above it, whatever it is called
        portal = request.env["ir.module.module"].sudo().search([("name", "=", "property_outsourcing_portal")])
        above = portal.downstream_dependencies()
        return [*super()._get_translation_frontend_modules_name(), *(portal | above).mapped("name")]

    def session_info(self):
        """Tell the chatter which documents have a page in the portal, to write to their parties."""
        info = super().session_info()
        if self.env.user._is_internal():
            sections = set(self.env.user._get_outsourcing_sections().values())
            info["outsourcing_talk_models"] = sorted(
                name for name in sections if getattr(self.env[name], "_has_talk", bool)()
            )
        return info

    @classmethod
    def _pre_dispatch(cls, rule, args):
        super()._pre_dispatch(rule, args)
        if PATH in f"{request.httprequest.path}/":
            # days and hours on our pages are those of the company, whatever a profile says
            request.update_context(tz=get_zone(request.env.user))

    @classmethod
    def _get_outsourcing_paths(cls):
        """Return the parts of addresses whose errors are answered in one sentence. Hook: add to super's."""
        return (PATH,)

    @classmethod
    def _handle_error(cls, exception):
        path = request.httprequest.path
        if not any(part in path for part in cls._get_outsourcing_paths()):
            return super()._handle_error(exception)
        is_script = request.httprequest.headers.get("X-Requested-With") == "XMLHttpRequest"
        if isinstance(exception, SessionExpiredException) and is_script:
            message = request.env._("You are logged out. Log in again; nothing is lost.")
            return cls._answer_plainly(request.env, 401, message)
        if isinstance(exception, SessionExpiredException) and request.httprequest.method == "POST":
            # after logging in again the way leads to the page of the form, not to the step itself
            response = super()._handle_error(exception)
            response.location = f"/web/login?{urlencode({'redirect': path.rpartition('/')[0]})}"
            return response
        # the request was refused before the language of the user was looked up
        lang = request.env["res.users"].sudo().browse(request.session.uid or ()).lang
        lang = lang or request.env["outsourcing.invitation"]._get_lang() or request.env.lang
        env = request.env(context={**request.env.context, "lang": lang})
        if isinstance(exception, RequestEntityTooLarge):
            message = env._("The file is too large. Choose a smaller photo or a shorter video.")
            return cls._answer_plainly(env, 413, message)
        if isinstance(exception, BadRequest) and request.httprequest.method == "POST":
            message = env._("The page is too old. Go back, load it again and repeat the step.")
            return cls._answer_plainly(env, 400, message)
        return super()._handle_error(exception)

    @classmethod
    def _answer_plainly(cls, env, status, message):
        """Answer with one sentence: JSON to our own script, else a page that needs no request body."""
        if request.httprequest.headers.get("X-Requested-With") == "XMLHttpRequest":
            response = request.make_json_response({"error": message}, status=status)
        else:
            path = request.httprequest.path
            values = {"message": message, "back": PATH not in path and path.rpartition("/")[0]}
            html = env["ir.qweb"]._render("property_outsourcing_portal.plain_message", values)
            response = Response(html, status=status, content_type="text/html; charset=utf-8")
        # what was not read of a large body cannot be read any more
        response.headers["Connection"] = "close"
        return response
