"""Messages with the property company beside each document, and the notices of the person."""

from odoo import fields
from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .files import OFFICE, SCANS, keep_files, send_file
from .mixin import OutsourcingPortalMixin
from .rows import OutsourcingRows

PAGE_SIZE = 20
# the smallest picture there is: asked for by a page that shows its messages, with or without scripts
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


class OutsourcingThread(OutsourcingPortalMixin, OutsourcingRows, Controller):
    _section = "messages"

    def _get_title(self):
        return request.env._("Messages")

    def _get_talk_record(self, section, record_id):
        """Return the document of a section, as the user; not found where it has no messages."""
        model = request.env.user._get_outsourcing_sections().get(section)
        if not model or not self._get_page(section)._takes_messages_of(request.env[model]):
            raise request.not_found()
        record = self._get_record(record_id, model)
        if request.env.user._get_outsourcing_section(record) != section:
            raise request.not_found()
        return record

    @route(
        "/my/outsourcing/<string:section>/<int:record_id>/message",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_message_write(self, section, record_id, message="", **kwargs):
        """Keep what the person writes about the document; staff is asked to answer."""
        record = self._get_talk_record(section, record_id)
        text = self._to_text(message)

        def write():
            files = keep_files(record, self._get_files("files"), {**SCANS, **OFFICE})
            record._portal_write_message(text, files)

        error = self._attempt(write)
        url = f"/my/outsourcing/{section}/{record.id}"
        if error:
            return self._refuse(error, lambda: self._redirect(f"{url}#messages", error, "danger"))
        self._remark(record)
        return self._succeed(record, f"{url}#messages", request.env._("Sent to the property company."))

    @route(
        "/my/outsourcing/<string:section>/<int:record_id>/message/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_message_file(self, section, record_id, attachment_id, **kwargs):
        """Send a file of a message the person may read."""
        record = self._get_talk_record(section, record_id)
        talk = record._get_talk(record._get_party_of(request.env.user))
        return send_file(talk.message_id.attachment_ids, attachment_id)

    @route(
        "/my/outsourcing/<string:section>/<int:record_id>/seen",
        type="http", auth="user", methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_message_seen(self, section, record_id, **kwargs):
        """Mark what the person was told of the document as read; the page that shows it asks for this."""
        model = request.env.user._get_outsourcing_sections().get(section)
        if not model:
            raise request.not_found()
        record = self._get_record(record_id, model)
        request.env["outsourcing.notice"]._mark_read(request.env.user.partner_id, record)
        headers = [("Content-Type", "image/gif"), ("Cache-Control", "no-store")]
        return request.make_response(PIXEL, headers)

    # ---- notices ----------------------------------------------------------------------------------------

    @route(
        ["/my/outsourcing/messages", "/my/outsourcing/messages/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_notices(self, page=1, **kwargs):
        """List what the person was told, the latest first."""
        # sudo: the person's own notices
        notices = request.env["outsourcing.notice"].sudo()
        own = [("partner_id", "=", request.env.user.partner_id.id), ("channel", "=", "page")]
        url = self._get_list_url()
        pager = portal_pager(url, notices.search_count(own), page=page, step=PAGE_SIZE)
        rows = notices.search(own, limit=PAGE_SIZE, offset=pager["offset"])
        values = {
            "notices": rows,
            "open_ids": self._find_open(rows),
            "closed": request.env._("This document is no longer there for you."),
            "pager": pager,
            "back_url": "/my/outsourcing",
        }
        return self._render("property_outsourcing_portal.portal_notices", values)

    def _find_open(self, notices):
        """Return the ids of the notices (in sudo) whose documents whoever works now may still open.

        A contract may have been taken away since, or a colleague works on the phone who never saw it.
        """
        found = set()
        for model, own in notices.grouped("res_model").items():  # some kinds, however many notices
            if model not in request.env:  # its add-on is gone
                continue
            documents = request.env[model].browse(own.mapped("res_id")).exists()
            readable = set(documents._filtered_access("read").ids)
            found.update(notice.id for notice in own if notice.res_id in readable)
        return found

    @route(
        "/my/outsourcing/messages/seen",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_notices_seen(self, **kwargs):
        """Mark everything as read."""
        request.env["outsourcing.notice"]._mark_read(request.env.user.partner_id)
        return self._redirect(self._get_list_url(), request.env._("Everything is marked as read."))

    @route(
        "/my/outsourcing/messages/<int:notice_id>",
        type="http", auth="user", website=True, methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_notice(self, notice_id, **kwargs):
        """Lead to the document of a notice; where it is gone or no longer theirs, say so."""
        # sudo: the person's own notice
        notice = request.env["outsourcing.notice"].sudo().browse(notice_id).exists()
        if notice.partner_id != request.env.user.partner_id or notice.channel != "page":
            raise request.not_found()
        if not notice.date_read:
            notice._gated().write({"date_read": fields.Datetime.now()})
        if notice.id not in self._find_open(notice):
            message = request.env._("This document is no longer there for you.")
            return self._redirect(self._get_list_url(), message, "warning")
        anchor = "#messages" if notice.kind == "message" else ""
        return request.redirect(f"/my/outsourcing/{notice.section}/{notice.res_id}{anchor}", 303)
