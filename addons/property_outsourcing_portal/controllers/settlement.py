from odoo.fields import Domain
from odoo.http import Controller, request, route

from .files import FAPIAO, OFFICE, SCANS, get_accept, keep_files, send_content, send_file, send_print
from .mixin import OutsourcingPortalMixin

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT = "property_outsourcing_finance.outsourcing_settlement_report"


class OutsourcingSettlementPages(OutsourcingPortalMixin, Controller):
    _model = "outsourcing.settlement"
    _section = "settlements"
    _detail_template = "property_outsourcing_portal.portal_settlement"
    _badge_by_state = {"submitted": "grey", "checked": "grey", "approved": "blue", "billed": "blue"}

    def _get_title(self):
        return request.env._("Settlements")

    def _get_filters(self):
        answer = request.env.user._get_statement_domain()
        return {
            "answer": (request.env._("To answer"), Domain(answer)),
            "open": (request.env._("Not paid"), Domain([("payment_state", "!=", "paid")])),
            "paid": (request.env._("Paid"), Domain([("payment_state", "=", "paid")])),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _get_state(self, record):
        """Return (label, class): paid says more than billed."""
        if record.payment_state in ("paid", "partial", "in_payment"):
            color = "green" if record.payment_state == "paid" else "yellow"
            return self._get_label(record, "payment_state"), self._get_badge_class(color)
        return self._get_label(record, "state"), self._get_badge(record.state)

    def _get_badge_class(self, color):
        return {"green": "text-bg-success", "yellow": "text-bg-warning"}[color]

    def _prepare_row(self, record):
        badge, badge_class = self._get_state(record)
        return {
            "url": self._get_url(record),
            "title": record.contract_id.title,
            "subtitle": " · ".join(
                filter(None, (record.name, self._get_label(record, "kind"), self._format_date(record.date)))
            ),
            "amount": record.amount_payable,
            "currency": record.currency_id,
            "badge": badge,
            "badge_class": badge_class,
        }

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        state_label, badge_class = self._get_state(doc)
        mine = doc.contractor_id == request.env.user.partner_id.commercial_partner_id
        return {
            "state_label": state_label,
            "badge_class": badge_class,
            "page_title": record.name,
            "get_acceptance_url": self._get_acceptance_url,
            "course": doc._get_course(),
            "payments": doc._get_payments(),
            "days_late": doc._get_days_late(),
            "may_answer": mine and doc._may_answer_statement(),
            "accept": get_accept({**SCANS, **OFFICE}),
            "is_contractor": mine,
            "fapiao_missing": mine and doc._get_fapiao_missing(),
            "fapiao_accept": get_accept(FAPIAO),
        }

    def _get_acceptance_url(self, line):
        """Return the page of the acceptance or monthly score a line (in sudo) is paid for, or False."""
        row = line.milestone_id
        if line.kind != "milestone" or row.accepted_res_model not in request.env:
            return False
        document = row.env[row.accepted_res_model].browse(row.accepted_res_id)
        return request.env.user._get_outsourcing_url(document)

    @route(
        ["/my/outsourcing/settlements", "/my/outsourcing/settlements/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_settlements(self, page=1, tab=None, **kwargs):
        """List the settlements of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement(self, settlement_id, **kwargs):
        """Show the figures of a settlement and whether it is paid."""
        return self._show_detail(self._get_record(settlement_id))

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/confirm",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_confirm(self, settlement_id, **kwargs):
        """Confirm the statement."""
        record = self._get_record(settlement_id)
        success = request.env._("Confirmed. Thank you.")
        return self._change(record, record._portal_confirm_statement, success)

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/dispute",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_dispute(self, settlement_id, reason="", **kwargs):
        """Dispute the statement with a reason, and files that show it."""
        record = self._get_record(settlement_id)
        reason = self._to_text(reason)

        def dispute():
            record._require_contractor()
            record._portal_dispute_statement(reason, keep_files(record, self._get_files("files")))

        success = request.env._("Your dispute is lodged. The property company has to answer it.")
        return self._change(record, dispute, success, {"reason": reason})

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_file(self, settlement_id, attachment_id, **kwargs):
        """Send a file that the contractor handed in with the settlement."""
        record = self._get_record(settlement_id)
        # sudo: the settlement was checked; only its own files are sent
        doc = record.sudo()
        return send_file(doc.statement_file_ids | doc.fapiao_ids.attachment_ids, attachment_id)

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/fapiao",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_fapiao(self, settlement_id, **post):
        """Hand in a fapiao: number, day and amount, or the code on it, and its file."""
        record = self._get_record(settlement_id)
        form = {name: self._to_text(post.get(name), 300) for name in ("qr_text", "number", "date", "amount")}

        def hand_in():
            record._require_contractor()
            vals = {
                **form,
                "date": self._to_date(form["date"]),
                "amount": self._to_number(form["amount"], request.env._("%s is not an amount."), least=0),
            }
            wrong = request.env._("%s is not a PDF, OFD, XML or photo, or its name says otherwise.")
            files = keep_files(record, self._get_files("files"), FAPIAO, wrong)
            record._portal_hand_in_fapiao(vals, files)

        success = request.env._("Handed in. Finance checks the fapiao.")
        return self._change(record, hand_in, success, {f"fapiao_{key}": form[key] for key in form})

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/fapiao/<int:fapiao_id>/red",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_red(self, settlement_id, fapiao_id, reason="", **kwargs):
        """Say that a fapiao was voided or reversed by a red one; another one takes its place."""
        record = self._get_record(settlement_id)
        # sudo: the settlement was checked; only its own fapiao are meant
        fapiao = record.sudo().fapiao_ids.filtered(lambda row: row.id == fapiao_id).sudo(False)
        if not fapiao:
            raise request.not_found()
        reason = self._to_text(reason)
        success = request.env._("Noted. Hand in the fapiao that takes its place.")
        return self._change(record, lambda: fapiao._portal_report_red(reason), success)

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/pdf",
        type="http", auth="user", methods=["GET"], sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_pdf(self, settlement_id, **kwargs):
        """Send the statement as PDF."""
        record = self._get_record(settlement_id)
        # sudo: its number only; access was checked above
        return send_print(record, REPORT, f"{record.sudo()._get_file_name()}.pdf")

    @route(
        "/my/outsourcing/settlements/<int:settlement_id>/xlsx",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_settlement_xlsx(self, settlement_id, **kwargs):
        """Send the statement as spreadsheet."""
        record = self._get_record(settlement_id).sudo()  # access was checked
        return send_content(record._render_xlsx(), XLSX_TYPE, f"{record._get_file_name()}.xlsx")
