from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import trade_today

from .files import OFFICE, SCANS, get_accept, keep_files, send_file
from .mixin import OutsourcingPortalMixin

MANAGER = "property_outsourcing.group_outsourcing_manager"


class OutsourcingAdjustmentPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.adjustment"
    _section = "adjustments"
    _detail_template = "property_outsourcing_portal.portal_adjustment"
    _badge_by_state = {"confirmed": "yellow", "appealed": "blue", "waived": "green", "settled": "grey"}

    def _get_title(self):
        return request.env._("Deductions and rewards")

    def _get_filters(self):
        today = trade_today(request.env.user)
        return {
            "open": (request.env._("To answer"), request.env.user._get_waiting_adjustment_domain(today)),
            "appealed": (request.env._("Appealed"), Domain([("appeal_date", "!=", False)])),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        waits = self._is_waiting(record)
        text, css = (
            self._format_deadline(record.appeal_deadline)
            if waits
            else (self._format_date(record.date), "text-muted")
        )
        return {
            "url": self._get_url(record),
            "title": record.rule_id.name,
            "subtitle": " · ".join(
                filter(None, (record.name, record.community_id.name, record.milestone_id.name))
            ),
            "amount": record.signed_amount,
            "currency": record.currency_id,
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _is_waiting(self, record):
        today = trade_today(request.env.user)
        return (
            record.state == "confirmed"
            and not record.is_acknowledged
            and not record.appeal_date
            and bool(record.appeal_deadline)
            and record.appeal_deadline >= today
        )

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        mine = doc.contractor_id == request.env.user.partner_id.commercial_partner_id
        return {
            "page_title": doc.rule_id.name,
            "badge_class": self._get_badge(doc.state),
            "may_answer": mine and self._is_waiting(doc),
            "accept": get_accept({**SCANS, **OFFICE}),
            "answerer": doc._get_responsible_user(group=MANAGER).sudo().name,  # who is asked, no more
            "sources": [self._describe_fact(fact) for fact in doc.fact_ids],
        }

    @route(
        ["/my/outsourcing/adjustments", "/my/outsourcing/adjustments/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_adjustments(self, page=1, tab=None, **kwargs):
        """List deductions and rewards of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/adjustments/<int:adjustment_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_adjustment(self, adjustment_id, **kwargs):
        """Show clause, fact and formula of a deduction, and the form to answer it."""
        return self._show_detail(self._get_record(adjustment_id))

    @route(
        "/my/outsourcing/adjustments/<int:adjustment_id>/acknowledge",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_adjustment_acknowledge(self, adjustment_id, **kwargs):
        """Accept a deduction before its time to appeal is over."""
        record = self._get_record(adjustment_id)
        return self._change(record, record._portal_acknowledge, request.env._("Acknowledged."))

    @route(
        "/my/outsourcing/adjustments/<int:adjustment_id>/appeal",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_adjustment_appeal(self, adjustment_id, reason="", **kwargs):
        """Lodge an appeal with its reason, photos and files."""
        record = self._get_record(adjustment_id)
        reason = self._to_text(reason)

        def appeal():
            record._require_contractor()
            record._portal_appeal(reason, keep_files(record, self._get_files("files")))

        success = request.env._("The appeal is lodged. The property company has to answer it in time.")
        return self._change(record, appeal, success, {"reason": reason})

    @route(
        "/my/outsourcing/adjustments/<int:adjustment_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_adjustment_file(self, adjustment_id, attachment_id, **kwargs):
        """Send a file of the appeal."""
        record = self._get_record(adjustment_id)
        # sudo: the adjustment was checked; only its own files are sent
        return send_file(record.sudo().appeal_file_ids, attachment_id)
