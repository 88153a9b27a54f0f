from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing_portal.controllers.answer import is_script

from ..models.resident.outsourcing_complaint_photo import PHOTOS_MAX
from .page import OutsourcingResidentPage

MEGABYTE = 1024 * 1024
# of which places the problems are offered where a code hangs
OFFERED = {
    "building": ("any", "home", "building"),
    "room": ("any", "home"),
    "public_area": ("any", "outdoor", "building"),
}
NAMES = ("kind", "description", "wish", "name", "phone", "room", "answer")


class OutsourcingReport(OutsourcingResidentPage, Controller):
    """The page behind the code on site. Its stamp is its own: no session has to live for it."""

    def _get_max_length(self):
        company = request.env.company
        photo, film = (
            company._get_outsourcing_setting(f"outsourcing_{kind}_max_mb") for kind in ("photo", "video")
        )
        return max(film, PHOTOS_MAX * photo) * MEGABYTE + MEGABYTE  # and the words

    @route(
        "/outsourcing/report/<string:code>",
        type="http", auth="public", website=True, multilang=False, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_report(self, code, **kwargs):
        """Show the form of the place, and what is known there already."""
        self._speak()
        place, known = request.env["outsourcing.complaint.code"]._read_page(code)
        return self._show_form(place, known) if place else self._show_invalid(code)

    @route(
        "/outsourcing/report/<string:code>/send",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False, max_content_length=_get_max_length,
    )  # fmt: skip
    def outsourcing_report_send(self, code, **post):
        """Record a report; answer with the page that follows it, or with the form and one sentence."""
        place = self._find(code)
        if not place:
            return self._show_invalid(code)
        form = {name: self._to_text(post.get(name), 2000) for name in NAMES}
        form["problem_id"] = self._to_int(post.get("problem_id"))
        return self._take(place, post.get("stamp"), form, self._record)

    @route(
        "/outsourcing/report/<string:code>/too",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_report_too(self, code, **post):
        """Report what is known already as well, with one tap."""
        place = self._find(code)
        if not place:
            return self._show_invalid(code)
        form = {"complaint_id": self._to_int(post.get("complaint_id"))}
        return self._take(place, post.get("stamp"), form, self._join)

    # ---- what is sent -----------------------------------------------------------------------------------

    def _find(self, code):
        self._speak()
        return request.env["outsourcing.complaint.code"]._find(code)

    def _take(self, place, stamp, form, record):
        """Record what was sent with ``stamp`` once, by ``record``; nothing typed is lost if it is refused."""
        forms = request.env["outsourcing.complaint.form"]
        read = forms._read_stamp(place.code, stamp)
        if not read:
            sentence = request.env._(
                "This page is no longer valid: scan the code again, or send it once more."
            )
            return self._show_again(place, form, sentence)
        key, first, second = read
        row, is_new = forms._claim(place, key)
        if not is_new:
            return self._lead_on(row.reporter_id) if row.reporter_id else self._show_again(place, form)
        try:
            with request.env.cr.savepoint():
                row.reporter_id = record(place, row, form, first + second)
        except UserError as error:
            row.unlink()  # the same form may come again
            return self._show_again(place, form, str(error.args[0]), stamp)
        return self._lead_on(row.reporter_id)

    def _record(self, place, row, form, expected):
        self._check_not_too_often(place, row, form.get("phone"))
        if form["answer"] != str(expected):
            raise UserError(request.env._("The sum is not right: count once more."))
        return request.env["outsourcing.complaint"]._report_from_page(place, form, self._get_files("files"))

    def _join(self, place, row, form, expected):
        self._check_not_too_often(place, row)
        return request.env["outsourcing.complaint"]._join_known(place, form["complaint_id"])

    def _check_not_too_often(self, place, row, phone=None):
        phone_hash = request.env["outsourcing.complaint.reporter"]._hash_phone(phone)
        if row._is_too_often(phone_hash):
            desk = place.community_id.complaint_phone
            if desk:
                raise UserError(
                    request.env._("Much is being reported just now: please call the desk, %s.", desk)
                )
            raise UserError(request.env._("Much is being reported just now: please call the desk."))
        row.phone_hash = phone_hash

    # ---- what is shown ----------------------------------------------------------------------------------

    def _lead_on(self, reporter):
        path = reporter._get_path(reporter.token)
        if is_script():  # the outbox of the phone, which may have waited for a signal
            return request.make_json_response({"key": request.params.get("client_key"), "url": path})
        return request.redirect(path, 303)

    def _show_again(self, row, form, error=None, stamp=None):
        """Show the form of the code ``row`` with what was typed, and why it was refused."""
        if error and is_script():  # the page is still there, with all that was typed
            return request.make_json_response({"error": error}, status=422)
        return self._show_form(*row._read_page(row.code), form, error, stamp)

    def _show_form(self, place, known, form=None, error=None, stamp=None):
        """Show the form of ``place``; after a refusal with the same stamp.

        :param place, known: see ``outsourcing.complaint.code._read_page``
        """
        env, form = request.env, form or {}
        forms = env["outsourcing.complaint.form"]
        company = env["res.company"].browse(place.company_id)
        stamp = stamp or forms._make_stamp(place.code)
        _key, first, second = stamp.split("-")[:3]
        values = {
            "place": place,
            "form": form,
            "error": error,
            "stamp": stamp,
            "question": f"{first} + {second} = ?",
            "options": env["outsourcing.complaint.problem"]._get_options(
                OFFERED.get(place.kind, OFFERED["building"]), place.service_type_id, form.get("problem_id")
            ),
            "known": known,
            "too_stamp": forms._make_stamp(place.code),
            "phone_required": company._get_outsourcing_setting("outsourcing_complaint_phone_required"),
            "kinds": env["outsourcing.complaint"]._fields["kind"]._description_selection(env),
        }
        return self._show("page_report", values, status=422 if error else 200)
