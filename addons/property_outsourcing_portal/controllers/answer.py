"""How a step is answered: recorded once, as a page or in JSON for the script that sent it."""

import secrets

from markupsafe import escape
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request

from ..models.outbox.ir_http_once import FLASH_KEY


class OutsourcingGap(UserError):
    """Something is missing in a form: each gap with the id of the element that lacks it.

    :param list gaps: (id of an element of the page or None, sentence)
    """

    def __init__(self, message, gaps):
        super().__init__(message)
        self.gaps = [{"focus": focus, "text": str(text)} for focus, text in gaps]


def is_script():
    """Return whether the script of the page has sent the form and waits for JSON."""
    return request.httprequest.headers.get("X-Requested-With") == "XMLHttpRequest"


class OutsourcingAnswer:
    """The one way of all recording forms from what was sent to the answer.

    The key of a form is taken before its controller runs (``ir.http._dispatch``); :meth:`_succeed` keeps the
    answer under it. A controller that records by ``_create`` or ``_change`` needs nothing else.
    """

    def _change(self, record, action, success, form=None, url=None, first=None):
        """Run ``action`` completely or not at all; show ``success`` on the document, or why not with what "
        "was typed.

        :param first: what is kept even if ``action`` is refused, such as the draft of what is handed in
        """
        error = (first and self._attempt(first)) or self._attempt(action)
        if error:
            return self._refuse(error, lambda: self._show_detail(record, error=error, form=form))
        self._remark(record)
        return self._succeed(record, url or self._get_url(record), success)

    def _create(self, create, form, success=None):
        """Run ``create`` completely or not at all; go to the document it returns, or back to the form."""
        record = None

        def run():
            nonlocal record
            record = create()

        error = self._attempt(run)
        if error:
            return self._refuse(error, lambda: self._show_new(error, form))
        return self._succeed(record, self._get_url(record), success)

    def _attempt(self, action):
        """Run ``action`` completely or not at all; return why it was refused, or None."""
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            request.outsourcing_gaps = getattr(error, "gaps", [])
            return str(error.args[0])
        except IntegrityError as error:
            return self._explain_integrity_error(error)
        return None

    def _explain_integrity_error(self, error):
        for model in request.env.values():
            if model._table == error.diag.table_name and not model._abstract:
                return str(model._sql_error_to_message(error))
        return request.env._("This is already there; nothing was changed.")

    def _pointing_at(self, action, find_gaps):
        """Run ``action``; where something is missing, say all of it, each with the element that lacks it.

        :param find_gaps: returns a list of (id of the element or None, sentence)
        """
        try:
            action()
        except UserError as error:
            gaps = find_gaps()
            if not gaps:
                raise
            message = str(error.args[0])
            if len(gaps) > 1:
                message = request.env._("%s things are still missing. Tap one to go there:", len(gaps))
            raise OutsourcingGap(message, gaps) from error

    # ---- answers ----------------------------------------------------------------------------------------

    def _refuse(self, error, show):
        """Answer why nothing was recorded: to the script in JSON, else by the page that ``show`` returns."""
        if not is_script():
            return show()
        gaps = getattr(request, "outsourcing_gaps", [])
        return request.make_json_response({"error": error, "gaps": gaps}, status=422)

    def _succeed(self, record, url, message=None, **details):
        """Keep the answer under the key of the form, and give it.

        :param record: the document the form led to
        :param str url: the page that shows it
        :param str message: what is said on that page
        :param details: what the script is told besides
        """
        answer = {"url": url, "message": message and str(message), **details}
        if post := getattr(request, "outsourcing_post", None):
            answer["key"] = post.client_key
            post._finish(record.exists(), answer, request.outsourcing_act)
            self._remark_act(record, post)
        elif record and request.env.user._get_bound_performer():
            # sent without a key: who worked is kept all the same
            post = self._take_post()
            post._finish(record.exists(), answer, None)
        if post and post.performer_id:
            self._remark_performer(record, post)
        if is_script():
            if message and not request.httprequest.headers.get("X-Outsourcing-Quiet"):
                request.session[FLASH_KEY] = {"message": message, "kind": "success"}
            return request.make_json_response(answer)
        return self._redirect(url, message)

    def _redirect(self, url, message=None, kind="success"):
        if message:
            request.session[FLASH_KEY] = {"message": message, "kind": kind}
        return request.redirect(url, 303)

    def _take_post(self):
        path = request.httprequest.path
        return request.env["outsourcing.portal.post"]._claim(secrets.token_hex(16), None, path)[0]

    # ---- what staff reads of it -------------------------------------------------------------------------

    def _remark(self, record):
        """Note on the document what has to be known about a step of this login today."""
        user = request.env.user
        remark = user._get_signature_remark(fields.Datetime.now())
        document = record.sudo().exists()  # the step was allowed; the note is for staff
        if not remark or "message_ids" not in document._fields:
            return
        note = request.env._("Step of %(name)s: %(remark)s.", name=user.name, remark=remark)
        if not any(escape(note) in message.body for message in document.message_ids):  # once is enough
            document.message_post(body=note, subtype_xmlid="mail.mt_note")

    def _remark_performer(self, record, post):
        """Note on the document who worked with which login, once for each."""
        document = record.sudo().exists()  # as above
        if "message_ids" not in document._fields or not document:
            return
        known = [("res_model", "=", document._name), ("res_id", "=", document.id), ("id", "!=", post.id)]
        who = [("performer_id", "=", post.performer_id.id), ("user_id", "=", post.user_id.id)]
        if not post.search_count([*known, *who], limit=1):  # post is in sudo
            note = post._describe_recorder(post.performer_id, post.user_id)
            document.message_post(body=note, subtype_xmlid="mail.mt_note")

    def _remark_act(self, record, post):
        """Note on the document which time counts, where the step was done before it reached us."""
        document = record.sudo().exists()  # as above
        if (post.is_act_counted or post.doubt) and "message_ids" in document._fields:
            document.message_post(body=post._describe_act(), subtype_xmlid="mail.mt_note")
