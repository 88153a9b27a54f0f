from secrets import token_hex

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.property_outsourcing.models.workflow.trade_time import format_moment, trade_day
from odoo.addons.property_outsourcing_portal.controllers.files import OFFICE, SCANS, check_files, get_accept
from odoo.addons.property_outsourcing_portal.controllers.mixin import OutsourcingPortalMixin

from ..models.bid.bid_drafting import TEXTS
from ..models.bid.bid_submission import DEVICE_COOKIE
from ..models.bid.outsourcing_bid_file import FILE_KINDS

FILES = {**SCANS, **OFFICE}
MEGABYTE = 1024 * 1024
TWO_YEARS = 2 * 365 * 24 * 3600


class OutsourcingBidPages(OutsourcingPortalMixin, Controller):
    """The firm's own bids: draft, receipt, replacement, withdrawal, result."""

    _model = "outsourcing.bid"
    _section = "bids"
    _takes_messages = False  # a sealed bid is talked about with nobody
    _detail_template = "property_outsourcing_tender.portal_bid"
    _badge_by_state = {
        "draft": "yellow", "submitted": "blue", "opened": "blue", "scored": "blue", "awarded": "green",
        "lost": "grey", "withdrawn": "grey", "disqualified": "red",
    }  # fmt: skip

    def _get_max_length(self):
        return 20 * request.env.company._get_outsourcing_setting("outsourcing_photo_max_mb") * MEGABYTE

    def _get_title(self):
        return request.env._("My bids")

    def _get_domain(self):
        return [("contractor_id", "=", request.env.user.partner_id.commercial_partner_id.id)]

    def _get_order(self):
        return "id desc"

    def _get_filters(self):
        return {
            "draft": (request.env._("To hand in"), Domain("state", "=", "draft")),
            "submitted": (
                request.env._("Handed in"),
                Domain("state", "in", ("submitted", "opened", "scored")),
            ),
            "decided": (request.env._("Decided"), Domain("state", "in", ("awarded", "lost", "disqualified"))),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _prepare_row(self, record):
        taken = record.state == "draft"
        deadline = record.tender_id.date_deadline
        text, css = self._format_deadline(trade_day(record.tender_id, deadline)) if taken else ("", "")
        if self._is_taken(record) and record._get_open_addenda():
            text, css = request.env._("Addendum to acknowledge"), "text-danger fw-bold"
        return {
            "url": self._get_url(record),
            "title": record.tender_id.title,
            "subtitle": " · ".join(filter(None, (record.tender_id.name, record.lot_id.name))),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "due": text,
            "due_class": css,
        }

    def _prepare_detail_values(self, record, **kwargs):
        bid = record.sudo()  # read access was checked by _get_record: it is the firm's own
        tender = bid.tender_id
        decided = tender.state == "awarded" and bid.has_price
        return {
            "page_title": tender.title,
            "badge_class": self._get_badge(bid.state),
            "moment_of": lambda moment: format_moment(tender, moment),
            "may_edit": bid.state == "draft" and tender.state == "published",
            "may_withdraw": bid.state == "submitted" and tender.state == "published",
            "addenda": bid._get_open_addenda() if self._is_taken(bid) else (),
            "kinds": [(kind, self._get_kind_label(kind)) for kind, _label in FILE_KINDS],
            "accept": get_accept(FILES),
            "is_sealed": bid._is_encrypted() and not tender.date_opened,
            "quote": bid._get_quote(),
            "bond": bid._get_bond(),
            "may_give_bond": self._is_taken(bid),
            "clarifications": bid.clarification_ids if tender.date_opened else (),
            "decided": decided,
            "score_rows": bid._get_score_rows() if decided else [],
            "winner": bid.lot_id.awarded_bid_id if decided else bid.browse(),
        }

    def _is_taken(self, bid):
        return bid.state in ("draft", "submitted") and bid.tender_id.state == "published"

    def _get_kind_label(self, kind):
        labels = request.env["outsourcing.bid.file"]._fields["kind"]._description_selection(request.env)
        return dict(labels)[kind]

    @route(
        ["/my/outsourcing/bids", "/my/outsourcing/bids/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_bids(self, page=1, tab=None, **kwargs):
        """List the firm's own bids."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/bids/<int:bid_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_bid(self, bid_id, **kwargs):
        """Show a bid of the firm, its form while it is a draft."""
        response = self._show_detail(self._get_record(bid_id))
        if not request.httprequest.cookies.get(DEVICE_COOKIE):
            response.set_cookie(
                DEVICE_COOKIE, token_hex(16), max_age=TWO_YEARS, httponly=True, samesite="Lax"
            )
        return response

    @route(
        "/my/outsourcing/bids/<int:bid_id>/save",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
        max_content_length=_get_max_length,
    )  # fmt: skip
    def outsourcing_bid_save(self, bid_id, **post):
        """Save the draft with its files."""
        record = self._get_record(bid_id)
        form = self._read_form(post)
        salt = None

        def save():
            nonlocal salt
            salt = self._save(record, form)

        error = self._attempt(save)
        if error:
            return self._refuse(error, lambda: self._show_detail(record, error=error, form=form))
        self._remark(record)
        message = request.env._("Saved. It is not handed in yet.")
        if salt:  # nobody else ever gets it
            message = request.env._(
                "Encrypted and saved; not handed in yet. Keep a photo of this salt of the receipt: %s", salt
            )
        return self._succeed(record, self._get_url(record), message)

    @route(
        "/my/outsourcing/bids/<int:bid_id>/submit",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_submit(self, bid_id, **post):
        """Hand in what was saved: one small request."""
        record = self._get_record(bid_id)
        return self._change(record, record.action_submit, request.env._("Handed in. Keep the receipt below."))

    @route(
        "/my/outsourcing/bids/<int:bid_id>/clarify/<int:clarification_id>",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_clarify(self, bid_id, clarification_id, answer=None, agrees=None, **post):
        """Answer what the bidder was asked in the evaluation."""
        record = self._get_record(bid_id)
        # sudo: the bid was found as the user, these are what its firm was asked
        found = record.sudo().clarification_ids.filtered(lambda asked: asked.id == clarification_id)
        if not found:
            raise request.not_found()
        asked, text = found.with_user(request.env.user), self._to_text(answer)
        choice = {"1": True, "0": False}.get(agrees)
        return self._change(
            record, lambda: asked._portal_answer(text, choice), request.env._("The answer is handed in.")
        )

    @route(
        "/my/outsourcing/bids/<int:bid_id>/acknowledge",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_acknowledge(self, bid_id, **post):
        """Acknowledge the addenda of the tender."""
        record = self._get_record(bid_id)
        return self._change(
            record, record._portal_acknowledge, request.env._("The addenda are acknowledged.")
        )

    @route(
        "/my/outsourcing/bids/<int:bid_id>/withdraw",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_withdraw(self, bid_id, **post):
        """Withdraw a bid that was handed in."""
        record = self._get_record(bid_id)
        return self._change(record, record.action_withdraw, request.env._("The bid is withdrawn."))

    @route(
        "/my/outsourcing/bids/<int:bid_id>/discard",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_discard(self, bid_id, **post):
        """Throw a draft away."""
        record = self._get_record(bid_id)
        url = f"/my/outsourcing/tenders/{record.tender_id.id}"
        error = self._attempt(record._portal_discard)
        if error:
            return self._show_detail(record, error=error)
        return self._redirect(url, request.env._("The draft is thrown away."))

    @route(
        "/my/outsourcing/bids/<int:bid_id>/files/<int:file_id>/remove",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_file_remove(self, bid_id, file_id, **post):
        """Take a file out of the draft."""
        record = self._get_record(bid_id)
        return self._change(
            record, lambda: record._portal_remove_file(file_id), request.env._("The file is removed.")
        )

    @route(
        "/my/outsourcing/bids/<int:bid_id>/files/<int:file_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_bid_file(self, bid_id, file_id, **kwargs):
        """Send a file of the firm's own bid."""
        file = self._get_record(file_id, "outsourcing.bid.file")
        if file.bid_id.id != bid_id:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file, "content", filename=file.name)
        return stream.get_response(as_attachment=True)

    # ---- what was typed ---------------------------------------------------------------------------------

    def _read_form(self, post):
        """Return the texts of the form, to be shown again when they are refused."""
        names = [name for name in post if name.startswith("price_")]
        texts = {name: self._to_text(post.get(name), 8000) for name in TEXTS}
        figures = {
            name: self._to_text(post.get(name), 40)
            for name in ("validity_days", "tax_rate", "stated_total", *names)
        }
        return texts | figures

    def _save(self, record, form):
        prices = {
            self._to_int(name.removeprefix("price_")): self._to_number(
                form[name], request.env._("%s is not a price."), least=0
            )
            for name in form
            if name.startswith("price_")
        }
        days = self._to_number(form["validity_days"], least=0, below=10_000)
        vals = {name: form[name] for name in TEXTS} | {
            "validity_days": int(days),
            "tax_rate": self._to_number(form["tax_rate"], least=0, below=100),
            "stated_total": self._to_number(
                form["stated_total"], request.env._("%s is not a price."), least=0
            ),
        }
        files = []
        for kind, _label in FILE_KINDS:
            found = self._get_files(f"files_{kind}")
            check_files(
                found, FILES, request.env._("%s is no PDF, photo or office file, or its name says otherwise.")
            )
            files += [(kind, name[:200], data) for name, data in found]
        if len(files) + len(record.sudo().file_ids) > 40:  # how many there are, of the firm's own bid
            raise UserError(request.env._("A bid holds 40 files at most."))
        return record._portal_save(vals, prices, files)
