from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route
from odoo.tools import format_date

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment
from odoo.addons.property_outsourcing.tools import plain_number
from odoo.addons.property_outsourcing_portal.controllers.files import (
    SCANS,
    check_files,
    get_accept,
    send_file,
)
from odoo.addons.property_outsourcing_portal.controllers.form_input import OutsourcingFormInput

MEGABYTE = 1024 * 1024
MOST_NOTICES = 50
FIELDS = {"name": 120, "vat": 40, "contact_name": 60, "phone": 30, "note": 2000}


class OutsourcingNotices(OutsourcingFormInput, Controller):
    """Public tenders without a login: notice, papers, award, registration of new firms."""

    def _get_max_length(self):
        return 7 * request.env.company._get_outsourcing_setting("outsourcing_photo_max_mb") * MEGABYTE

    def _get_tenders(self):
        if request.env.user._is_public():  # who is logged in reads his own language
            request.update_context(lang=request.env["outsourcing.invitation"]._get_lang())
        return request.env["outsourcing.tender"].sudo()  # only what _get_notice_domain gives out

    def _get_tender(self, tender_id):
        tenders = self._get_tenders()
        tender = tenders.search_fetch(tenders._get_notice_domain() & Domain("id", "=", tender_id))
        if not tender:
            raise request.not_found()
        return tender

    def _show(self, template, values):
        values = {
            "no_footer": True,
            "no_breadcrumbs": True,
            "plain": plain_number,
            "date_of": lambda day: format_date(request.env, day) if day else "",
            **values,
        }
        return request.render(f"property_outsourcing_tender.{template}", values)

    def _show_tender(self, tender, template="public_notice", **values):
        labels = dict(tender._fields["state"]._description_selection(tender.env))
        return self._show(
            template,
            {
                "doc": tender,
                "state": labels[tender.state],
                "moment_of": lambda moment: format_moment(tender, moment),
                "addenda": tender._get_issued_addenda(),
                "questions": tender.question_ids.filtered(lambda question: question.state == "answered"),
                "papers": tender._get_bidder_papers(),
                "files_url": f"/outsourcing/notices/{tender.id}/files",
                **values,
            },
        )

    @route(
        "/outsourcing/notices",
        type="http", auth="public", website=True, methods=["GET"], readonly=True,
        multilang=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_notices(self, **kwargs):
        """List the public tenders, the latest first."""
        tenders = self._get_tenders()
        order = "date_published desc, id desc"
        names = ["name", "title", "state", "date_deadline", "company_id", "service_type_id"]
        found = tenders.search_fetch(tenders._get_notice_domain(), names, order=order, limit=MOST_NOTICES)
        labels = dict(tenders._fields["state"]._description_selection(found.env))
        rows = [
            (tender, labels[tender.state], format_moment(tender, tender.date_deadline)) for tender in found
        ]
        return self._show("public_notices", {"rows": rows})

    @route(
        "/outsourcing/notices/<int:tender_id>",
        type="http", auth="public", website=True, methods=["GET"], readonly=True,
        multilang=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_notice(self, tender_id, **kwargs):
        """Show the notice, and the award once there is one."""
        return self._show_tender(self._get_tender(tender_id)._fetch_notice())

    @route(
        "/outsourcing/notices/<int:tender_id>/files/<int:file_id>",
        type="http", auth="public", website=True, methods=["GET"], readonly=True,
        multilang=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_notice_file(self, tender_id, file_id, **kwargs):
        """Send a paper of the tender."""
        return send_file(self._get_tender(tender_id)._get_bidder_papers(), file_id)

    @route(
        "/outsourcing/notices/<int:tender_id>/register",
        type="http", auth="public", website=True, methods=["GET"], multilang=False, sitemap=False,
    )  # fmt: skip
    def outsourcing_register(self, tender_id, **kwargs):
        """Show the form by which a new firm registers."""
        return self._show_form(self._get_tender(tender_id))

    @route(
        "/outsourcing/notices/<int:tender_id>/register",
        type="http", auth="public", website=True, methods=["POST"], multilang=False, sitemap=False,
        max_content_length=_get_max_length,
    )  # fmt: skip
    def outsourcing_register_submit(self, tender_id, **post):
        """Take the registration of a new firm."""
        tender = self._get_tender(tender_id)
        address = request.httprequest.remote_addr or "-"
        # sudo: nobody is logged in; what is read is a count
        attempts, mark = request.env["outsourcing.invitation.attempt"].sudo(), f"register {address}"
        form = {name: self._to_text(post.get(name), limit) for name, limit in FIELDS.items()}
        try:
            if attempts._is_link_blocked(mark):
                raise UserError(request.env._("There were too many attempts. Try again in ten minutes."))
            attempts._record(address, mark)
            files = self._get_files("files")
            check_files(
                files, SCANS, request.env._("%s is not a PDF or a photo, or its name says otherwise.")
            )
            with request.env.cr.savepoint():
                tender.env["outsourcing.registration"]._take(tender, form, files, address)
        except UserError as error:
            return self._show_form(tender, error=str(error.args[0]), form=form)
        return self._show_form(tender, done=True)

    def _show_form(self, tender, error=None, form=None, done=False):
        return self._show_tender(
            tender, "public_register", error=error, form=form or {}, done=done, accept=get_accept(SCANS)
        )
