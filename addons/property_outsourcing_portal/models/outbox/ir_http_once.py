import hashlib
import re
from datetime import datetime, timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from .outsourcing_portal_post import KEY

PATH = "/my/outsourcing/"
CHOICE = "/my/outsourcing/performer"  # where one says who works
# what the page adds to each form
OWN = ("client_key", "client_user", "client_performer", "acted_at", "sent_at")
FLASH_KEY = "outsourcing_flash"  # what the next page says
EPOCH = datetime(1970, 1, 1)
LATEST = 4102444800000  # the year 2100


class IrHttp(models.AbstractModel):
    """Every form of the portal that carries a key is recorded once, whichever controller takes it."""

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        params = request.params
        is_form = request.httprequest.method == "POST" and endpoint.routing.get("type") == "http"
        if not is_form or PATH not in request.httprequest.path:
            return super()._dispatch(endpoint)
        told = {name: str(params.pop(name, "") or "") for name in OWN}
        if not request.session.uid or CHOICE in request.httprequest.path:
            return super()._dispatch(endpoint)
        try:
            cls._bind_performer(params)
            if not told["client_key"]:
                return super()._dispatch(endpoint)
            cls._check_sender(told)
            post, is_new = request.env["outsourcing.portal.post"]._claim(
                told["client_key"],
                cls._get_digest(),
                request.httprequest.path,
                cls._read_clock(told["acted_at"]),
                cls._read_clock(told["sent_at"]),
            )
            if not post:
                raise UserError(request.env._("This form belongs to another login; nothing was recorded."))
            if not is_new:
                post._check_answered(cls._get_digest())
        except UserError as error:
            return cls._answer_plainly(request.env, 409, str(error.args[0]))
        if not is_new:
            return cls._answer_again(post)
        request.outsourcing_post = post
        request.outsourcing_act = act = post._prepare_act()
        request.update_context(outsourcing_act=act)
        response = super()._dispatch(endpoint)
        if post.exists() and not post.answer:
            post.unlink()  # refused, or not a step: the form may come again with the same key
        return response

    @classmethod
    def _bind_performer(cls, params):
        """Let the session say who works and signs, where people of the firm have PINs; no form does."""
        performer = request.env.user._get_bound_performer()
        if performer and "signer_name" in params:
            params["signer_name"] = performer.name

    @classmethod
    def _check_sender(cls, told):
        user = request.env.user
        if told["client_user"] and told["client_performer"] != user._get_performer_key():
            raise UserError(
                request.env._(
                    "%s works on this phone now, somebody else has written this: nothing was recorded.",
                    user._get_outsourcing_performer().name,
                )
            )
        if told["client_user"] and told["client_user"] != str(user.id):
            raise UserError(
                request.env._(
                    "%s is logged in now, somebody else has written this: nothing was recorded.", user.name
                )
            )
        if not KEY.fullmatch(told["client_key"]):
            raise UserError(request.env._("The key of the form is not valid: load the page again."))

    @classmethod
    def _get_digest(cls):
        """Return a fingerprint of what the form holds: its values, and name and size of its files."""
        sent = request.httprequest
        rows = [
            (name, value) for name, value in sent.form.items(multi=True) if name not in (*OWN, "csrf_token")
        ]
        for name, file in sent.files.items(multi=True):
            rows.append((name, f"{file.filename}:{file.seek(0, 2)}"))
            file.seek(0)
        return hashlib.sha256(repr([sent.path, *sorted(rows)]).encode()).hexdigest()

    @classmethod
    def _read_clock(cls, value):
        """Return milliseconds since 1970 as a moment, None for what is no time."""
        if not re.fullmatch(r"\d{12,13}", value) or int(value) > LATEST:
            return None
        return (EPOCH + timedelta(milliseconds=int(value))).replace(microsecond=0)

    @classmethod
    def _answer_again(cls, post):
        """Give the answer the form was given when it was recorded."""
        answer = post.answer or {}
        if request.httprequest.headers.get("X-Requested-With") == "XMLHttpRequest":
            return request.make_json_response({**answer, "again": True})
        if answer.get("message"):
            request.session[FLASH_KEY] = {"message": answer["message"], "kind": "success"}
        return request.redirect(answer.get("url") or "/my/outsourcing", 303)
