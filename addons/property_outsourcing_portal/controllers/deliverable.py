from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from .files import OFFICE, SCANS, get_accept, keep_files, send_file
from .mixin import OutsourcingPortalMixin

ALLOWED = {**SCANS, **OFFICE}


class OutsourcingDeliverablePages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.contract.deliverable"
    _section = "deliverables"
    _detail_template = "property_outsourcing_portal.portal_deliverable"
    _badge_by_state = {"due": "yellow", "submitted": "blue", "accepted": "green", "returned": "red"}

    def _get_title(self):
        return request.env._("Deliverables")

    def _get_filters(self):
        return {
            "open": (request.env._("To hand in"), Domain([("state", "in", ("due", "returned"))])),
            "done": (request.env._("Handed in"), Domain([("state", "in", ("submitted", "accepted"))])),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        waits = record.state in ("due", "returned")
        text, css = self._format_deadline(record.date_due) if waits else ("", "")
        return {
            "url": self._get_url(record),
            "title": record.name,
            "subtitle": " · ".join(
                filter(
                    None,
                    (record.contract_id.title, record.milestone_id.name, self._format_date(record.date_due)),
                )
            ),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        # sudo: read access was checked by _get_record
        mine = record.sudo().contractor_id == request.env.user.partner_id.commercial_partner_id
        return {
            "badge_class": self._get_badge(record.state),
            "may_submit": mine and record.state in ("due", "returned"),
            "accept": get_accept(ALLOWED),
        }

    @route(
        ["/my/outsourcing/deliverables", "/my/outsourcing/deliverables/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_deliverables(self, page=1, tab=None, **kwargs):
        """List the reports and plans the firm owes."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/deliverables/<int:deliverable_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_deliverable(self, deliverable_id, **kwargs):
        """Show a deliverable and the form to hand it in."""
        return self._show_detail(self._get_record(deliverable_id))

    @route(
        "/my/outsourcing/deliverables/<int:deliverable_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_deliverable_submit(self, deliverable_id, note="", **kwargs):
        """Hand in the files."""
        record = self._get_record(deliverable_id)

        def submit():
            if not self._prepare_detail_values(record)["may_submit"]:
                raise UserError(request.env._("%s was already handed in.", record.display_name))
            attachments = keep_files(record, self._get_files("files"))
            record._portal_submit(attachments, self._to_text(note))

        form = {"note": self._to_text(note)}
        return self._change(record, submit, request.env._("Handed in."), form)

    @route(
        "/my/outsourcing/deliverables/<int:deliverable_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_deliverable_file(self, deliverable_id, attachment_id, **kwargs):
        """Send a file that was handed in."""
        record = self._get_record(deliverable_id)
        # sudo: the deliverable was checked; only its own files are sent
        return send_file(record.sudo().attachment_ids, attachment_id)
