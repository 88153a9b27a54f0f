from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment, trade_day
from odoo.addons.property_outsourcing_portal.controllers.files import send_file
from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin

ENDS = ("awarded", "failed", "cancelled")


class OutsourcingTenderPages(OutsourcingPortalMixin, Controller):
    """Tenders a firm may bid for: the notice, the own bids, the award."""

    _model = "outsourcing.tender"
    _section = "tenders"
    _takes_messages = False  # questions are asked of all bidders alike
    _detail_template = "property_outsourcing_tender.portal_tender"
    _badge_by_state = {
        "published": "blue", "opened": "yellow", "evaluating": "yellow", "awarded": "green",
        "failed": "grey", "cancelled": "grey",
    }  # fmt: skip

    def _get_title(self):
        return request.env._("Tenders")

    def _get_filters(self):
        return {
            "open": (request.env._("Bids taken"), Domain("state", "=", "published")),
            "running": (request.env._("Under evaluation"), Domain("state", "in", ("opened", "evaluating"))),
            "ended": (request.env._("Ended"), Domain("state", "in", ENDS)),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        taken = record.state == "published"
        text, css = self._format_deadline(trade_day(record, record.date_deadline)) if taken else ("", "")
        return {
            "url": self._get_url(record),
            "title": record.title,
            "subtitle": " · ".join(
                filter(None, (record.name, record.company_id.name, record.service_type_id.name))
            ),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        tender = record.sudo()._fetch_notice()  # read access was checked by _get_record
        firm = request.env.user.partner_id.commercial_partner_id.sudo()  # the own firm
        may_bid = firm.is_company and tender.state == "published"
        lacks = firm._get_tender_lacks(tender) if may_bid else {}
        blockers = [str(blocker) for blocker in firm._get_tender_blockers(tender)] if may_bid else []
        bids = request.env["outsourcing.bid"].search(
            [("tender_id", "=", tender.id), ("contractor_id", "=", firm.id)], order="id desc"
        )
        objections = request.env["outsourcing.tender.objection"].search(
            [("tender_id", "=", tender.id), ("contractor_id", "=", firm.id)]
        )
        return {
            "page_title": tender.title,
            "badge_class": self._get_badge(tender.state),
            "moment_of": lambda moment: format_moment(tender, moment),
            "may_bid": may_bid,
            "state": self._get_label(tender, "state"),
            "papers": tender._get_bidder_papers(),
            "files_url": f"{self._get_url(record)}/files",
            "blockers": blockers,
            "lacks": lacks,
            "others": [blocker for blocker in blockers if blocker not in dict(lacks.values())],
            "bids": bids.sudo(),  # found as the user
            "objections": objections.sudo(),  # found as the user
            "addenda": tender._get_issued_addenda(),
            "questions": tender._get_questions_of(firm),
            "may_ask": firm.is_company and tender._are_questions_taken(),
            "may_object": tender._is_publicity_running() and bool(bids.filtered("date_submitted")),
        }

    @route(
        ["/my/outsourcing/tenders", "/my/outsourcing/tenders/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_tenders(self, page=1, tab=None, **kwargs):
        """List the tenders the firm may read."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/tenders/<int:tender_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_tender(self, tender_id, **kwargs):
        """Show the notice, the own bids and the result."""
        return self._show_detail(self._get_record(tender_id))

    @route(
        "/my/outsourcing/tenders/<int:tender_id>/files/<int:file_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_tender_file(self, tender_id, file_id, **kwargs):
        """Send a paper for bidders."""
        return send_file(self._get_record(tender_id)._get_bidder_papers(), file_id)

    @route(
        "/my/outsourcing/tenders/<int:tender_id>/bid/<int:lot_id>",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_tender_bid(self, tender_id, lot_id, **post):
        """Begin a bid for a lot, or go on with the draft."""
        record = self._get_record(tender_id)
        lot = self._get_record(lot_id, "outsourcing.tender.lot")
        if lot.tender_id != record:
            raise request.not_found()
        bid = request.env["outsourcing.bid"]

        def begin():
            nonlocal bid
            bid = bid._portal_begin(lot)

        error = self._attempt(begin)
        if error:
            return self._show_detail(record, error=error)
        return self._redirect(f"/my/outsourcing/bids/{bid.id}")

    @route(
        "/my/outsourcing/tenders/<int:tender_id>/ask",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_tender_ask(self, tender_id, question=None, **post):
        """Ask a question about the papers."""
        record = self._get_record(tender_id)
        form = {"question": self._to_text(question)}

        def ask():
            request.env["outsourcing.tender.question"]._portal_ask(record, form["question"])

        success = request.env._("Asked. The answer appears here, for all bidders and without names.")
        return self._change(record, ask, success, form)

    @route(
        "/my/outsourcing/tenders/<int:tender_id>/object",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_tender_object(self, tender_id, text=None, **post):
        """Object to the award."""
        record = self._get_record(tender_id)
        form = {"text": self._to_text(text)}

        def raise_objection():
            request.env["outsourcing.tender.objection"]._portal_raise(record, form["text"])

        return self._change(record, raise_objection, request.env._("The objection is handed in."), form)
