from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from .page import OutsourcingResidentPage

PAGE = "/outsourcing/complaint/<int:reporter_id>/<string:token>"


class OutsourcingFollow(OutsourcingResidentPage, Controller):
    """What became of a report, for whoever holds its link; the link is the right, no session is needed."""

    @route(
        PAGE, type="http", auth="public", website=True, multilang=False, methods=["GET"], sitemap=False
    )  # fmt: skip
    def outsourcing_follow(self, reporter_id, token, **kwargs):
        """Show where the report stands, what was promised and kept, and what was said."""
        reporter = self._find(reporter_id, token)
        return self._show_report(reporter, token) if reporter else self._show_invalid()

    @route(
        f"{PAGE}/write",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_follow_write(self, reporter_id, token, text=None, **post):
        """Write to the desk."""
        said = self._to_text(text, 2000)
        return self._act(reporter_id, token, lambda main, reporter: main._hear(reporter, said), text=said)

    @route(
        f"{PAGE}/confirm",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_follow_confirm(self, reporter_id, token, stars=None, comment=None, **post):
        """Say that it is right, with stars."""
        count, said = self._to_int(stars) or 0, self._to_text(comment, 1000)
        return self._act(
            reporter_id,
            token,
            lambda main, reporter: main._confirm_from_page(count, said, reporter),
            comment=said,
        )

    @route(
        f"{PAGE}/return",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_follow_return(self, reporter_id, token, reason=None, **post):
        """Say that it is not right yet."""
        said = self._to_text(reason, 1000)
        return self._act(reporter_id, token, lambda main, reporter: main._return_from_page(said), reason=said)

    @route(
        f"{PAGE}/keep",
        type="http", auth="public", website=True, multilang=False, methods=["POST"], sitemap=False,
        csrf=False,
    )  # fmt: skip
    def outsourcing_follow_keep(self, reporter_id, token, **post):
        """List the report among those of the resident who is logged in."""
        user = request.env["outsourcing.complaint.reporter"]._get_page_user()
        return self._act(reporter_id, token, lambda main, reporter: reporter._keep_for(user))

    @route(
        f"{PAGE}/photo/<int:photo_id>",
        type="http", auth="public", website=True, multilang=False, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_follow_photo(self, reporter_id, token, photo_id, **kwargs):
        """Send the small picture of a photo the person has sent."""
        reporter = self._find(reporter_id, token)
        photos = request.env["outsourcing.complaint.photo"].sudo()  # the person's own only
        photo = (
            photos.search([("id", "=", photo_id), ("reporter_id", "=", reporter.id)]) if reporter else photos
        )
        if not photo.thumbnail:
            raise request.not_found()
        response = request.env["ir.binary"]._get_stream_from(photo, "thumbnail").get_response()
        response.headers["Cache-Control"] = "no-store"
        return response

    # ---- shared -----------------------------------------------------------------------------------------

    def _find(self, reporter_id, token):
        self._speak()
        return request.env["outsourcing.complaint.reporter"]._find(reporter_id, token)

    def _act(self, reporter_id, token, act, **form):
        reporter = self._find(reporter_id, token)
        if not reporter:
            return self._show_invalid()
        complaint = reporter.complaint_id
        try:
            with request.env.cr.savepoint():
                act(complaint._get_main(complaint), reporter)
        except UserError as error:
            return self._show_report(reporter, token, str(error.args[0]), form)
        return request.redirect(reporter._get_path(token), 303)

    def _show_report(self, reporter, token, error=None, form=None):
        own = reporter.complaint_id
        main = own._get_main(own)
        values = {
            "reporter": reporter,
            "complaint": main,
            "own": own,
            "matter": reporter._get_matter(),
            "second": reporter._get_split(),
            # who joined with "me too" never reads what the first one wrote
            "said": own.description if reporter == own.reporter_ids[:1] else None,
            "url": reporter._get_path(token),
            "error": error,
            "form": form or {},
            "steps": self._get_steps(main),
            "talk": self._get_talk(own, main, reporter),
            "may_confirm": reporter._may_confirm(),
            "may_keep": bool(reporter._get_page_user() and not reporter.user_id),
            "photos": own.photo_ids.filtered(lambda photo: photo.reporter_id == reporter),
            "moment": lambda moment: self._say_moment(main, moment),
        }
        return self._show("page_follow", values, status=422 if error else 200)

    def _get_steps(self, main):
        """Return the steps with what was promised and what was kept: list of (label, promised, reached)."""
        _ = request.env._
        promised = (
            (_("Taken up"), main.date_accept_due, main.date_accepted),
            (_("First answer"), main.date_answer_due, main.date_answered),
            (_("Done"), main.date_finish_due, main.date_done),
        )
        return [
            (label, self._say_moment(main, due), self._say_moment(main, reached))
            for label, due, reached in promised
        ]

    def _get_talk(self, own, main, reporter):
        """Return the messages the person reads: what the desk says to all, and what the person wrote."""
        rows = (own | main).talk_ids.sorted("id")
        return rows.filtered(lambda row: row.direction == "out" or row.reporter_id == reporter)
