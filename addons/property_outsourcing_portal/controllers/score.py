from odoo.fields import Domain
from odoo.http import Controller, request, route

from .files import OFFICE, SCANS, get_accept, keep_files, send_file
from .mixin import OutsourcingPortalMixin


class OutsourcingScorePages(OutsourcingPortalMixin, Controller):
    """Monthly scores of services; acceptances by levels have pages of their own."""

    _model = "outsourcing.acceptance"
    _section = "scores"
    _detail_template = "property_outsourcing_portal.portal_score"
    _badge_by_state = {"to_confirm": "yellow", "disputed": "blue", "accepted": "green", "rejected": "red"}

    def _get_title(self):
        return request.env._("Monthly scores")

    def _get_domain(self):
        return [("method", "=", "score")]

    def _get_filters(self):
        return {
            "open": (request.env._("To confirm"), Domain([("state", "=", "to_confirm")])),
            "disputed": (request.env._("Objected"), Domain([("state", "=", "disputed")])),
            "all": (request.env._("All"), Domain.TRUE),
        }

    def _get_record(self, record_id, model=None):
        record = super()._get_record(record_id, model)
        if record.method != "score":
            raise request.not_found()
        return record

    def _prepare_row(self, record):
        waits = record.state == "to_confirm"
        text, css = self._format_deadline(record.confirm_deadline) if waits else ("", "")
        return {
            "url": self._get_url(record),
            "title": record.milestone_id.name,
            "subtitle": " · ".join(filter(None, (record.contract_id.title, record.community_id.name))),
            "badge": self._get_label(record, "state"),
            "badge_class": self._get_badge(record.state),
            "figure": f"{record.score:g}",
            "due": text,
            "due_class": css,
        }

    def _prepare_list_values(self):
        waiting = self._get_waiting()
        label = request.env._("Confirm all %s scores", len(waiting))
        return {**super()._prepare_list_values(), "confirmable": waiting, "confirm_label": label}

    def _get_waiting(self):
        """Return the scores that wait for the firm, as the user."""
        sheets = request.env[self._model]
        firm = request.env.user.partner_id.commercial_partner_id
        waiting = Domain("state", "=", "to_confirm") & Domain("contractor_id", "=", firm.id)
        return sheets.search(Domain(self._get_domain()) & waiting) if sheets.has_access("read") else sheets

    def _prepare_detail_values(self, record, **kwargs):
        doc = record.sudo()  # read access was checked by _get_record
        mine = doc.contractor_id == request.env.user.partner_id.commercial_partner_id
        return {
            "page_title": f"{doc.milestone_id.name} {doc.contract_id.title}",
            "badge_class": self._get_badge(doc.state),
            "may_answer": mine and doc.state == "to_confirm",
            "deadline": self._format_deadline(doc.confirm_deadline),
            "is_contractor": mine,
            "accept": get_accept({**SCANS, **OFFICE}),
            "answerer": doc._get_responsible_user().sudo().name,  # who is asked, no more
        }

    @route(
        ["/my/outsourcing/scores", "/my/outsourcing/scores/page/<int:page>"],
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_scores(self, page=1, tab=None, **kwargs):
        """List the monthly scores of the firm."""
        return self._show_list(page, tab)

    @route(
        "/my/outsourcing/scores/<int:score_id>",
        type="http", auth="user", website=True, methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_score(self, score_id, **kwargs):
        """Show the score sheet of a month and what silence means."""
        return self._show_detail(self._get_record(score_id))

    @route(
        "/my/outsourcing/scores/<int:score_id>/confirm",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_score_confirm(self, score_id, **kwargs):
        """Confirm the score; the month is accepted."""
        record = self._get_record(score_id)
        return self._change(
            record, record._portal_confirm_score, request.env._("Confirmed. The month is accepted.")
        )

    @route(
        "/my/outsourcing/scores/<int:score_id>/dispute",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_score_dispute(self, score_id, reason="", **kwargs):
        """Object to the score with a reason, photos and files."""
        record = self._get_record(score_id)
        reason = self._to_text(reason)

        def dispute():
            record._require_contractor()
            record._portal_dispute_score(reason, keep_files(record, self._get_files("files")))

        success = request.env._("Your objection is lodged.")
        return self._change(record, dispute, success, {"reason": reason})

    @route(
        "/my/outsourcing/scores/<int:score_id>/file/<int:attachment_id>",
        type="http", auth="user", methods=["GET"], readonly=True, sitemap=False,
    )  # fmt: skip
    def outsourcing_score_file(self, score_id, attachment_id, **kwargs):
        """Send a file of the objection."""
        record = self._get_record(score_id)
        # sudo: the sheet was checked; only its own files are sent
        return send_file(record.sudo().dispute_file_ids, attachment_id)

    @route(
        "/my/outsourcing/scores/confirm",
        type="http", auth="user", website=True, methods=["POST"], sitemap=False,
    )  # fmt: skip
    def outsourcing_scores_confirm(self, score_ids="", **kwargs):
        """Confirm the scores the page showed; one that came in or was answered since is left alone."""
        ids = {self._to_int(part) for part in str(score_ids).split(",")}
        records = request.env[self._model].browse(ids - {False})
        if len(records.exists()) < len(ids) or not records.has_access("read"):
            raise request.not_found()
        waiting = records.filtered(lambda record: record.state == "to_confirm")
        error = self._attempt(waiting._portal_confirm_score)
        if error or not waiting:
            error = error or request.env._("Nothing waits for you any more.")
            return self._refuse(error, lambda: self._redirect(self._get_list_url(), error, "danger"))
        for record in waiting:
            self._remark(record)
        message = request.env._("Confirmed: %s month(s). They are accepted.", len(waiting))
        return self._succeed(waiting[:1], self._get_list_url(), message)
